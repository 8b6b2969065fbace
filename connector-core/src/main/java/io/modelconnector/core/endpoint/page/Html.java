package io.modelconnector.core.endpoint.page;

/**
 * Writes HTML. Whatever is text is escaped here and nowhere else, so that no name, description or message becomes markup.
 * Not thread-safe.
 */
final class Html {
    private static final char UNSHOWABLE = '\uFFFD';

    private final StringBuilder out = new StringBuilder(1 << 15);

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; an attribute with an empty value is written as its name alone
     */
    Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]);
            if (!attributes[i + 1].isEmpty()) {
                out.append("=\"");
                escape(attributes[i + 1], Integer.MAX_VALUE);
                out.append('"');
            }
        }
        out.append('>');
        return this;
    }

    Html close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Writes text. */
    Html text(String text) {
        escape(text, Integer.MAX_VALUE);
        return this;
    }

    /**
     * Writes text, or its beginning.
     *
     * @param bytes how many bytes of the document it may take, about
     * @return whether all of it was written
     */
    boolean text(String text, int bytes) {
        return escape(text, bytes) == text.length();
    }

    /** Writes an element that holds nothing but text. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Writes a name that somebody else chose, so that its writing direction changes nothing around it. */
    Html name(String text) {
        return element("bdi", text);
    }

    /** Writes what is HTML already and known to be safe. */
    Html trusted(String html) {
        out.append(html);
        return this;
    }

    /** Breaks the line, which shows nowhere but in the source. */
    Html line() {
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** Gives how many characters were written. */
    private int escape(String text, int bytes) {
        int left = bytes;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int before = out.length();
            append(c);
            left -= c < 0x80 ? out.length() - before : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (left < 0) {
                out.setLength(before);
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private void append(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(isShowable(c) ? c : UNSHOWABLE);
        }
    }

    /** Control characters, halves of characters, and what turns the writing direction around are shown as what they are not. */
    private static boolean isShowable(int c) {
        boolean control = (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
        boolean turning = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        boolean noCharacter = (c >= 0xd800 && c <= 0xdfff) || (c & 0xfffe) == 0xfffe;
        return !control && !turning && !noCharacter;
    }
}
