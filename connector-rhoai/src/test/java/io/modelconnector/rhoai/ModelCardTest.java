package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.FULL_READ_INTERVAL;
import static io.modelconnector.rhoai.SourceFixture.SETTINGS;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;
    private final FakeCatalog catalog = fixture.catalog;

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ModelCardReference reference(int model) {
        return new ModelCardReference("rhoai", "ibm-granite", "granite-" + model);
    }

    /** So many models, each with a card. */
    private void cards(int count) {
        registry.models(count);
        for (int i = 1; i <= count; i++) {
            registry.card(Integer.toString(2 * i), "rhoai", "ibm-granite", "granite-" + i);
            catalog.card("rhoai", "ibm-granite/granite-" + i, "# Granite " + i);
        }
    }

    private static CardVersion card(SourcePart part, int model) {
        return version(part, Integer.toString(2 * model)).artifacts().get(0).card();
    }

    private static CardVersion expected(int model, String text) {
        return ModelCard.of(reference(model), text).version();
    }

    private SourcePart readFirst(int count) throws InterruptedException {
        cards(count);
        SourcePart first = fixture.read();
        catalog.takePaths();
        return first;
    }

    @Test
    void asksForFewCardsOneByOne() throws Exception {
        cards(20);
        SourcePart part = fixture.read();
        assertThat(card(part, 20)).isEqualTo(expected(20, "# Granite 20"));
        assertThat(catalog.takePaths()).hasSize(20).allMatch(path -> path.startsWith("/sources/rhoai/models/"));
    }

    @Test
    void readsManyCardsFromAList() throws Exception {
        cards(250);
        SourcePart part = fixture.read();
        for (int i = 1; i <= 250; i++) {
            assertThat(card(part, i)).isEqualTo(expected(i, "# Granite " + i));
        }
        assertThat(catalog.takePaths()).containsExactly("/models", "/models", "/models");
    }

    @Test
    void asksOneByOneForWhatIsNotInTheList() throws Exception {
        cards(30);
        catalog.on(
                "/models\\?",
                () -> io.modelconnector.rhoai.fake.FakeServer.page(
                        "{\"source_id\":\"rhoai\",\"name\":\"ibm-granite/granite-1\",\"readme\":\"# Granite 1\"}"));
        SourcePart part = fixture.read();
        assertThat(card(part, 1)).isEqualTo(expected(1, "# Granite 1"));
        assertThat(card(part, 30)).isEqualTo(expected(30, "# Granite 30"));
        assertThat(catalog.takePaths()).hasSize(1 + 29);
    }

    @Test
    void asksOneByOneWhereTheListCannotBeRead() throws Exception {
        cards(30);
        catalog.fail("/models\\?", 500);
        SourcePart part = fixture.read();
        assertThat(part.problems()).isEmpty();
        assertThat(card(part, 30)).isEqualTo(expected(30, "# Granite 30"));
    }

    @Test
    void doesNotReadAHugeListForAFewCards() throws Exception {
        cards(25);
        for (int i = 0; i < 1000; i++) {
            catalog.card("rhoai", "a-first-group/model-" + i, "# " + i);
        }
        SourcePart part = fixture.read();
        assertThat(card(part, 25)).isEqualTo(expected(25, "# Granite 25"));
        assertThat(catalog.takePaths().stream().filter("/models"::equals)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void asksForNothingWhenNothingChanged() throws Exception {
        SourcePart first = readFirst(30);
        assertThat(fixture.read()).isSameAs(first);
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void asksForTheCardOfAChangedArtifact() throws Exception {
        readFirst(30);
        catalog.card("rhoai", "ibm-granite/granite-1", "# New")
                .card("rhoai", "ibm-granite/granite-2", "# New")
                .card("rhoai", "meta-llama/llama", "# Llama");
        registry.card("4", "rhoai", "ibm-granite", "granite-2").card("6", "rhoai", "meta-llama", "llama");
        SourcePart part = fixture.read();
        assertThat(card(part, 1)).as("waits for the next full read").isEqualTo(expected(1, "# Granite 1"));
        assertThat(card(part, 2)).isEqualTo(expected(2, "# New"));
        assertThat(card(part, 3).reference()).isEqualTo(new ModelCardReference("rhoai", "meta-llama", "llama"));
        assertThat(catalog.takePaths()).hasSize(2);
    }

    @Test
    void looksAtAllCardsAgainOnFullReads() throws Exception {
        SourcePart first = readFirst(30);
        catalog.card("rhoai", "ibm-granite/granite-1", "# New").delete("rhoai", "ibm-granite/granite-2");
        fixture.time.advance(FULL_READ_INTERVAL);
        SourcePart second = fixture.read();
        assertThat(card(second, 1)).isEqualTo(expected(1, "# New"));
        assertThat(card(second, 2)).isNull();
        assertThat(version(second, "6")).isSameAs(version(first, "6"));
        assertThat(fixture.source.card(reference(1))).contains(ModelCard.of(reference(1), "# New"));
        assertThat(fixture.source.card(reference(2))).isEmpty();
    }

    @Test
    void hasNoCardWhereTheCatalogHasNone() throws Exception {
        cards(2);
        catalog.delete("rhoai", "ibm-granite/granite-1").card("rhoai", "ibm-granite/granite-2", "  ");
        SourcePart part = fixture.read();
        assertThat(card(part, 1)).isNull();
        assertThat(card(part, 2)).isNull();
        assertThat(part.problems()).isEmpty();
        catalog.takePaths();
        fixture.read();
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void keepsTheLastKnownCardWhileTheCatalogFails() throws Exception {
        SourcePart first = readFirst(3);
        catalog.fail(".*", 500);
        fixture.time.advance(FULL_READ_INTERVAL);
        SourcePart second = fixture.read();
        assertThat(second.modelVersions()).isEqualTo(first.modelVersions());
        assertThat(second.isComplete()).isTrue();
        assertThat(second.problems())
                .extracting(Problem::item)
                .containsExactly(
                        "model card rhoai/ibm-granite/granite-1",
                        "model card rhoai/ibm-granite/granite-2",
                        "model card rhoai/ibm-granite/granite-3");
        assertThat(second.problems().get(0).message())
                .contains("the last known text is kept")
                .contains("500");
        assertThat(fixture.source.card(reference(1))).contains(ModelCard.of(reference(1), "# Granite 1"));
        catalog.heal();
        assertThat(fixture.read()).isEqualTo(first);
    }

    @Test
    void takesACardThatWasKnownBeforeTheStartForTheLastKnownOne() throws Exception {
        fixture.earlier.put(reference(1), expected(1, "# Granite 1, before"));
        cards(2);
        catalog.fail(".*", 500);
        SourcePart first = fixture.read();
        assertThat(card(first, 1)).isEqualTo(expected(1, "# Granite 1, before"));
        assertThat(card(first, 2)).isNull();
        assertThat(first.problems().get(0).message()).contains("the last known text is kept");

        catalog.heal();
        assertThat(card(fixture.read(), 1)).isEqualTo(expected(1, "# Granite 1"));
    }

    @Test
    void doesNotAskForEarlierCardsWhereTheCatalogSaysThatThereIsNone() throws Exception {
        fixture.earlier.put(reference(1), expected(1, "# Granite 1, before"));
        registry.models(1);
        registry.card("2", "rhoai", "ibm-granite", "granite-1");
        assertThat(card(fixture.read(), 1)).isNull();
    }

    @Test
    void triesAgainAtTheNextPollWhereThereNeverWasACard() throws Exception {
        cards(1);
        catalog.fail(".*", 500);
        SourcePart first = fixture.read();
        assertThat(card(first, 1)).isNull();
        assertThat(first.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no card until it can"));
        catalog.heal();
        SourcePart second = fixture.read();
        assertThat(card(second, 1)).isNotNull();
        assertThat(second.problems()).isEmpty();
    }

    @Test
    void doesNotStormACatalogThatIsDown() throws Exception {
        cards(120);
        catalog.fail(".*", 503);
        SourcePart first = fixture.read();
        assertThat(first.isComplete()).isTrue();
        assertThat(first.modelVersions()).hasSize(120);
        assertThat(first.problems()).hasSize(9).anySatisfy(problem -> {
            assertThat(problem.item()).isEqualTo("model catalog");
            assertThat(problem.message())
                    .contains("further cards were not asked for")
                    .contains("503");
        });
        assertThat(catalog.takePaths())
                .as("a list and eight cards, with their retries")
                .hasSize(36);
        catalog.heal();
        SourcePart second = fixture.read();
        assertThat(second.problems()).isEmpty();
        assertThat(card(second, 120)).isNotNull();
    }

    @Test
    void asksForTheOthersAlthoughTheFirstOnesAlwaysFail() throws Exception {
        cards(18);
        catalog.fail("/granite-1\\d?$", 500);
        SourcePart part = fixture.read();
        part = fixture.read();
        part = fixture.read();
        assertThat(card(part, 9)).isNotNull();
        assertThat(card(part, 1)).isNull();
    }

    @Test
    void leavesOutACardThatIsTooLong() throws Exception {
        readFirst(2);
        catalog.card("rhoai", "ibm-granite/granite-1", "x".repeat(10_001));
        fixture.time.advance(FULL_READ_INTERVAL);
        SourcePart part = fixture.read();
        assertThat(card(part, 1)).isNull();
        assertThat(card(part, 2)).isNotNull();
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("model card rhoai/ibm-granite/granite-1");
            assertThat(problem.message()).contains("longer than 10000 bytes");
        });
        assertThat(fixture.source.card(reference(1))).isEmpty();
        fixture.time.advance(Duration.ofMinutes(1));
        catalog.takePaths();
        fixture.read();
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void needsNoCatalog() throws Exception {
        cards(2);
        try (RhoaiModelSource source = RhoaiModelSource.builder("public", registry.base())
                .settings(SETTINGS)
                .build()) {
            SourcePart part = source.read(SourceFixture.context(false)).parts().get(0);
            assertThat(part.problems()).isEmpty();
            assertThat(card(part, 1)).isNull();
            assertThat(source.card(reference(1))).isEmpty();
        }
    }

    @Test
    void fetchesACardThatIsNoLongerInMemory() throws Exception {
        cards(2);
        try (RhoaiModelSource source = RhoaiModelSource.builder("public", registry.base())
                .catalog(catalog.base())
                .settings(SETTINGS)
                .maxCardStoreBytes(0)
                .build()) {
            SourcePart part = source.read(SourceFixture.context(false)).parts().get(0);
            assertThat(card(part, 1)).isNotNull();
            catalog.takePaths();
            assertThat(source.card(reference(1))).contains(ModelCard.of(reference(1), "# Granite 1"));
            assertThat(catalog.takePaths()).hasSize(1);
            assertThat(source.card(reference(99))).isEmpty();
            catalog.fail(".*", 500);
            assertThatThrownBy(() -> source.card(reference(1)))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("granite-1");
        }
    }

    @Test
    void servesACardFromMemory() throws Exception {
        readFirst(2);
        assertThat(fixture.source.card(reference(2)).orElseThrow().markdown()).isEqualTo("# Granite 2");
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void asksOnceForACardThatSeveralVersionsName() throws Exception {
        registry.models(5);
        catalog.card("rhoai", "ibm-granite/granite-1", "# Granite");
        for (String artifact : List.of("2", "4", "6", "8", "10")) {
            registry.card(artifact, "rhoai", "ibm-granite", "granite-1");
        }
        assertThat(card(fixture.read(), 5)).isNotNull();
        assertThat(catalog.takePaths()).hasSize(1);
    }

    @Test
    void forgetsCardsThatNobodyNamesAnyMore() throws Exception {
        readFirst(2);
        registry.put("model_versions", "2", "state", "ARCHIVED");
        fixture.read();
        catalog.takePaths();
        fixture.time.advance(FULL_READ_INTERVAL);
        fixture.read();
        assertThat(catalog.takePaths()).containsExactly("/sources/rhoai/models/ibm-granite/granite-2");
    }
}
