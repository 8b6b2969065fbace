package io.modelconnector.techdocs.clean;

import java.util.Map;
import java.util.Set;

/**
 * Looks at each character of a card that nobody has judged yet, whatever commonmark takes it for, and writes as a reference what
 * some renderer could read as markup that a card must not have.
 */
final class TextSweep {
    /** Characters that a lone {@code <} may stand before: none of them begins a tag, and no edit begins with one. */
    private static final String AFTER_LESS = " \n\t0123456789=-|.,)>(\"'$@#+%;^}";

    private static final Map<String, String> EMOJI = Map.ofEntries(
            Map.entry(":rocket:", "🚀"),
            Map.entry(":warning:", "⚠️"),
            Map.entry(":tada:", "🎉"),
            Map.entry(":fire:", "🔥"),
            Map.entry(":star:", "⭐"),
            Map.entry(":sparkles:", "✨"),
            Map.entry(":bulb:", "💡"),
            Map.entry(":memo:", "📝"),
            Map.entry(":book:", "📖"),
            Map.entry(":books:", "📚"),
            Map.entry(":hugs:", "🤗"),
            Map.entry(":hugging_face:", "🤗"),
            Map.entry(":smile:", "😄"),
            Map.entry(":wink:", "😉"),
            Map.entry(":heart:", "❤️"),
            Map.entry(":white_check_mark:", "✅"),
            Map.entry(":heavy_check_mark:", "✔️"),
            Map.entry(":x:", "❌"),
            Map.entry(":zap:", "⚡"),
            Map.entry(":bug:", "🐛"),
            Map.entry(":wrench:", "🔧"),
            Map.entry(":package:", "📦"),
            Map.entry(":globe_with_meridians:", "🌐"),
            Map.entry(":trophy:", "🏆"),
            Map.entry(":chart_with_upwards_trend:", "📈"),
            Map.entry(":robot:", "🤖"),
            Map.entry(":brain:", "🧠"),
            Map.entry(":link:", "🔗"),
            Map.entry(":email:", "📧"),
            Map.entry(":+1:", "👍"));

    private static final Set<String> FRACTIONS = Set.of(
            "1/4", "1/2", "3/4", "1/3", "2/3", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8");

    private static final boolean[] LOOKED_AT = new boolean['~' + 1];

    static {
        for (char c : "<{:![]`~/".toCharArray()) {
            LOOKED_AT[c] = true;
        }
    }

    private final Edits edits;
    private final String text;
    private final Assignments assignments;
    private final AttributeLists lists;

    TextSweep(Edits edits) {
        this.edits = edits;
        this.text = edits.text();
        this.assignments = new Assignments(text);
        this.lists = new AttributeLists(edits);
    }

    void run() {
        int to = text.length();
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            if (c >= LOOKED_AT.length || !LOOKED_AT[c] || edits.isSettled(i)) {
                continue;
            }
            switch (c) {
                case '<' -> less(i);
                case '{' -> brace(i);
                case ':' -> i = colon(i);
                case '!' -> {
                    if (i + 1 < to && text.charAt(i + 1) == '[') {
                        edits.replace(i, i + 1, "&#33;");
                    }
                }
                case '[' -> bracket(i);
                case ']' -> {
                    if (Hazards.isLoudDestination(text, i, to)) {
                        edits.replace(i + 1, i + 2, reference(text.charAt(i + 1)));
                    }
                }
                case '`', '~' -> {
                    if (Hazards.isDiagramFence(text, i, to)) {
                        edits.replace(i, i + 1, reference(c));
                    }
                }
                case '/' -> i = slash(i);
                default -> {}
            }
        }
    }

    /** A plug-in makes fractions of the days and months of dates. */
    private int slash(int at) {
        int start = digitsBefore(at);
        int second = digitsAfter(at + 1);
        boolean date = start < at
                && second > at + 1
                && second < text.length()
                && text.charAt(second) == '/'
                && digitsAfter(second + 1) > second + 1
                && (start == 0 || !isPathPart(text.charAt(start - 1)));
        int end = date ? digitsAfter(second + 1) : at;
        if (!date || (end < text.length() && isPathPart(text.charAt(end)))) {
            return at;
        }
        if (isFraction(start, second) || isFraction(at + 1, end)) {
            edits.replace(at, at + 1, reference('/'));
            edits.replace(second, second + 1, reference('/'));
        }
        return end - 1;
    }

    private boolean isFraction(int start, int end) {
        return end - start == 3 && FRACTIONS.contains(text.substring(start, end));
    }

    private static boolean isPathPart(char c) {
        return Entities.isAlphanumeric(c) || "/-_=&?#%".indexOf(c) >= 0;
    }

    private int digitsBefore(int at) {
        int i = at;
        while (i > 0 && at - i < 5 && Character.isDigit(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private int digitsAfter(int at) {
        int i = at;
        while (i < text.length() && i - at < 5 && Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static String reference(char c) {
        return "&#" + (int) c + ";";
    }

    private void less(int at) {
        int after = at + 1;
        boolean lone =
                after == text.length() || AFTER_LESS.indexOf(text.charAt(after)) >= 0 || text.charAt(after) > 0x7f;
        if (lone && !Hazards.isInclude(text, at, text.length())) {
            return;
        }
        int slashes = at;
        while (slashes > 0 && text.charAt(slashes - 1) == '\\' && !edits.isSettled(slashes - 1)) {
            slashes--;
        }
        boolean escaped = (at - slashes) % 2 == 1;
        edits.replace(escaped ? at - 1 : at, at + 1, "&lt;");
    }

    private void brace(int at) {
        if (Hazards.isMacro(text, at, text.length()) || assignments.last(at) >= 0 || takesText(at)) {
            edits.replace(at, at + 1, "&#123;");
        }
    }

    private boolean takesText(int brace) {
        boolean inFormula = brace > 0 && "_*^~".indexOf(text.charAt(brace - 1)) >= 0 && edits.isSettled(brace - 1);
        return lists.takesText(brace) && !inFormula;
    }

    private int colon(int at) {
        if (Hazards.isDiagram(text, at, text.length()) || Hazards.isForeignScheme(text, at)) {
            edits.replace(at, at + 1, "&#58;");
            return at;
        }
        int end = Hazards.emojiEnd(text, at, text.length());
        if (end < 0) {
            return at;
        }
        String picture = EMOJI.get(text.substring(at, end));
        if (picture == null) {
            edits.replace(at, at + 1, "&#58;");
            return at;
        }
        edits.replace(at, end, picture);
        return end - 1;
    }

    /** A block of several paragraphs that a plug-in would move to the right, and with it half of what comes after. */
    private void bracket(int at) {
        int i = at;
        while (i > 0 && at - i < 4 && text.charAt(i - 1) == ' ') {
            i--;
        }
        boolean alert = at + 1 < text.length()
                && text.charAt(at + 1) == '!'
                && i >= 3
                && text.startsWith(">>>", i - 3)
                && (i == 3 || text.charAt(i - 4) == '\n');
        if (alert) {
            edits.replace(at, at + 1, "&#91;");
        }
    }
}
