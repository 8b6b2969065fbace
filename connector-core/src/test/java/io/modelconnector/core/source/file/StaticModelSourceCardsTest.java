package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticModelSourceCardsTest {
    private static final ModelCardReference V1 = new ModelCardReference("models", "models", "phi/v1");
    private static final ModelCardReference V2 = new ModelCardReference("models", "models", "phi/v2");

    @TempDir
    Path outside;

    private Path directory;
    private Path file;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(outside.resolve("models"));
        file = directory.resolve("models.yaml");
    }

    @Test
    void servesTheCardInTheFile() throws Exception {
        write("card: |\n  # Phi\n\n  Small.\n");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            ModelCard card = ModelCard.of(V1, "# Phi\n\nSmall.\n");
            assertThat(Reads.onlyVersion(Reads.part(source)).artifacts())
                    .extracting(ModelArtifact::card)
                    .containsExactly(card.version());
            assertThat(source.card(V1)).contains(card);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"card.md", "cards/card.md", "./cards/../card.MD", "cards/card.markdown"})
    void servesTheCardInAFileBelow(String path) throws Exception {
        Path card = directory.resolve(path);
        Files.createDirectories(directory.resolve("cards"));
        Files.writeString(card, "\uFEFF# Phi, ünïcode\n");
        write("card: " + path);
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.part(source).problems()).isEmpty();
            assertThat(source.card(V1)).contains(ModelCard.of(V1, "# Phi, ünïcode\n"));
        }
    }

    @Test
    void givesTheModelsCardToVersionsThatHaveNone() throws Exception {
        Files.writeString(file, """
                models:
                  - name: phi
                    card: '# Phi'
                    versions:
                      - name: v1
                      - {name: v2, card: '# Phi, second edition'}
                      - {name: v3, card: ''}
                """);
        try (StaticModelSource source = StaticModelSource.of(file)) {
            SourcePart part = Reads.part(source);
            assertThat(source.card(V1)).get().extracting(ModelCard::markdown).isEqualTo("# Phi");
            assertThat(source.card(V2)).get().extracting(ModelCard::markdown).isEqualTo("# Phi, second edition");
            assertThat(part.modelVersions().get(2).artifacts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.md", "cards/../../secret.md", "/etc/secret.md", "link.md", "linked/secret.md"})
    void refusesToLeaveTheDirectory(String path) throws Exception {
        Files.writeString(outside.resolve("secret.md"), "# Secret\n");
        Files.createSymbolicLink(directory.resolve("link.md"), outside.resolve("secret.md"));
        Files.createSymbolicLink(directory.resolve("linked"), outside);
        write("card: " + path);
        try (StaticModelSource source = StaticModelSource.of(file)) {
            SourcePart part = Reads.part(source);
            assertThat(part.modelVersions())
                    .singleElement()
                    .satisfies(version -> assertThat(version.artifacts()).isEmpty());
            assertThat(Reads.onlyProblem(part).message())
                    .isEqualTo("models.yaml line 5, models[0].versions[0] \"phi v1\": card " + path
                            + " is refused: it lies outside of the directory of the models file; the version is"
                            + " published without one");
        }
    }

    @Test
    void followsLinksThatStayInTheDirectory() throws Exception {
        Files.writeString(directory.resolve("real.md"), "# Phi\n");
        Files.createSymbolicLink(directory.resolve("card.md"), Path.of("real.md"));
        write("card: card.md");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.part(source).problems()).isEmpty();
            assertThat(source.card(V1)).isPresent();
        }
    }

    @Test
    void publishesAVersionWhoseCardIsMissing() throws Exception {
        write("card: cards/none.md");
        SourcePart part;
        try (StaticModelSource source = StaticModelSource.of(file)) {
            part = Reads.part(source);
            assertThat(source.card(V1)).isEmpty();
        }
        assertThat(Reads.names(part)).containsExactly("phi v1");
        assertThat(Reads.onlyProblem(part).item())
                .isEqualTo(part.modelVersions().get(0).id());
        assertThat(Reads.onlyProblem(part).message())
                .contains("card cards/none.md cannot be read: there is no such file; the version is published without");
    }

    @Test
    void refusesACardThatIsTooLargeOrNoFileOrNoText() throws Exception {
        Files.writeString(directory.resolve("large.md"), "x".repeat(11));
        Files.createDirectory(directory.resolve("directory.md"));
        Files.write(directory.resolve("binary.md"), new byte[] {'#', (byte) 0xff});
        Files.writeString(file, """
                models:
                  - name: phi
                    versions:
                      - {name: v1, card: large.md}
                      - {name: v2, card: directory.md}
                      - {name: v3, card: binary.md}
                """);
        try (StaticModelSource source =
                StaticModelSource.builder(file).maxCardBytes(10).build()) {
            SourcePart part = Reads.part(source);
            assertThat(part.modelVersions()).hasSize(3);
            assertThat(part.problems())
                    .extracting(problem -> problem.message())
                    .satisfiesExactly(
                            large -> assertThat(large).contains("the file is larger than the limit of 10 bytes"),
                            other -> assertThat(other).contains("directory.md cannot be read: not a regular file"),
                            binary -> assertThat(binary).contains("line 1, column 2: not UTF-8"));
        }
    }

    @Test
    void keepsTheLastCardWhileItCannotBeRead() throws Exception {
        Path card = directory.resolve("card.md");
        Files.writeString(card, "# Phi\n");
        write("card: card.md");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            SourcePart before = Reads.part(source);
            Files.delete(card);
            SourcePart without = Reads.part(source);
            assertThat(without.modelVersions()).isEqualTo(before.modelVersions());
            assertThat(Reads.onlyProblem(without).message()).endsWith("there is no such file; the last one stays");
            assertThat(source.card(V1)).isPresent();

            Files.writeString(card, "# Phi, again\n");
            assertThat(Reads.part(source).problems()).isEmpty();
            assertThat(source.card(V1)).get().extracting(ModelCard::markdown).isEqualTo("# Phi, again\n");
        }
    }

    @Test
    void keepsTheCardOfAVersionThatIsLeftOut() throws Exception {
        write("card: '# Phi'");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            Reads.part(source);
            write("card: '# Phi'\narchived: perhaps");
            assertThat(Reads.part(source).modelVersions()).isEmpty();
            assertThat(source.card(V1)).isPresent();
        }
    }

    @Test
    void keepsCardsWhileTheFileIsInvalidAndForgetsThemWhenTheyAreGone() throws Exception {
        write("card: '# Phi'");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            Reads.part(source);
            Files.writeString(file, "models: [");
            assertThat(Reads.part(source).isComplete()).isFalse();
            assertThat(source.card(V1)).isPresent();
            Files.writeString(file, "models: []");
            assertThat(Reads.part(source).isComplete()).isTrue();
            assertThat(source.card(V1)).isEmpty();
        }
    }

    @Test
    void cannotTellOfACardBeforeTheFileIsRead() throws Exception {
        Files.writeString(file, "models: [");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThatThrownBy(() -> source.card(V1)).isInstanceOf(SourceUnavailableException.class);
            Reads.part(source);
            assertThatThrownBy(() -> source.card(V1))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    private void write(String fields) throws IOException {
        Files.writeString(file, "models:\n- name: phi\n  versions:\n  - name: v1\n" + fields.indent(4));
    }
}
