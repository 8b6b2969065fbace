package io.modelconnector.techdocs.clean;

import java.util.Set;

/**
 * Finds the braces that Python-Markdown takes for a list of attributes, and so out of the text, although they are none that an
 * author would write: each word of such a list would become an attribute. To be asked from the start of a text to its end.
 */
final class AttributeLists {
    /** Attributes that a list may set; names and classes of style sheets besides. */
    private static final Set<String> HARMLESS = Set.of(
            "id", "class", "title", "alt", "width", "height", "align", "lang", "dir", "start", "value", "colspan",
            "rowspan");

    /** Longer ones are not read: nobody writes them. */
    private static final int LONGEST = 300;

    private final Edits edits;
    private final String text;
    private int lineStart;
    private int lineEnd = -1;
    private int paragraph;
    private int link = -1;
    private int emphasis = -1;
    private int sought;

    AttributeLists(Edits edits) {
        this.edits = edits;
        this.text = edits.text();
    }

    /** Whether what begins at a brace would vanish from the text, and is more than harmless attributes. */
    boolean takesText(int brace) {
        enterLine(brace);
        int close = Search.indexOf(text, '}', brace, Math.min(lineEnd, brace + LONGEST));
        boolean read = close < 0
                ? Search.indexOf(text, '}', Math.min(lineEnd, brace + LONGEST), Math.min(lineEnd, brace + 2 * LONGEST))
                        >= 0
                : !isHarmless(brace + 1, close);
        return read && isBehindElement(brace);
    }

    private void enterLine(int at) {
        while (at > lineEnd) {
            lineStart = lineEnd + 1;
            int end = text.indexOf('\n', lineStart);
            lineEnd = end < 0 ? text.length() : end;
            if (lineStart == 0 || text.charAt(lineStart - 1) != '\n' || isBlank(lineStart)) {
                paragraph = lineStart;
            }
        }
    }

    private boolean isBlank(int line) {
        int i = line;
        while (i < text.length() && " \t>".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i >= text.length() || text.charAt(i) == '\n';
    }

    /** A list counts right behind an element, at the end of a heading, a term or a cell, and as the last line of a paragraph. */
    private boolean isBehindElement(int brace) {
        char before = brace == 0 ? '\n' : text.charAt(brace - 1);
        return switch (before) {
            case '*', '^', '~', '=', '`' -> {
                int run = brace - 1;
                while (run > paragraph && text.charAt(run - 1) == before) {
                    run--;
                }
                yield run > paragraph && text.lastIndexOf(before, run - 1) >= paragraph;
            }
            case '_' -> {
                seek(brace - 1);
                yield emphasis >= paragraph;
            }
            case ')' -> {
                seek(brace - 1);
                yield link >= paragraph;
            }
            case ']' -> true;
            case ' ', '\t', '\n' -> isAlone(brace) || endsHeading();
            default -> false;
        };
    }

    /** Looks for the last destination and the last underscore that may begin an emphasis. */
    private void seek(int before) {
        for (int i = sought; i < before; i++) {
            char c = text.charAt(i);
            if (c == '(' && i > 0 && text.charAt(i - 1) == ']') {
                link = i;
            } else if (c == '_' && !edits.isSettled(i) && CardMaths.beginsEmphasis(text, i)) {
                emphasis = i;
            }
        }
        sought = Math.max(sought, before);
    }

    private boolean isAlone(int brace) {
        int i = brace;
        while (i > lineStart && " \t>".indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i == lineStart
                && lineStart > paragraph
                && lastInLine() == '}'
                && (lineEnd >= text.length() || isBlank(lineEnd + 1));
    }

    private boolean endsHeading() {
        int i = lineStart;
        while (i < lineEnd && " \t>-*+".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        char last = lastInLine();
        if (text.charAt(i) == '#' && last == '#') {
            return true;
        }
        if (last == '|') {
            return true;
        }
        char next = lineEnd + 1 < text.length() ? text.charAt(lineEnd + 1) : '\n';
        boolean title = text.charAt(i) == '#' || next == ':' || next == '=' || next == '-';
        return last == '}' && title;
    }

    private char lastInLine() {
        int i = lineEnd;
        while (i > lineStart && (text.charAt(i - 1) == ' ' || text.charAt(i - 1) == '\t')) {
            i--;
        }
        return i == lineStart ? '\n' : text.charAt(i - 1);
    }

    private boolean isHarmless(int from, int to) {
        int i = from < to && text.charAt(from) == ':' ? from + 1 : from;
        while (i < to) {
            if (text.charAt(i) == ' ') {
                i++;
                continue;
            }
            int start = i;
            while (i < to && text.charAt(i) != ' ' && text.charAt(i) != '=') {
                i++;
            }
            boolean value = i < to && text.charAt(i) == '=';
            if (!value) {
                char mark = text.charAt(start);
                if ((mark != '#' && mark != '.') || i == start + 1) {
                    return false;
                }
                continue;
            }
            if (!HARMLESS.contains(text.substring(start, i))) {
                return false;
            }
            i = valueEnd(i + 1, to);
        }
        return true;
    }

    private int valueEnd(int start, int to) {
        if (start < to && (text.charAt(start) == '"' || text.charAt(start) == '\'')) {
            int quote = Search.indexOf(text, text.charAt(start), start + 1, to);
            return quote < 0 ? to : quote + 1;
        }
        int blank = Search.indexOf(text, ' ', start, to);
        return blank < 0 ? to : blank;
    }
}
