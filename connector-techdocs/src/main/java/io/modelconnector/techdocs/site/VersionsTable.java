package io.modelconnector.techdocs.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The versions of a model as a table; a column in which nothing stands is left out. */
final class VersionsTable {
    private static final List<String> HEAD = List.of("Version", "Lifecycle", "Last changed", "Served");

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Adds a version.
     *
     * @param version the version
     * @param name what stands for it, as Markdown
     */
    void add(DocumentedModel version, String name) {
        String lifecycle = version.entry().catalog().models().stream()
                .findFirst()
                .map(model -> MarkdownText.escape(model.lifecycle()))
                .orElse("");
        rows.add(List.of(name, lifecycle, ModelPage.lastChanged(version), version.isServed() ? "yes" : ""));
    }

    String markdown() {
        List<Integer> columns = IntStream.range(0, HEAD.size())
                .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
                .boxed()
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(HEAD, columns));
        lines.add("| --- ".repeat(columns.size()) + '|');
        rows.forEach(row -> lines.add(line(row, columns)));
        return String.join("\n", lines);
    }

    private static String line(List<String> row, List<Integer> columns) {
        return columns.stream().map(row::get).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
