package io.modelconnector.techdocs.clean;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which elements and attributes of HTML a card may use. */
final class HtmlPolicy {
    private static final Set<String> VOID = Set.of("br", "hr", "wbr", "img");

    private static final Set<String> TABLE_PARTS =
            Set.of("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th");

    /** A browser ends these by itself. */
    private static final Set<String> OPTIONAL_END =
            Set.of("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot");

    private static final Set<String> BLOCKS = Set.of(
            "blockquote",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul");

    private static final Set<String> INLINES = Set.of(
            "a", "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s",
            "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr");

    /** Marks of the begin and end of what a model reads look like these. */
    private static final Set<String> TOKENS = Set.of("s", "u", "q");

    /** Inside code these do no harm, even if a renderer takes the code for text. */
    private static final Set<String> QUIET_IN_CODE =
            Set.of("b", "br", "em", "i", "p", "s", "small", "strong", "sub", "sup", "u");

    /** Elements of HTML that are on no list above, and those that change how what follows is read. */
    private static final Set<String> OTHERS = Set.of(
            "address",
            "applet",
            "area",
            "article",
            "aside",
            "audio",
            "base",
            "basefont",
            "bdi",
            "bdo",
            "bgsound",
            "big",
            "blink",
            "body",
            "button",
            "canvas",
            "col",
            "colgroup",
            "command",
            "content",
            "data",
            "datalist",
            "dialog",
            "dir",
            "embed",
            "fieldset",
            "font",
            "footer",
            "form",
            "frame",
            "frameset",
            "head",
            "header",
            "hgroup",
            "html",
            "iframe",
            "image",
            "input",
            "isindex",
            "keygen",
            "label",
            "legend",
            "link",
            "listing",
            "main",
            "map",
            "marquee",
            "math",
            "menu",
            "menuitem",
            "meta",
            "meter",
            "nav",
            "nobr",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "optgroup",
            "option",
            "output",
            "param",
            "picture",
            "plaintext",
            "portal",
            "progress",
            "rb",
            "rp",
            "rt",
            "rtc",
            "ruby",
            "script",
            "search",
            "section",
            "select",
            "shadow",
            "slot",
            "source",
            "spacer",
            "strike",
            "style",
            "svg",
            "template",
            "textarea",
            "time",
            "title",
            "track",
            "tt",
            "video",
            "xmp");

    private static final Set<String> ALIGNMENTS = Set.of("left", "right", "center", "justify");

    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("a", Set.of("href", "title", "id", "name")),
            Map.entry("abbr", Set.of("title")),
            Map.entry("img", Set.of("src", "alt", "title", "width", "height")),
            Map.entry("details", Set.of("open", "markdown")),
            Map.entry("li", Set.of("value")),
            Map.entry("ol", Set.of("start")),
            Map.entry("td", Set.of("colspan", "rowspan", "align", "width")),
            Map.entry("th", Set.of("colspan", "rowspan", "align", "width")));

    private HtmlPolicy() {}

    static boolean isAllowed(String element) {
        return BLOCKS.contains(element) || INLINES.contains(element);
    }

    static boolean isVoid(String element) {
        return VOID.contains(element);
    }

    static boolean isBlock(String element) {
        return BLOCKS.contains(element);
    }

    static boolean isTablePart(String element) {
        return TABLE_PARTS.contains(element);
    }

    static boolean hasOptionalEnd(String element) {
        return OPTIONAL_END.contains(element);
    }

    /** Whether a tag of this name that finds no match is rather a token of a model than a mistake. */
    static boolean isToken(String element) {
        return TOKENS.contains(element);
    }

    /** Whether a tag of this name may do something if a renderer finds it where commonmark sees code. */
    static boolean isLoudInCode(String element) {
        return !QUIET_IN_CODE.contains(element) && (isAllowed(element) || OTHERS.contains(element));
    }

    /** The value under which an attribute may stay, or null if it may not. Destinations are judged elsewhere. */
    static @Nullable String attribute(String element, HtmlTag.Attribute attribute) {
        String name = attribute.name();
        String value = attribute.value() == null ? "" : attribute.value();
        boolean known = ATTRIBUTES.getOrDefault(element, Set.of()).contains(name)
                || (name.equals("align") && BLOCKS.contains(element));
        if (!known) {
            return null;
        }
        return switch (name) {
            case "align" -> ALIGNMENTS.contains(value) ? value : null;
            case "width", "height" ->
                isNumber(value.endsWith("%") || value.endsWith("px") ? digits(value) : value) ? value : null;
            case "colspan", "rowspan", "value", "start" -> isNumber(value) ? value : null;
            case "id", "name" -> isName(value) ? value : null;
            case "markdown" -> value.equals("1") ? value : null;
            case "open" -> "";
            default -> value;
        };
    }

    private static String digits(String value) {
        return value.substring(0, value.length() - (value.endsWith("%") ? 1 : 2));
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isName(String value) {
        return !value.isEmpty()
                && value.length() <= 100
                && Entities.isAlphanumeric(value.charAt(0))
                && value.chars().allMatch(c -> c < 0x80 && (Entities.isAlphanumeric((char) c) || c == '-' || c == '_'));
    }
}
