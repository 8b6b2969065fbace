package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StaticModelSourceMistakesTest {
    private static final String GOOD = """
            models:
              - name: granite
                versions: [{name: v1}]
            """;

    @TempDir
    Path directory;

    static Stream<Arguments> filesThatCannotBeUsed() {
        return Stream.of(
                arguments("models.yaml", "", "line 1: the file is empty"),
                arguments("models.yaml", "# nothing yet\n", "line 1: the file is empty"),
                arguments("models.json", "", "line 1: the file is empty"),
                arguments("models.json", "null", "line 1: the file is empty"),
                arguments("models.yaml", "models:\n", "line 1: models has no value; write [] if there are none"),
                arguments("models.yaml", "registry: lab\n", "line 1: the file has neither models nor served"),
                arguments("models.yaml", "- name: granite\n", "line 1: the file is a list, must be a mapping with"),
                arguments("models.yaml", "models: {name: granite}\n", "line 1: models is a mapping, must be a list"),
                arguments("models.yaml", GOOD + "served: none\n", "line 4: served is a text, must be a list"),
                arguments("models.yaml", "registry: [lab]\n" + GOOD, "line 1: registry is a list, must be a text"),
                arguments("models.yaml", GOOD + "  - name: [phi\n", "line 5, column 1: expected ',' or ']', but got"),
                arguments("models.yaml", "models:\n\t- name: a\n", "line 2, column 1: found character '\\t(TAB)'"),
                arguments(
                        "models.yaml",
                        "models:\n  - name: a: b\n",
                        "line 2, column 12: mapping values are not allowed here"),
                arguments("models.yaml", "models: [\u0001]\n", "special characters are not allowed"),
                arguments("models.yaml", GOOD + GOOD, "line 4, column 1: \"models\" is given twice in one mapping"),
                arguments("models.yaml", GOOD + "---\n" + GOOD, "a second document begins here"),
                arguments(
                        "models.yaml",
                        "models:\n  - &base {name: a}\n  - *base\n",
                        "line 3, column 5: *base is a YAML alias, which this format does not know"),
                arguments("models.yaml", "models: [{name: !!binary aGk=}]\n", "line 1, column 17: neither a text nor"),
                arguments("models.yaml", "models: " + "[".repeat(40), "nested more than 32 levels deep"),
                arguments(
                        "models.json",
                        "{\"models\": [}",
                        "line 1, column 13: Unexpected close marker '}': expected ']' (for Array starting at line 1,"
                                + " column 12);"),
                arguments("models.json", "{\"models\": []", "Unexpected end-of-input"),
                arguments("models.json", "{\"models\": []} {}", "line 1, column 16: a second document begins here"),
                arguments("models.json", "{\"models\":" + "[".repeat(4000), "nested more than 32 levels deep"));
    }

    @ParameterizedTest
    @MethodSource("filesThatCannotBeUsed")
    void failsWithPlaceAndFault(String name, String content, String fault) throws Exception {
        Path file = directory.resolve(name);
        ConnectorException failure = Reads.part(file, content).failure();
        assertThat(failure)
                .isInstanceOf(MalformedResponseException.class)
                .message()
                .startsWith("reading " + file + " failed at line ")
                .contains(fault)
                .endsWith("; mend it, what was read before stays")
                .doesNotContain("\n");
    }

    @Test
    void failsWhereTheEncodingIsNotUtf8() throws Exception {
        Path file = directory.resolve("models.yaml");
        Files.write(file, "models:\n  - name: café\n".getBytes(StandardCharsets.ISO_8859_1));
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.part(source).failure()).message().contains("at line 2, column 14: not UTF-8");
        }
    }

    @Test
    void failsWhereTheFileIsTooLarge() throws Exception {
        Path file = directory.resolve("models.yaml");
        Files.writeString(file, GOOD);
        long size = Files.size(file);
        try (StaticModelSource fits =
                        StaticModelSource.builder(file).maxFileBytes(size).build();
                StaticModelSource over =
                        StaticModelSource.builder(file).maxFileBytes(size - 1).build()) {
            assertThat(Reads.part(fits).isComplete()).isTrue();
            assertThat(Reads.part(over).failure())
                    .isInstanceOf(MalformedResponseException.class)
                    .message()
                    .contains("the file is larger than the limit of " + (size - 1) + " bytes");
        }
    }

    @Test
    void readsYamlBeyondTheParsersOwnLimit() throws Exception {
        String card = "A line of a card that goes on and on.\n".repeat(100_000).indent(10);
        SourcePart part = Reads.part(
                directory.resolve("models.yaml"),
                "models:\n- name: phi-4\n  versions:\n    - name: v1\n      card: |\n" + card);
        assertThat(Reads.onlyVersion(part).artifacts()).hasSize(1);
    }

    static Stream<Arguments> itemsThatCannotBeUsed() {
        return Stream.of(
                arguments("  - granite", "models[1]", "is a text, must be a mapping of fields"),
                arguments("  - versions: [{name: v1}]", "models[1]", "has no name"),
                arguments("  - {name: ' ', versions: [{name: v1}]}", "models[1]", "has no name"),
                arguments("  - {name: [a], versions: [{name: v1}]}", "models[1]", "name is a list, must be a text"),
                arguments("  - name: phi", "models[1] \"phi\"", "has no versions"),
                arguments("  - {name: phi, versions: v1}", "models[1] \"phi\"", "versions is a text, must be a list"),
                arguments(
                        "  - {name: phi, id: x1, versions: [{name: v1}]}",
                        "models[1] \"phi\"",
                        "id was \"x1\", must be a number from 1 on, of at most 18 digits"),
                arguments(
                        "  - {name: granite, versions: [{name: v9}]}",
                        "models[1] \"granite\"",
                        "takes the model name \"granite\", which models[0] in line 2 has already"),
                arguments("  - {name: phi, versions: [v1]}", "models[1].versions[0]", "is a text, must be a mapping"),
                arguments("  - {name: phi, versions: [{}]}", "models[1].versions[0]", "has no name"));
    }

    @ParameterizedTest
    @MethodSource("itemsThatCannotBeUsed")
    void namesTheItemAndGoesOn(String item, String place, String fault) throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.yaml"), GOOD + item + "\n");
        assertThat(Reads.names(part)).containsExactly("granite v1");
        Problem problem = Reads.onlyProblem(part);
        assertThat(problem.item()).isEqualTo(place);
        assertThat(problem.message())
                .startsWith("models.yaml line 4, " + place + ": ")
                .contains(fault)
                .endsWith("; the item is left out until this is mended");
    }

    static Stream<Arguments> mistakesInAVersion() {
        return Stream.of(
                arguments("archived: maybe", "archived was \"maybe\", must be true or false"),
                arguments("description: [a]", "description is a list, must be a text"),
                arguments("license: {name: MIT}", "license is a mapping, must be a text"),
                arguments("tags: chat", "tags is a text, must be a list"),
                arguments("tags: [[chat]]", "an item of tags is a list, must be a text"),
                arguments("properties: [a]", "properties is a list, must be a mapping"),
                arguments("properties: {a: [b]}", "properties.a is a list, must be a text"),
                arguments("uri: [a]", "uri is a list, must be a text"),
                arguments(
                        "updated: yesterday", "updated was \"yesterday\", must be a day or a time such as 2026-03-01"),
                arguments("updated: 2026-13-01", "updated was \"2026-13-01\", must be"),
                arguments("artifacts: [s3://a]", "is a text, must be a mapping of fields"),
                arguments("served: [a]", "is a list, must be a mapping of fields"),
                arguments("served: {name: a}", "has neither url nor internalUrl"),
                arguments("served: {url: a, ready: 1}", "ready was \"1\", must be true or false"),
                arguments(
                        "served: {url: a, apiType: soap}", "apiType was \"soap\", must be openapi, asyncapi, graphql"),
                arguments("served: {url: a, labels: {a: {}}}", "labels.a is a mapping, must be a text"));
    }

    @ParameterizedTest
    @MethodSource("mistakesInAVersion")
    void namesTheFactSoThatTheFeedKeepsIt(String field, String fault) throws Exception {
        Path file = directory.resolve("models.yaml");
        String others = "  - name: phi\n    versions:\n      - name: v1\n      - name: v2\n        ";
        List<String> ids = Reads.part(file, GOOD + others).modelVersions().stream()
                .map(RegisteredModelVersion::id)
                .toList();
        SourcePart part = Reads.part(file, GOOD + others + field + "\n");
        assertThat(Reads.names(part)).containsExactly("granite v1", "phi v1");
        assertThat(part.problems())
                .filteredOn(problem -> problem.item().equals(ids.get(2)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("models.yaml line 8, models[1].versions[1] \"phi v2\": ")
                        .contains(fault));
    }

    @Test
    void keepsTheServerOfAVersionThatIsLeftOut() throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.yaml"), """
                models:
                  - name: phi
                    versions:
                      - {name: v1, archived: maybe, served: {url: "https://phi.example.com"}}
                """);
        assertThat(part.servedModels()).isEmpty();
        assertThat(part.problems()).extracting(Problem::item).contains("ModelServer/models/phi-v1");
    }

    @Test
    void tellsOfAMistakeInAModelForEachOfItsVersions() throws Exception {
        Path file = directory.resolve("models.yaml");
        String phi = "models: [{name: phi, versions: [{name: v1}, {name: v2}]";
        List<String> ids = Reads.part(file, phi + "}]").modelVersions().stream()
                .map(RegisteredModelVersion::id)
                .toList();
        SourcePart part = Reads.part(file, phi + ", license: [MIT]}]");
        assertThat(part.modelVersions()).isEmpty();
        assertThat(part.problems()).extracting(Problem::item).containsExactlyElementsOf(ids);
        assertThat(part.problems())
                .allSatisfy(problem -> assertThat(problem.message()).contains("license is a list, must be a text"));
    }

    @Test
    void refusesAnIdOrANameTwice() throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.yaml"), """
                models:
                  - {name: phi, versions: [{name: v1, id: 3}, {name: v1}, {name: v2, id: 3}]}
                  - {name: gemma, versions: [{name: v1, id: 3}]}
                served:
                  - {name: whisper, url: "https://whisper.example.com"}
                  - {name: whisper, url: "https://whisper.example.org"}
                """);
        assertThat(Reads.names(part)).containsExactly("phi v1", "models/whisper");
        assertThat(part.problems())
                .extracting(Problem::message)
                .satisfiesExactly(
                        name -> assertThat(name).contains("takes the version name \"v1\" of \"phi\""),
                        id -> assertThat(id).contains("takes the version id 3"),
                        other -> assertThat(other)
                                .contains("takes the version id 3, which models[0].versions[0] in line 2 has already"),
                        served ->
                                assertThat(served).contains("takes the id of served model ModelServer/models/whisper"));
    }

    @Test
    void tellsOfUnknownFieldsAndKeepsTheItem() throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.yaml"), """
                models:
                  - name: phi
                    licence: MIT
                    versions:
                      - name: v1
                        How-To-Use: https://docs.example.com/phi
                        artifacts: [{url: s3://phi}]
                        served:
                          URL: https://phi.example.com
                          internalURL: http://phi
                          internalUrl: http://phi
                served:
                  - {name: whisper, url: a, frobnicate: true}
                x: 1
                """);
        assertThat(Reads.names(part)).containsExactly("phi v1", "models/phi-v1", "models/whisper");
        assertThat(part.problems())
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "models.yaml line 3, models[0] \"phi\": unknown field \"licence\" is ignored; did you mean"
                                + " \"license\"?",
                        "models.yaml line 6, models[0].versions[0] \"phi v1\": unknown field \"How-To-Use\" is"
                                + " ignored; did you mean \"howToUse\"?",
                        "models.yaml line 7, models[0].versions[0] \"phi v1\" artifacts: unknown field \"url\" is"
                                + " ignored; did you mean \"uri\"?",
                        "models.yaml line 9, models[0].versions[0] \"phi v1\" served: unknown field \"URL\" is"
                                + " ignored; did you mean \"url\"?",
                        "models.yaml line 10, models[0].versions[0] \"phi v1\" served: unknown field \"internalURL\""
                                + " is ignored; did you mean \"internalUrl\"?",
                        "models.yaml line 13, served[0] \"whisper\": unknown field \"frobnicate\" is ignored",
                        "models.yaml line 14, the file: unknown field \"x\" is ignored");
    }
}
