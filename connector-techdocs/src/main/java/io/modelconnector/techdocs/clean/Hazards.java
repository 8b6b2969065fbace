package io.modelconnector.techdocs.clean;

import java.util.Locale;
import java.util.Set;

/**
 * What must not stand in a card as it is. Some of it is read by MkDocs and its plug-ins even inside code; the rest does harm only
 * where a renderer takes it for markup.
 */
final class Hazards {
    /** Attributes that a list in braces must not set: Python-Markdown sets any. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "style",
            "href",
            "src",
            "srcset",
            "srcdoc",
            "action",
            "formaction",
            "formtarget",
            "data",
            "poster",
            "background",
            "target",
            "ping",
            "http-equiv",
            "content",
            "rel",
            "is",
            "manifest",
            "codebase",
            "classid",
            "profile",
            "lowsrc",
            "dynsrc",
            "longdesc",
            "usemap",
            "icon",
            "attributename",
            "values",
            "from",
            "to",
            "contenteditable",
            "autofocus",
            "tabindex",
            "accesskey",
            "popover",
            "popovertarget",
            "draggable",
            "inert");

    /** Attributes that do something without a value, and are no word of a text. */
    private static final Set<String> WORDS = Set.of(
            "contenteditable", "autofocus", "tabindex", "accesskey", "popover", "popovertarget", "draggable", "inert");

    /** No name of an event is shorter, with what stands before it, but many English words are. */
    private static final int SHORTEST_HANDLER = 5;

    private static final int LONGEST_EMOJI = 48;
    private static final int LONGEST_TAG = 256;

    private Hazards() {}

