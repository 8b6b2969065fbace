package io.modelconnector.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows is what is compiled and tested here. */
class ReadmeSnippetTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path EXAMPLES = Path.of("..");
    private static final Pattern MARKER = Pattern.compile("<!-- snippet: ([a-z-]+) -->");

    @ParameterizedTest
    @MethodSource("shownExamples")
    void readmeShowsThisProgram(String example) throws IOException {
        assertThat(fencedBlockAfter("<!-- snippet: " + example + " -->", Files.readAllLines(README)))
                .isEqualTo(snippet(example));
    }

    @Test
    void thirtyLinesAreEnough() throws IOException {
        assertThat(snippet("quickstart").stream().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(30);
    }

    static List<String> shownExamples() throws IOException {
        return MARKER.matcher(Files.readString(README))
                .results()
                .map(marker -> marker.group(1))
                .toList();
    }

    /** The tagged region of the only source that has one, as far to the left as it goes. */
    private static List<String> snippet(String example) throws IOException {
        List<String> lines = between("// tag::embed[]", "// end::embed[]", taggedSource(example));
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }

    private static List<String> taggedSource(String example) throws IOException {
        List<List<String>> tagged = new ArrayList<>();
        try (Stream<Path> files = Files.walk(EXAMPLES.resolve(example).resolve("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> lines = Files.readAllLines(file);
                if (lines.stream().anyMatch(line -> line.strip().equals("// tag::embed[]"))) {
                    tagged.add(lines);
                }
            }
        }
        assertThat(tagged).as("tagged sources of " + example).hasSize(1);
        return tagged.get(0);
    }

    private static List<String> fencedBlockAfter(String marker, List<String> lines) {
        int start = indexOf(marker, lines);
        return between("```java", "```", lines.subList(start, lines.size()));
    }

    private static List<String> between(String first, String last, List<String> lines) {
        int start = indexOf(first, lines) + 1;
        List<String> rest = lines.subList(start, lines.size());
        return List.copyOf(rest.subList(0, indexOf(last, rest)));
    }

    private static int indexOf(String wanted, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(wanted)) {
                return i;
            }
        }
        throw new AssertionError("there is no line " + wanted);
    }
}
