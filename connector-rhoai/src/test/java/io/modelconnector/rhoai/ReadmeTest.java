package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.FULL_READ_INTERVAL;
import static io.modelconnector.rhoai.SourceFixture.REGISTRY;
import static io.modelconnector.rhoai.SourceFixture.SETTINGS;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ReadmeReference;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model cards that registered models have themselves. */
class ReadmeTest {
    private static final ModelCardReference GRANITE_1 =
            new ModelCardReference("registry." + REGISTRY, "registered-models", "granite-1");

    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;
    private final FakeCatalog catalog = fixture.catalog;

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CardVersion readme(SourcePart part) {
        return version(part, "2").model().card();
    }

    private static CardVersion expected(String text) {
        return ModelCard.of(GRANITE_1, text).version();
    }

    private static List<CardVersion> published(SourcePart part) {
        return Normalizer.builder().build().normalize(part.modelVersions(), List.of()).entries().stream()
                .map(entry -> entry.card())
                .toList();
    }

    @Test
    void takesTheReadmeOfARegisteredModelForItsCard() throws Exception {
        registry.models(2).readme("1", "# Granite\n");
        SourcePart part = fixture.read();
        assertThat(readme(part)).isEqualTo(expected("# Granite\n"));
        assertThat(version(part, "4").model().card()).isNull();
        assertThat(fixture.source.card(GRANITE_1)).contains(ModelCard.of(GRANITE_1, "# Granite\n"));
        assertThat(ReadmeReference.of(REGISTRY, "granite-1")).isEqualTo(GRANITE_1);
    }

