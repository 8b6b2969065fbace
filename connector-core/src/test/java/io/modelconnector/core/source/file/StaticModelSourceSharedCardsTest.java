package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that many versions have, and the limit of all cards together. */
final class StaticModelSourceSharedCardsTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("models.yaml");
    }

    @Test
    void keepsTheTextOfAModelsCardOnceForAllVersions() throws Exception {
        Files.writeString(directory.resolve("granite.md"), "# Granite\n");
        write("card: granite.md", "{name: v1}", "{name: v2}", "{name: v3}");
        assertThatAllShare("# Granite\n");
    }

    @Test
    void keepsEqualTextsOnceWhereverTheyAre() throws Exception {
        Files.writeString(directory.resolve("granite.md"), "# Granite");
        Files.writeString(directory.resolve("copy.md"), "# Granite");
        write("card: '# Granite'", "{name: v1}", "{name: v2, card: granite.md}", "{name: v3, card: copy.md}");
        assertThatAllShare("# Granite");
    }

    @Test
    void looksAtACardsFileOnceHoweverManyVersionsHaveIt() throws Exception {
        Files.writeString(directory.resolve("granite.md"), "# Granite\n");
        write("card: granite.md", "{name: v1}", "{name: v2}", "{name: v3, card: ./granite.md}");
        FileLoader.Limits limits = new FileLoader.Limits(1_000, 1_000, 1_000);
        FileReading reading = new FileLoader(file, FileSyntax.of(file), "models", limits, Clock.systemUTC()).load(null);
        assertThat(reading.inputs())
                .extracting(FileStamp::path)
                .containsExactly(file, directory.resolve("granite.md").toAbsolutePath());
    }

    @Test
    void tellsEachVersionOfAModelThatTheirCardIsMissing() throws Exception {
        write("card: granite.md", "{name: v1}", "{name: v2, card: granite.md}");
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.part(source).problems())
                    .extracting(Problem::message)
                    .containsExactly(
                            "models.yaml line 3, models[0].versions[0] \"granite v1\": card granite.md cannot be read:"
                                    + " there is no such file; the version is published without one",
                            "models.yaml line 6, models[0].versions[1] \"granite v2\": card granite.md cannot be read:"
                                    + " there is no such file; the version is published without one");
        }
    }

    @Test
    void countsEqualCardsOnceAndBytesNotCharacters() throws Exception {
        write("card: '# ünï'", "{name: v1}", "{name: v2}", "{name: v3, card: '# a'}");
        try (StaticModelSource exact = limitedTo(10);
                StaticModelSource tight = limitedTo(9)) {
            assertThat(Reads.part(exact).problems()).isEmpty();
            assertThat(Reads.part(tight).problems()).hasSize(1);
            assertThat(tight.card(reference("v2"))).isPresent();
            assertThat(tight.card(reference("v3"))).isEmpty();
        }
    }

    @Test
    void publishesVersionsWhoseCardsDoNotFitWithoutThem() throws Exception {
        Files.writeString(directory.resolve("long.md"), "# A long card");
        write("tags: []", "{name: v1, card: '# One'}", "{name: v2, card: long.md}", "{name: v3, card: '# Too long'}");
        try (StaticModelSource source = limitedTo(10)) {
            SourcePart part = Reads.part(source);
            assertThat(part.modelVersions())
                    .extracting(version -> version.artifacts().size())
                    .containsExactly(1, 0, 0);
            String rest = " does not fit: all cards together may have 10 bytes (maxCardsBytes); shorten cards, or raise"
                    + " the limit; the version is published without one";
            assertThat(part.problems())
                    .containsExactly(
                            new Problem(
                                    part.modelVersions().get(1).id(),
                                    "models.yaml line 6, models[0].versions[1] \"granite v2\": card long.md" + rest),
                            new Problem(
                                    part.modelVersions().get(2).id(),
                                    "models.yaml line 7, models[0].versions[2] \"granite v3\": the card given here"
                                            + rest));
        }
    }

    @Test
    void keepsTheLastCardOfAVersionWhoseNewOneDoesNotFit() throws Exception {
        write("tags: []", "{name: v1, card: '# One'}", "{name: v2, card: '# Two'}");
        try (StaticModelSource source = limitedTo(10)) {
            Reads.part(source);
            write("tags: []", "{name: v1, card: '# One'}", "{name: v2, card: '# Two, longer'}");
            assertThat(Reads.onlyProblem(Reads.part(source)).message()).endsWith("; the last one stays");
            assertThat(source.card(reference("v2"))).contains(ModelCard.of(reference("v2"), "# Two"));
        }
    }

    @Test
    void holdsTheLimitForCardsFromBefore() throws Exception {
        write("tags: []", "{name: v1, card: '# One'}", "{name: v2, card: '# Two'}");
        try (StaticModelSource source = limitedTo(10)) {
            Reads.part(source);
            write("tags: []", "{name: v1, card: '# One!'}", "{name: v2, card: '# Two!'}");
            assertThat(Reads.onlyProblem(Reads.part(source)).message())
                    .endsWith("; the version is published without one");
            assertThat(source.card(reference("v1"))).contains(ModelCard.of(reference("v1"), "# One!"));
            assertThat(source.card(reference("v2"))).isEmpty();
        }
    }

    private void assertThatAllShare(String text) throws InterruptedException {
        try (StaticModelSource source = StaticModelSource.of(file)) {
            assertThat(Reads.part(source).problems()).isEmpty();
            List<ModelCard> cards = List.of(
                    source.card(reference("v1")).orElseThrow(),
                    source.card(reference("v2")).orElseThrow(),
                    source.card(reference("v3")).orElseThrow());
            for (ModelCard card : cards) {
                assertThat(card).isEqualTo(ModelCard.of(card.reference(), text));
                assertThat(card.markdown()).isSameAs(cards.get(0).markdown());
            }
        }
    }

    private StaticModelSource limitedTo(long maxCardsBytes) {
        return StaticModelSource.builder(file).maxCardsBytes(maxCardsBytes).build();
    }

    private static ModelCardReference reference(String version) {
        return new ModelCardReference("models", "models", "granite/" + version);
    }

    private void write(String modelField, String... versions) throws IOException {
        StringBuilder text = new StringBuilder("models:\n- name: granite\n  " + modelField + "\n  versions:\n");
        for (String version : versions) {
            text.append("  - ").append(version).append('\n');
        }
        Files.writeString(file, text);
    }
}
