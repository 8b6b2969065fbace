package io.modelconnector.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;

/**
 * Writes YAML in block style, as much of it as entities need. Every text comes back from a parser as exactly what it was,
 * whether that knows YAML 1.1 or 1.2: it is quoted, so that none is taken for a number, a date or a {@code yes}, unless it
 * has several lines that can stand as they are. Not thread-safe.
 */
final class YamlWriter {
    private static final int USUAL_LENGTH = 2048;

    private final StringBuilder out = new StringBuilder(USUAL_LENGTH);
    private int depth;
    private boolean afterDash;

    /** Begins the next document. The first one is marked as well, so that files can be joined. */
    void beginDocument() {
        out.append("---\n");
    }

    /**
     * Begins a field that holds fields or items.
     *
     * @param field its name: a word that needs no quotes
     */
    void begin(String field) {
        indent();
        out.append(field).append(":\n");
        depth++;
    }

    /** Begins an item that holds fields. */
    void beginItem() {
        indent();
        out.append("- ");
        afterDash = true;
        depth++;
    }

    /** Ends the field or the item that was begun last; it holds something. */
    void end() {
        depth--;
    }

    /**
     * Writes a field that holds a text.
     *
     * @param field its name: a word that needs no quotes
     * @param text any text
     */
    void text(String field, String text) {
        indent();
        out.append(field);
        value(WellFormed.text(text));
    }

    /** Writes a field that holds true or false. */
    void flag(String field, boolean value) {
        indent();
        out.append(field).append(": ").append(value).append('\n');
    }

    /** Writes a field that holds a list of texts, which may be empty. */
    void list(String field, Collection<String> items) {
        if (items.isEmpty()) {
            indent();
            out.append(field).append(": []\n");
            return;
        }
        begin(field);
        items.forEach(this::item);
        end();
    }

    /** Writes a field that holds an object without any fields. */
    void emptyObject(String field) {
        indent();
        out.append(field).append(": {}\n");
    }

    /** Writes a field whose name is any text, as well as what it holds. */
    void entry(String key, String text) {
        indent();
        quoted(WellFormed.text(key));
        value(WellFormed.text(text));
    }

    /** Writes an item that is a text. */
    void item(String text) {
        indent();
        out.append("- ");
        quoted(WellFormed.text(text));
        out.append('\n');
    }

    /** Everything that was written. */
    String text() {
        return out.toString();
    }

    /** Everything that was written, as UTF-8. */
    byte[] bytes() {
        return out.toString().getBytes(UTF_8);
    }

    private void value(String text) {
        if (isLiteral(text)) {
            literal(text);
        } else {
            out.append(": ");
            quoted(text);
            out.append('\n');
        }
    }

    private void literal(String text) {
        boolean ended = text.endsWith("\n");
        out.append(ended ? ": |\n" : ": |-\n");
        depth++;
        for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            if (!line.isEmpty()) {
                indent();
            }
            out.append(line).append('\n');
        }
        depth--;
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPlain(c)) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }

    private void indent() {
        if (afterDash) {
            afterDash = false;
        } else {
            out.append("  ".repeat(depth));
        }
    }

    /** Several lines, none of which begins or ends so that a parser or an editor might take something away. */
    private static boolean isLiteral(String text) {
        if (text.indexOf('\n') < 1 || text.startsWith(" ") || text.endsWith(" ") || text.endsWith("\n\n")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' ? text.charAt(i - 1) == ' ' : !isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    /** Neither a control character, nor anything that one version of YAML takes for the end of a line, or refuses. */
    private static boolean isPlain(char c) {
        boolean ascii = c >= ' ' && c <= '~';
        boolean beyond = c >= 0xa0 && c <= 0xfffd;
        boolean separator = c == 0x2028 || c == 0x2029;
        boolean byteOrderMark = c == 0xfeff;
        return ascii || (beyond && !separator && !byteOrderMark);
    }
}