    /** Whether code holds something that is read even inside code. */
    static boolean inAnyCode(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c == '{' && isMacro(text, i, to))
                    || (c == '<' && isInclude(text, i, to))
                    || (c == ':' && isDiagram(text, i, to))
                    || ((c == '`' || c == '~') && isDiagramFence(text, i, to))) {
                return true;
            }
        }
        return false;
    }

    /** Whether code holds something that does harm if a renderer takes it for text. */
    static boolean inCode(String text, int from, int to) {
        int line = from;
        int brace = -1;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean hazard = switch (c) {
                case '<' -> isInclude(text, i, to) || isLoudTag(text, i, to);
                case '{' -> isMacro(text, i, to);
                case '!' -> i + 1 < to && text.charAt(i + 1) == '[';
                case ']' -> isLoudDestination(text, i, text.length());
                case ':' -> isDiagram(text, i, to) || isLoneEmoji(text, i, from, to);
                case '`', '~' -> isDiagramFence(text, i, to);
                case '=' -> brace >= line && isAssignment(text, i, line);
                default -> false;
            };
            if (hazard) {
                return true;
            }
            if (c == '\n') {
                line = i + 1;
            } else if (c == '{') {
                brace = i;
            }
        }
        return false;
    }

    /** A brace that begins a template or a mark of a review: two braces, a brace and a percent sign, a brace and two pluses. */
    static boolean isMacro(String text, int brace, int to) {
        if (brace + 1 >= to) {
            return false;
        }
        char next = text.charAt(brace + 1);
        if (next == '{' || next == '%' || next == '#') {
            return true;
        }
        return "+-=>~".indexOf(next) >= 0 && brace + 2 < to && text.charAt(brace + 2) == next;
    }

    /** A pair of scissors, which includes a file. */
    static boolean isInclude(String text, int less, int to) {
        return less >= 2
                && less + 1 < to
                && text.charAt(less - 1) == '8'
                && text.charAt(less - 2) == '-'
                && text.charAt(less + 1) == '-';
    }

    /** The start of a diagram that a program would be called for. */
    static boolean isDiagram(String text, int colon, int to) {
        return colon + 7 <= to && text.startsWith("::uml::", colon);
    }

    /** A fence, anywhere in a line, before the name of a language that a program would be called for. */
    static boolean isDiagramFence(String text, int start, int to) {
        char c = text.charAt(start);
        if (start + 3 > to || text.charAt(start + 1) != c || text.charAt(start + 2) != c) {
            return false;
        }
        if (start + 3 < to && text.charAt(start + 3) == c) {
            return false;
        }
        int i = start + 3;
        while (i < to && i < start + 32 && " {.".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return text.regionMatches(true, i, "uml", 0, 3)
                || text.regionMatches(true, i, "plantuml", 0, 8)
                || text.regionMatches(true, i, "c4uml", 0, 5)
                || text.regionMatches(true, i, "c4plantuml", 0, 10)
                || text.regionMatches(true, i, "graphviz", 0, 8);
    }

    private static boolean isLoudTag(String text, int less, int to) {
        if (less + 1 >= to) {
            return false;
        }
        char next = text.charAt(less + 1);
        if (next == '!' || next == '?') {
            return true;
        }
        boolean closing = next == '/';
        int start = less + (closing ? 2 : 1);
        if (start >= to || !Entities.isLetter(text.charAt(start))) {
            return closing;
        }
        int i = start;
        while (i < to && i - start < LONGEST_TAG && " \n\t/>".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        int letters = start;
        while (letters < i && Entities.isAlphanumeric(text.charAt(letters))) {
            letters++;
        }
        String stem = text.substring(start, letters).toLowerCase(Locale.ROOT);
        boolean loud = HtmlPolicy.isLoudInCode(stem);
        if (loud && (letters == i || !HtmlPolicy.isAllowed(stem))) {
            return true;
        }
        int limit = Math.min(to, less + LONGEST_TAG);
        while (i < limit && text.charAt(i) != '>') {
            char c = text.charAt(i);
            if (c == '=' || c == '\n') {
                return true;
            }
            i++;
        }
        return i == limit;
    }

    static boolean isLoudDestination(String text, int bracket, int to) {
        if (bracket + 1 >= to) {
            return false;
        }
        char next = text.charAt(bracket + 1);
        return (next == '(' || next == ':') && !LinkTargets.looksHarmless(text, bracket + 2, to, next == ':');
    }

    /** Whether an equals sign sets an attribute that does something. */
    static boolean isAssignment(String text, int equals, int from) {
        int end = equals;
        int start = end;
        while (start > from && end - start < 40 && " {}:=\"'\n\t".indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        String name = text.substring(start, end).toLowerCase(Locale.ROOT);
        return ATTRIBUTES.contains(name)
                || name.startsWith("data-")
                || (name.equals("id") && isValue(text, equals + 1, "_"))
                || (name.equals("class") && text.startsWith("md-", classStart(text, equals + 1)))
                || (name.length() > 2 && name.startsWith("on") && Entities.isLetter(name.charAt(2)));
    }

    private static boolean isValue(String text, int start, String stem) {
        boolean quoted = start < text.length() && (text.charAt(start) == '"' || text.charAt(start) == '\'');
        return text.startsWith(stem, quoted ? start + 1 : start);
    }

    /** Where the first class of the theme begins in the value of an attribute, or -1. */
    private static int classStart(String text, int start) {
        int limit = Math.min(text.length(), start + LONGEST_TAG);
        for (int i = start; i < limit && text.charAt(i) != '\n' && text.charAt(i) != '}'; i++) {
            if (text.startsWith("md-", i) && " \"'=\t".indexOf(text.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a list in braces that holds this word sets what it must not; the word begins at {@code start}. */
    static boolean isLoudWord(String text, int start, int to) {
        char first = text.charAt(start);
        if (first == '#') {
            return text.startsWith("_", start + 1);
        }
        if (first == '.') {
            return text.startsWith("md-", start + 1);
        }
        if (!Entities.isLetter(first)) {
            return false;
        }
        int end = start;
        while (end < to && end - start < 40 && (Entities.isLetter(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        String word = text.substring(start, end).toLowerCase(Locale.ROOT);
        return WORDS.contains(word)
                || word.startsWith("data-")
                || (word.startsWith("on") && word.length() >= SHORTEST_HANDLER);
    }

    /** Whether a colon follows the scheme of an address that some renderers make a link of, though it must be none. */
    static boolean isForeignScheme(String text, int colon) {
        return text.startsWith("//", colon + 1)
                && (text.regionMatches(true, colon - 3, "ftp", 0, 3)
                        || text.regionMatches(true, colon - 4, "ftps", 0, 4));
    }

    /** Where a shortcode such as {@code :rocket:} ends, or -1. Some renderers fetch a picture for it. */
    static int emojiEnd(String text, int colon, int to) {
        boolean letters = false;
        int limit = Math.min(to, colon + LONGEST_EMOJI);
        for (int i = colon + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                boolean digits = text.startsWith("100", colon + 1)
                        || text.startsWith("1234", colon + 1)
                        || text.startsWith("+1", colon + 1)
                        || text.startsWith("-1", colon + 1);
                return i > colon + 1 && (letters || digits) ? i + 1 : -1;
            }
            if (!Entities.isAlphanumeric(c) && c != '_' && c != '+' && c != '-') {
                return -1;
            }
            letters |= Entities.isLetter(c);
        }
        return -1;
    }

    private static boolean isLoneEmoji(String text, int colon, int from, int to) {
        int end = emojiEnd(text, colon, to);
        return end > 0
                && (colon == from || !isGlue(text.charAt(colon - 1)))
                && (end >= to || !isGlue(text.charAt(end)));
    }

    private static boolean isGlue(char c) {
        return Entities.isAlphanumeric(c) || c == ':' || c == '_' || c == '/' || c == '.';
    }
}
