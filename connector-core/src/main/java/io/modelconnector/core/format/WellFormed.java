package io.modelconnector.core.format;

/** What every format does to texts before it writes them. */
final class WellFormed {
    private WellFormed() {}

    /**
     * The text with U+FFFD for each half of a surrogate pair that stands alone. It is no character, and what reads it
     * refuses the document; a registry's JSON can hold one.
     */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int[] codePoints = text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .toArray();
                return new String(codePoints, 0, codePoints.length);
            }
        }
        return text;
    }
}
