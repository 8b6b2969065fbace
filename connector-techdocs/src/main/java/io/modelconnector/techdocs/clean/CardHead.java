package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of a card: the YAML between dashes, and what MkDocs would take for it. */
final class CardHead {
    private static final int MOST_VALUES = 40;
    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST_TITLE = 2000;

    private CardHead() {}

    /** A card without its front matter, and what that says. */
    record Split(FrontMatter frontMatter, String body) {}

    /** Takes the front matter out and puts a table in its place. What cannot be read stays as a block of code. */
    static Split split(String card) {
        if (!card.startsWith("---")) {
            return new Split(FrontMatter.none(), card);
        }
        int firstEnd = card.indexOf('\n');
        if (firstEnd < 0 || !card.substring(3, firstEnd).isBlank()) {
            return new Split(FrontMatter.none(), card);
        }
        int close = closingLine(card, firstEnd + 1);
        if (close < 0) {
            return new Split(FrontMatter.none(), card);
        }
        int closeEnd = card.indexOf('\n', close);
        String body = closeEnd < 0 ? "" : card.substring(closeEnd + 1);
        String yaml = card.substring(firstEnd + 1, close);
        FrontMatterReader.Reading reading = FrontMatterReader.read(yaml);
        return switch (reading.kind()) {
            case READ -> new Split(reading.frontMatter(), withTable(body, reading.frontMatter()));
            case UNREADABLE -> new Split(FrontMatter.none(), fenced(yaml) + body);
            case NOT_YAML -> new Split(FrontMatter.none(), card);
        };
    }

    private static int closingLine(String card, int from) {
        int line = from;
        while (line < card.length()) {
            int end = card.indexOf('\n', line);
            int lineEnd = end < 0 ? card.length() : end;
            if ((card.startsWith("---", line) || card.startsWith("...", line))
                    && card.substring(line + 3, lineEnd).isBlank()) {
                return line;
            }
            line = lineEnd + 1;
        }
        return -1;
    }

    private static String fenced(String yaml) {
        int ticks = 0;
        int longest = 2;
        for (int i = 0; i < yaml.length(); i++) {
            ticks = yaml.charAt(i) == '`' ? ticks + 1 : 0;
            longest = Math.max(longest, ticks);
        }
        String fence = "`".repeat(longest + 1);
        String end = yaml.isEmpty() || yaml.endsWith("\n") ? "" : "\n";
        return fence + "yaml\n" + yaml + end + fence + "\n\n";
    }

    private static String withTable(String body, FrontMatter frontMatter) {
        String text = body.substring(skipRemarks(body));
        String table = table(frontMatter);
        if (table.isEmpty()) {
            return text;
        }
        int after = titleEnd(text);
        String rest = text.substring(after);
        String gap = after > 0 ? "\n" : "";
        return text.substring(0, after) + gap + table + (rest.startsWith("\n") || rest.isEmpty() ? "" : "\n") + rest;
    }

    /** Templates of cards begin with comments, which nobody would see. */
    private static int skipRemarks(String body) {
        int start = 0;
        while (start < body.length()) {
            if (body.charAt(start) == '\n') {
                start++;
                continue;
            }
            int end = body.startsWith("<!--", start) ? body.indexOf("-->", start + 2) : -1;
            if (end < 0 || (end + 3 < body.length() && body.charAt(end + 3) != '\n')) {
                return start;
            }
            start = end + 3;
        }
        return start;
    }

    /** Where the title ends if the card begins with one, else 0. */
    private static int titleEnd(String text) {
        int end = text.indexOf('\n');
        if (end <= 0) {
            return 0;
        }
        if (text.startsWith("# ")) {
            return end + 1;
        }
        if (text.startsWith("<h1") && text.length() > 3 && " >\n".indexOf(text.charAt(3)) >= 0) {
            int close = Search.indexOf(text, "</h1>\n", 3, Math.min(text.length(), LONGEST_TITLE));
            int next = Search.indexOf(text, "<h1", 3, Math.min(text.length(), LONGEST_TITLE));
            return close > 0 && (next < 0 || next > close) ? close + 6 : 0;
        }
        int next = text.indexOf('\n', end + 1);
        String second = text.substring(end + 1, next < 0 ? text.length() : next).strip();
        boolean underlined =
                !second.isEmpty() && second.chars().allMatch(c -> c == '=') && Entities.isAlphanumeric(text.charAt(0));
        return underlined && next > 0 ? next + 1 : 0;
    }

    private static String table(FrontMatter frontMatter) {
        List<String> rows = new ArrayList<>();
        row(rows, "Licence", asList(frontMatter.licence()));
        row(rows, "Base model", frontMatter.baseModels());
        row(rows, "Datasets", frontMatter.datasets());
        row(rows, "Language", frontMatter.languages());
        row(rows, "Task", asList(frontMatter.pipelineTag()));
        row(rows, "Library", asList(frontMatter.libraryName()));
        row(rows, "Tags", frontMatter.tags());
        return rows.isEmpty() ? "" : "| Property | Value |\n| --- | --- |\n" + String.join("", rows);
    }

    private static List<String> asList(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static void row(List<String> rows, String name, List<String> values) {
        List<String> shown = new ArrayList<>();
        for (String value : values.subList(0, Math.min(values.size(), MOST_VALUES))) {
            String label = Entities.label(value, LONGEST_VALUE);
            if (!label.isEmpty()) {
                shown.add(label);
            }
        }
        if (values.size() > MOST_VALUES) {
            shown.add("and " + (values.size() - MOST_VALUES) + " more");
        }
        if (!shown.isEmpty()) {
            rows.add("| " + name + " | " + String.join(", ", shown) + " |\n");
        }
    }

    /** With an empty line before it if MkDocs would take the first line for something about the page and hide it. */
    static String guarded(String card) {
        int i = 0;
        while (i < card.length() && i < 4 && card.charAt(i) == ' ') {
            i++;
        }
        int start = i;
        while (i < card.length()
                && (Entities.isAlphanumeric(card.charAt(i)) || card.charAt(i) == '_' || card.charAt(i) == '-')) {
            i++;
        }
        boolean named = i > start && start < 4 && i < card.length() && card.charAt(i) == ':';
        return named || card.startsWith("---") ? "\n" + card : card;
    }
}
