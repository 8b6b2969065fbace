package io.modelconnector.rhoai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogCardsTest {
    private static final ModelCardReference GRANITE =
            new ModelCardReference("Red Hat AI", "RedHatAI", "granite-3.1-8b");
    private static final HttpSettings SETTINGS =
            HttpSettings.builder().retryDelay(Duration.ofMillis(1)).build();

    private final FakeCatalog catalog = new FakeCatalog();
    private final AtomicLong nanos = new AtomicLong(1);
    private final CatalogCards cards = cards(catalog, Duration.ofSeconds(10));

    private CatalogCards cards(FakeCatalog of, Duration patience) {
        return CatalogCards.builder(of.base())
                .settings(SETTINGS)
                .ticker(nanos::get)
                .patience(patience)
                .build();
    }

    @AfterEach
    void close() {
        cards.close();
        catalog.close();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void findsACardByItsKey() {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite\n").card("other", "qwen/qwen3", "# Qwen");
        assertThat(cards.byKey("RedHatAIRedHatAIgranite-3.1-8b")).contains(ModelCard.of(GRANITE, "# Granite\n"));
        assertThat(catalog.takePaths())
                .containsExactly("/models", "/sources/Red%20Hat%20AI/models/RedHatAI/granite-3.1-8b");
    }

    @Test
    void takesAReferenceForItsKey() {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite");
        assertThat(cards.card(new ModelCardReference(GRANITE.key(), "", "")))
                .contains(ModelCard.of(GRANITE, "# Granite"));
        assertThat(cards.card(GRANITE)).contains(ModelCard.of(GRANITE, "# Granite"));
    }

    @Test
    void listsTheModelsOnceForManyKeys() {
        for (int i = 0; i < 900; i++) {
            catalog.card("rhoai", "ibm-granite/granite-" + i, "# Granite " + i);
        }
        assertThat(cards.byKey("rhoaiibm-granitegranite-0")).isPresent();
        assertThat(cards.byKey("rhoaiibm-granitegranite-899")).isPresent();
        assertThat(catalog.takePaths().stream().filter("/models"::equals)).hasSizeLessThan(6);
    }

    @Test
    void serveTheCardAsItIsNow() {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite");
        cards.byKey(GRANITE.key());
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# New");
        assertThat(cards.byKey(GRANITE.key()).orElseThrow().markdown()).isEqualTo("# New");
    }

    @Test
    void findsAModelWhoseNameHasSlashes() {
        catalog.card("hf", "org/team/model", "# Model");
        assertThat(cards.byKey(new ModelCardReference("hf", "org", "team/model").key()))
                .isPresent();
        assertThat(cards.byKey(new ModelCardReference("hf", "org/team", "model").key()))
                .isPresent();
    }

    @Test
    void asksForAnUnknownKeyNoSoonerThanTheNextListing() {
        assertThat(cards.byKey(GRANITE.key())).isEmpty();
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite");
        catalog.takePaths();
        pass(Duration.ofMinutes(4));
        assertThat(cards.byKey(GRANITE.key())).isEmpty();
        assertThat(catalog.takePaths()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(cards.byKey(GRANITE.key())).isPresent();
    }

    @Test
    void remembersForAWhileThatAModelHasNoCard() {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", " ");
        assertThat(cards.byKey(GRANITE.key())).isEmpty();
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite");
        catalog.takePaths();
        assertThat(cards.byKey(GRANITE.key())).isEmpty();
        assertThat(catalog.takePaths()).isEmpty();
        pass(Duration.ofMinutes(5));
        assertThat(cards.byKey(GRANITE.key())).isPresent();
    }

    @Test
    void tellsWhyItCannotTell() {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite").fail(".*", 500);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> cards.byKey(GRANITE.key()))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("listing the models")
                    .hasMessageContaining("500");
        }
        assertThat(catalog.takePaths())
                .as("a catalog that is down is left alone")
                .hasSize(1);
        catalog.heal();
        pass(Duration.ofMinutes(5));
        assertThat(cards.byKey(GRANITE.key())).isPresent();
        catalog.fail("/sources/", 500);
        assertThatThrownBy(() -> cards.byKey(GRANITE.key())).hasMessageContaining("reading the model card");
    }

    @Test
    void listsTheSourcesOfAnOlderCatalogOneByOne() {
        try (FakeCatalog older = FakeCatalog.older();
                CatalogCards ofOlder = cards(older, Duration.ofSeconds(10))) {
            older.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite").card("other", "qwen/qwen3", "# Qwen");
            assertThat(ofOlder.byKey(GRANITE.key())).isPresent();
            assertThat(ofOlder.byKey("otherqwenqwen3")).isPresent();
            assertThat(older.takePaths().subList(0, 4)).containsExactly("/models", "/sources", "/models", "/models");
        }
    }

    @Test
    void letsOneQuestionListForAllThatComeMeanwhile() throws Exception {
        catalog.card("Red Hat AI", "RedHatAI/granite-3.1-8b", "# Granite");
        FakeServer.Hold hold = catalog.hold("/models\\?");
        ExecutorService askers = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> question = () -> cards.byKey(GRANITE.key()).isPresent();
            List<Future<Boolean>> answers =
                    Stream.generate(() -> askers.submit(question)).limit(4).toList();
            hold.awaitArrival();
            hold.release();
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(catalog.takePaths().stream().filter("/models"::equals)).hasSize(1);
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void doesNotWaitForeverForAListThatSomebodyElseReads() throws Exception {
        FakeServer.Hold hold = catalog.hold("/models");
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try (CatalogCards impatient = cards(catalog, Duration.ofMillis(1))) {
            Future<Boolean> first = asker.submit(() -> impatient.byKey("a").isPresent());
            hold.awaitArrival();
            assertThatThrownBy(() -> impatient.byKey("b"))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("still being listed");
            hold.release();
            assertThat(first.get(10, TimeUnit.SECONDS)).isFalse();
        } finally {
            asker.shutdownNow();
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> CatalogCards.builder(URI.create("ftp://catalog")))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> CatalogCards.builder(catalog.base()).listInterval(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("listInterval was PT0S");
    }
}
