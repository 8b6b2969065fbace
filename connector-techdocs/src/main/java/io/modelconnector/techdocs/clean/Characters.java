package io.modelconnector.techdocs.clean;

/**
 * Takes out the characters that no card needs: controls, byte-order marks, overrides of the writing direction and isolates of it
 * that nothing ends. Every kind of line end becomes a line feed.
 */
final class Characters {
    private static final char NEXT_LINE = 0x85;
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;
    private static final char MARK = 0xFEFF;
    private static final char FIRST_ISOLATE = 0x2066;
    private static final char LAST_ISOLATE = 0x2068;
    private static final char END_OF_ISOLATE = 0x2069;
    private static final char REPLACEMENT = 0xFFFD;

    private Characters() {}

    /** The same text without them; the very same string if there are none. */
    static String clean(String text) {
        int first = firstOdd(text);
        if (first == text.length()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        clean.append(text, 0, first);
        int isolates = 0;
        int i = first;
        while (i < text.length()) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (Character.isHighSurrogate(c) && Character.isLowSurrogate(next)) {
                clean.append(c).append(next);
                i += 2;
                continue;
            }
            if (c == '\n') {
                closeIsolates(clean, isolates);
                isolates = 0;
                clean.append(c);
            } else if (c == '\r' || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
                if (c != '\r' || next != '\n') {
                    closeIsolates(clean, isolates);
                    isolates = 0;
                    clean.append('\n');
                }
            } else if (Character.isSurrogate(c)) {
                clean.append(REPLACEMENT);
            } else if (c >= FIRST_ISOLATE && c <= LAST_ISOLATE) {
                isolates++;
                clean.append(c);
            } else if (c == END_OF_ISOLATE) {
                if (isolates > 0) {
                    isolates--;
                    clean.append(c);
                }
            } else if (!isDropped(c)) {
                clean.append(c);
            }
            i++;
        }
        closeIsolates(clean, isolates);
        return clean.toString();
    }

    /** A line must not turn the next one around. */
    private static void closeIsolates(StringBuilder clean, int open) {
        for (int i = 0; i < open; i++) {
            clean.append(END_OF_ISOLATE);
        }
    }

    private static int firstOdd(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < ' ') {
                if (c != '\n' && c != '\t') {
                    return i;
                }
            } else if (c >= 0x7f && isOdd(text, i)) {
                return i;
            }
            i += Character.isHighSurrogate(c) ? 2 : 1;
        }
        return text.length();
    }

    private static boolean isOdd(String text, int i) {
        char c = text.charAt(i);
        if (Character.isSurrogate(c)) {
            return !(Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1)));
        }
        return isDropped(c)
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR
                || (c >= FIRST_ISOLATE && c <= END_OF_ISOLATE);
    }

    private static boolean isDropped(char c) {
        return (c < ' ' && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || (c >= 0x202a && c <= 0x202e)
                || c == MARK;
    }
}
