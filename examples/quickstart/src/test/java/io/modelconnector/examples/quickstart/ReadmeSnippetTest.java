package io.modelconnector.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and tested here. */
class ReadmeSnippetTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path SOURCE = Path.of("src/main/java/io/modelconnector/examples/quickstart/Quickstart.java");

    @Test
    void readmeShowsThisProgram() throws IOException {
        assertThat(fencedBlockAfter("<!-- snippet: quickstart -->", Files.readAllLines(README)))
                .isEqualTo(snippet());
    }

    @Test
    void thirtyLinesAreEnough() throws IOException {
        assertThat(snippet().stream().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(30);
    }

    /** The tagged region, as far to the left as it goes. */
    private static List<String> snippet() throws IOException {
        List<String> lines = between("// tag::embed[]", "// end::embed[]", Files.readAllLines(SOURCE));
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
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
