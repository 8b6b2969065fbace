package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What holds of each cleaned card, whoever renders it; found out without a parser of Markdown, so that it shares no mistake with
 * the cleaner.
 */
final class CleanCardRules {
    private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z][^\\s/<>]*)([^<>]*)>");
    private static final Pattern ALLOWED = Pattern.compile(
            "/?(a|abbr|b|blockquote|br|caption|center|cite|code|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|h[1-6r]|i|img|ins|kbd|li"
                    + "|mark|ol|p|pre|q|s|samp|small|span|strong|su[bp]|summary|table|tbody|td|tfoot|th|thead|tr|u|ul|var|wbr)");
    private static final Pattern ATTRIBUTES = Pattern.compile("( [a-z]+(=\"[^\"<>]*\")?)* ?/?");
    private static final Pattern BAD_ATTRIBUTE =
            Pattern.compile(" (on[a-z]+|style|srcset|srcdoc|action|formaction|class|target)[= ]");
    private static final Pattern BAD_SCHEME = Pattern.compile(
            "(\\]\\(|\\]:|href=\"|src=\")[\\s<]*(javascript|vbscript|file[:&%]|data:text|data:image/svg)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FOREIGN_IMAGE =
            Pattern.compile("!\\[[^\\]]*\\]\\((?!https://good\\.example/|data:image/(png|jpeg|gif|webp);)");
    private static final Pattern FOREIGN_SOURCE =
            Pattern.compile("<[a-zA-Z][^<>]*src=\"(?!https://good\\.example/|data:image/(png|jpeg|gif|webp);)");
    private static final Pattern PLUGIN = Pattern.compile(
            "\\{\\{|\\{%|\\{#|\\{\\+\\+|\\{--|\\{==|\\{>>|\\{~~|-8<-|::uml::|(```|~~~) *\\{?\\.?(c4)?(plant)?uml");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\{[^}<\\n]*[ \\t{:](on[a-z]+|style|href|src)=");
    private static final Pattern SCRIPT = Pattern.compile("<script(?![a-z0-9])", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2028\\u2029\\ufeff]");

    private CleanCardRules() {}

    static List<String> broken(String card) {
        List<String> broken = new ArrayList<>();
        find(broken, card, PLUGIN, "a plug-in would read");
        find(broken, card, CONTROL, "a control");
        String text = withoutFences(card);
        find(broken, text, BAD_SCHEME, "a bad scheme");
        find(broken, text, FOREIGN_IMAGE, "a foreign image");
        find(broken, text, FOREIGN_SOURCE, "a foreign source");
        find(broken, text, ASSIGNMENT, "an attribute in braces");
        TAG.matcher(text).results().forEach(match -> {
            String name = match.group(1).toLowerCase(Locale.ROOT);
            if (HtmlPolicy.isLoudInCode(name.replace("/", ""))
                    && !ALLOWED.matcher(name).matches()) {
                broken.add("the tag " + match.group());
            }
            if (ALLOWED.matcher(match.group(1)).matches()
                    && !match.group(2).startsWith("@")
                    && (!ATTRIBUTES.matcher(match.group(2)).matches()
                            || BAD_ATTRIBUTE.matcher(match.group(2)).find())) {
                broken.add("the attributes of " + match.group());
            }
        });
        if (text.contains("<!") || text.contains("<?") || SCRIPT.matcher(text).find()) {
            broken.add("a declaration, a comment or a script");
        }
        return broken;
    }

    private static void find(List<String> broken, String text, Pattern pattern, String name) {
        pattern.matcher(text).results().limit(1).forEach(match -> broken.add(name + ": " + match.group()));
    }

    /** Fences as Python-Markdown finds them: at the left edge, ended by just the same fence. */
    private static String withoutFences(String card) {
        StringBuilder text = new StringBuilder();
        String fence = "";
        List<String> held = new ArrayList<>();
        for (String line : card.split("\n", -1)) {
            if (fence.isEmpty() && line.matches("(`{3,}|~{3,}) *\\.?[\\w#.+-]* *")) {
                fence = line.replaceAll("^(`+|~+).*", "$1");
                held.clear();
            } else if (!fence.isEmpty() && line.stripTrailing().equals(fence)) {
                fence = "";
                text.append("code\n");
                held.clear();
            } else if (fence.isEmpty()) {
                text.append(line).append('\n');
            } else {
                held.add(line);
            }
        }
        held.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