    @Test
    void needsNoFurtherRequestForReadmes() throws Exception {
        registry.models(150);
        fixture.read();
        long without = registry.takePaths().size();
        for (int i = 1; i <= 150; i++) {
            registry.readme(Integer.toString(2 * i - 1), "# Granite " + i);
        }
        fixture.readFresh();
        assertThat(registry.takePaths().stream().filter(path -> path.startsWith("/registered_models")))
                .hasSize(1);
        assertThat(without).isPositive();
        registry.takePaths();
        fixture.read();
        assertThat(registry.takePaths()).as("nothing changed").hasSize(5);
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void noticesAChangedReadmeWithTheNextPoll() throws Exception {
        registry.models(50).readme("1", "# Granite");
        SourcePart first = fixture.read();
        registry.readme("1", "# Granite 3.1");
        registry.takePaths();
        SourcePart second = fixture.read();
        assertThat(readme(second)).isEqualTo(expected("# Granite 3.1"));
        assertThat(version(second, "4")).isSameAs(version(first, "4"));
        assertThat(fixture.source.card(GRANITE_1).orElseThrow().markdown()).isEqualTo("# Granite 3.1");
        assertThat(registry.takePaths()).hasSize(5);

        registry.readme("1", null);
        assertThat(readme(fixture.read())).isNull();
        assertThat(fixture.source.card(GRANITE_1)).isEmpty();
    }

    @Test
    void keepsFactsAsTheyAreWhileNothingChanges() throws Exception {
        registry.models(3).readme("1", "# Granite");
        SourcePart first = fixture.read();
        assertThat(fixture.read()).isSameAs(first);
        assertThat(fixture.readFresh()).isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t"})
    void takesABlankReadmeForNone(String readme) throws Exception {
        registry.models(1).readme("1", readme);
        SourcePart part = fixture.read();
        assertThat(readme(part)).isNull();
        assertThat(part.problems()).isEmpty();
        assertThat(fixture.source.card(GRANITE_1)).isEmpty();
    }

    @Test
    void needsNoReadmeOfAnArchivedModel() throws Exception {
        registry.models(1).readme("1", "# Granite").put("registered_models", "1", "state", "ARCHIVED");
        SourcePart part = fixture.read();
        assertThat(readme(part)).isNull();
        assertThat(fixture.source.card(GRANITE_1)).isEmpty();

        registry.put("registered_models", "1", "state", "LIVE");
        assertThat(readme(fixture.read())).isEqualTo(expected("# Granite"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_001, 5_000_000})
    void leavesOutAReadmeThatIsTooLong(int length) throws Exception {
        registry.models(2).readme("1", "x".repeat(length)).readme("3", "# Granite 2");
        SourcePart part = fixture.read();
        assertThat(part.modelVersions()).hasSize(2);
        assertThat(readme(part)).isNull();
        assertThat(version(part, "4").model().card()).isNotNull();
        assertThat(part.problems())
                .containsExactly(new Problem(
                        "model card " + GRANITE_1,
                        "readme is longer than 10000 bytes (maxCardBytes); it is left out, repair it in the registry"));
        registry.readme("1", "# Granite");
        assertThat(fixture.read().problems()).isEmpty();
    }

    @Test
    void losesOnlyTheCardWhereAReadmeIsNoText() throws Exception {
        registry.models(1)
                .put(
                        "registered_models",
                        "1",
                        "{\"id\":\"1\",\"name\":\"granite-1\",\"readme\":{\"en\":\"# Granite\"}}");
        SourcePart part = fixture.read();
        assertThat(version(part, "2").model().name()).isEqualTo("granite-1");
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("model card " + GRANITE_1);
            assertThat(problem.message()).contains("readme is an object instead of a text");
        });
    }

    @Test
    void readsListsWhosePagesTheReadmesMakeTooLong() throws Exception {
        registry.models(120);
        for (int i = 1; i <= 120; i++) {
            registry.readme(Integer.toString(2 * i - 1), "x".repeat(9_000));
        }
        try (RhoaiModelSource source = RhoaiModelSource.builder(REGISTRY, registry.base())
                .settings(HttpSettings.builder().maxResponseBytes(600_000).build())
                .build()) {
            SourcePart part = source.read(SourceFixture.context(false)).parts().get(0);
            assertThat(part.failure()).isNull();
            assertThat(part.modelVersions())
                    .hasSize(120)
                    .allMatch(fact -> fact.model().card() != null);
        }
    }

    @Test
    void letsTheCatalogsCardWinAndTheReadmeStandInForOneThatIsNotThere() throws Exception {
        registry.models(2).readme("1", "# Readme 1").readme("3", "# Readme 2");
        registry.card("2", "rhoai", "ibm-granite", "granite-1").card("4", "rhoai", "ibm-granite", "granite-2");
        catalog.card("rhoai", "ibm-granite/granite-1", "# Card 1");
        assertThat(published(fixture.read()))
                .extracting(card -> card.reference().source())
                .containsExactly("rhoai", "registry." + REGISTRY);
    }

    @Test
    void doesNotTakeACardOfTheCatalogForAReadme() throws Exception {
        registry.models(2).readme("1", "# Granite");
        registry.card("4", GRANITE_1.source(), GRANITE_1.group(), GRANITE_1.name());
        catalog.card(GRANITE_1.source(), GRANITE_1.group() + "/granite-1", "# Forged");
        SourcePart part = fixture.read();
        assertThat(version(part, "4").artifacts().get(0).card()).isNull();
        assertThat(readme(part)).isEqualTo(expected("# Granite"));
        assertThat(catalog.takePaths()).isEmpty();
    }

    @Test
    void readsAReadmeAgainThatIsNoLongerInMemory() throws Exception {
        registry.models(2).readme("1", "# Granite");
        try (RhoaiModelSource source = RhoaiModelSource.builder(REGISTRY, registry.base())
                .settings(SETTINGS)
                .maxCardStoreBytes(0)
                .build()) {
            source.read(SourceFixture.context(false));
            registry.takePaths();
            assertThat(source.card(GRANITE_1)).contains(ModelCard.of(GRANITE_1, "# Granite"));
            assertThat(registry.takePaths()).containsExactly("/registered_models/1");
            registry.fail(".*", 500);
            assertThatThrownBy(() -> source.card(GRANITE_1))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("reading the readme of registered model 1");
            registry.heal();
            registry.delete("registered_models", "1");
            assertThat(source.card(GRANITE_1)).isEmpty();
        }
    }

    @Test
    void doesNotWaitForAReadToServeAReadme() throws Exception {
        registry.models(1).readme("1", "# Granite");
        fixture.read();
        FakeRegistry.Hold hold = registry.hold("registered_models");
        Thread reader = new Thread(() -> {
            try {
                fixture.read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        hold.awaitArrival();
        assertThat(fixture.source.card(GRANITE_1)).isPresent();
        hold.release();
        reader.join();
    }

    @Test
    void letsTheOlderOfTwoModelsOfOneNameHaveTheCard() throws Exception {
        registry.models(1).readme("1", "# Older");
        registry.model("11", "granite-1").version("12", "11", "v1").readme("11", "# Younger");
        SourcePart part = fixture.read();
        assertThat(readme(part)).isEqualTo(expected("# Older"));
        assertThat(version(part, "12").model().card()).isNull();
        assertThat(fixture.source.card(GRANITE_1).orElseThrow().markdown()).isEqualTo("# Older");
    }

    @Test
    void forgetsTheReadmesOfModelsThatAreGone() throws Exception {
        registry.models(2).readme("1", "# Granite");
        fixture.read();
        registry.delete("registered_models", "1").delete("model_versions", "2").delete("artifacts", "2");
        fixture.time.advance(FULL_READ_INTERVAL);
        fixture.read();
        assertThat(fixture.source.card(GRANITE_1)).isEmpty();
    }
}
