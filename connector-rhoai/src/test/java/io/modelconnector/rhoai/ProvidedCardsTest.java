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
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.client.ReadmeReference;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Model cards of a provider of the user's own. */
class ProvidedCardsTest {
    private final FakeRegistry registry = FakeRegistry.current();
    private final FakeCatalog catalog = new FakeCatalog();
    private final FakeTime time = new FakeTime();
    private final Provider provider = new Provider();
    private final List<RhoaiModelSource> opened = new ArrayList<>();
    private final RhoaiModelSource source = open(builder().catalog(catalog.base()));

    private RhoaiModelSource.Builder builder() {
        return RhoaiModelSource.builder(REGISTRY, registry.base())
                .settings(SETTINGS)
                .clock(time)
                .cards(provider);
    }

    private RhoaiModelSource open(RhoaiModelSource.Builder builder) {
        RhoaiModelSource made = builder.build();
        opened.add(made);
        return made;
    }

    @AfterEach
    void close() {
        opened.forEach(RhoaiModelSource::close);
        registry.close();
        catalog.close();
    }

    /** A wiki, say. */
    private static final class Provider implements ModelCardProvider {
        private final Map<ModelCardReference, String> texts = new ConcurrentHashMap<>();
        private final List<ModelCardReference> asked = new CopyOnWriteArrayList<>();
        private volatile RuntimeException failure;

        @Override
        public Optional<ModelCard> card(ModelCardReference reference) {
            asked.add(reference);
            if (failure != null) {
                throw failure;
            }
            return Optional.ofNullable(texts.get(reference)).map(text -> ModelCard.of(reference, text));
        }

        List<ModelCardReference> takeAsked() {
            List<ModelCardReference> taken = List.copyOf(asked);
            asked.clear();
            return taken;
        }
    }

    private static ModelCardReference named(int model) {
        return new ModelCardReference("rhoai", "ibm-granite", "granite-" + model);
    }

    private static ModelCardReference ofModel(int model) {
        return ReadmeReference.of(REGISTRY, "granite-" + model);
    }

    private void name(int model) {
        registry.card(Integer.toString(2 * model), "rhoai", "ibm-granite", "granite-" + model);
    }

    private SourcePart read() throws InterruptedException {
        return read(source);
    }

    private static SourcePart read(RhoaiModelSource source) throws InterruptedException {
        return source.read(SourceFixture.context(false)).parts().get(0);
    }

    private static CardVersion artifactCard(SourcePart part, int model) {
        return version(part, Integer.toString(2 * model)).artifacts().get(0).card();
    }

    private static CardVersion modelCard(SourcePart part, int model) {
        return version(part, Integer.toString(2 * model)).model().card();
    }

    @Test
    void isAskedForWhatTheCatalogDoesNotHave() throws Exception {
        registry.models(3);
        List.of(1, 2, 3).forEach(this::name);
        catalog.card("rhoai", "ibm-granite/granite-1", "# Of the catalog").card("rhoai", "ibm-granite/granite-3", " ");
        provider.texts.put(named(1), "# Not needed");
        provider.texts.put(named(2), "# Of the wiki");
        provider.texts.put(named(3), "# Instead of a blank one");
        SourcePart part = read();
        assertThat(artifactCard(part, 1))
                .isEqualTo(ModelCard.of(named(1), "# Of the catalog").version());
        assertThat(artifactCard(part, 2))
                .isEqualTo(ModelCard.of(named(2), "# Of the wiki").version());
        assertThat(artifactCard(part, 3))
                .isEqualTo(ModelCard.of(named(3), "# Instead of a blank one").version());
        assertThat(provider.takeAsked()).containsExactlyInAnyOrder(named(2), named(3));
        assertThat(source.card(named(2)).orElseThrow().markdown()).isEqualTo("# Of the wiki");
        assertThat(part.problems()).isEmpty();
    }

    @Test
    void isAskedForModelsThatHaveNoCardOtherwise() throws Exception {
        registry.models(4).readme("1", "# Readme");
        name(2);
        name(3);
        catalog.card("rhoai", "ibm-granite/granite-2", "# Of the catalog");
        for (int i = 1; i <= 4; i++) {
            provider.texts.put(ofModel(i), "# Of the wiki " + i);
        }
        SourcePart part = read();
        assertThat(modelCard(part, 1))
                .isEqualTo(ModelCard.of(ofModel(1), "# Readme").version());
        assertThat(modelCard(part, 2)).isNull();
        assertThat(modelCard(part, 3))
                .isEqualTo(ModelCard.of(ofModel(3), "# Of the wiki 3").version());
        assertThat(modelCard(part, 4))
                .isEqualTo(ModelCard.of(ofModel(4), "# Of the wiki 4").version());
        assertThat(provider.takeAsked()).containsExactlyInAnyOrder(named(3), ofModel(3), ofModel(4));
        assertThat(source.card(ofModel(4)).orElseThrow().markdown()).isEqualTo("# Of the wiki 4");
        assertThat(source.card(ofModel(1)).orElseThrow().markdown()).isEqualTo("# Readme");
    }

    @Test
    void needsNoCatalog() throws Exception {
        registry.models(2);
        name(1);
        provider.texts.put(named(1), "# Of the wiki");
        RhoaiModelSource alone = open(builder());
        SourcePart part = read(alone);
        assertThat(artifactCard(part, 1))
                .isEqualTo(ModelCard.of(named(1), "# Of the wiki").version());
        assertThat(alone.card(named(1))).isPresent();
        assertThat(provider.takeAsked()).containsExactlyInAnyOrder(named(1), ofModel(2));
    }

    @Test
    void doesNotComeBeforeAReadme() throws Exception {
        registry.models(1).readme("1", "# Readme");
        name(1);
        provider.texts.put(named(1), "# Of the wiki");
        SourcePart part = read();
        assertThat(artifactCard(part, 1)).isNull();
        assertThat(modelCard(part, 1).reference()).isEqualTo(ofModel(1));
        assertThat(provider.takeAsked()).isEmpty();
    }

    @Test
    void isNotAskedAgainUntilTheNextFullReadOrAChangeOfTheModel() throws Exception {
        registry.models(3);
        name(1);
        provider.texts.put(ofModel(2), "# Of the wiki");
        SourcePart first = read();
        provider.takeAsked();
        assertThat(read()).isSameAs(first);
        assertThat(provider.takeAsked()).isEmpty();
        assertThat(source.card(named(1))).isEmpty();
        assertThat(source.card(ofModel(1))).isEmpty();
        assertThat(provider.takeAsked()).isEmpty();

        provider.texts.put(ofModel(1), "# New");
        provider.texts.put(ofModel(2), "# Changed");
        provider.texts.put(ofModel(3), "# New");
        registry.put("registered_models", "3", "description", "changed")
                .put("model_versions", "6", "description", "changed");
        SourcePart second = read();
        assertThat(provider.takeAsked()).containsExactlyInAnyOrder(ofModel(2), ofModel(3));
        assertThat(modelCard(second, 1)).isNull();
        assertThat(modelCard(second, 2))
                .isEqualTo(ModelCard.of(ofModel(2), "# Changed").version());
        assertThat(modelCard(second, 3)).isNotNull();

        provider.texts.remove(ofModel(2));
        time.advance(FULL_READ_INTERVAL);
        SourcePart third = read();
        assertThat(provider.takeAsked()).containsExactlyInAnyOrder(named(1), ofModel(1), ofModel(2), ofModel(3));
        assertThat(modelCard(third, 1)).isNotNull();
        assertThat(modelCard(third, 2)).isNull();
    }

    @Test
    void letsTheLastKnownCardStayWhileItFails() throws Exception {
        registry.models(2);
        name(1);
        provider.texts.put(named(1), "# Of the wiki");
        provider.texts.put(ofModel(2), "# Of the wiki, too");
        SourcePart first = read();
        provider.failure = new IllegalStateException("the wiki is locked");
        time.advance(FULL_READ_INTERVAL);
        SourcePart second = read();
        assertThat(second.modelVersions()).isEqualTo(first.modelVersions());
        assertThat(second.problems())
                .extracting(Problem::item)
                .containsExactly("model card " + ofModel(2), "model card " + named(1));
        assertThat(second.problems().get(0).message())
                .contains("the last known text is kept")
                .contains("the wiki is locked");
        assertThat(source.card(named(1))).isPresent();
        provider.failure = null;
        assertThat(read()).isEqualTo(first);
    }

    @Test
    void costsOnlyItsCardsWhereItFails() throws Exception {
        registry.models(40);
        catalog.card("rhoai", "ibm-granite/granite-1", "# Of the catalog");
        name(1);
        provider.failure = new IllegalStateException("the wiki is locked");
        SourcePart part = read();
        assertThat(part.failure()).isNull();
        assertThat(artifactCard(part, 1)).isNotNull();
        assertThat(provider.takeAsked()).as("what is down is left alone").hasSize(8);
        assertThat(part.problems()).hasSize(9).extracting(Problem::item).contains("model card provider");
        assertThatThrownBy(() -> source.card(ofModel(2)))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("the wiki is locked");
    }

    @Test
    void mayNotGiveTextsThatAreTooLong() throws Exception {
        registry.models(1);
        provider.texts.put(ofModel(1), "x".repeat(10_001));
        SourcePart part = read();
        assertThat(modelCard(part, 1)).isNull();
        assertThat(part.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("longer than 10000 bytes"));
    }

    @Test
    void isAskedAFewAtOnceAndNoMore() throws Exception {
        registry.models(100);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch several = new CountDownLatch(2);
        RhoaiModelSource counting = open(builder().cards(reference -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            several.countDown();
            try {
                several.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return Optional.of(ModelCard.of(reference, "# " + reference.name()));
        }));
        SourcePart part = read(counting);
        assertThat(part.modelVersions()).allMatch(fact -> fact.model().card() != null);
        assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    void doesNotHoldAReadUpForLong() throws Exception {
        registry.models(30);
        CountDownLatch never = new CountDownLatch(1);
        RhoaiModelSource hanging = open(builder().cards(reference -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }));
        SourcePart part = hanging.read(new ReadContext(false, Duration.ofSeconds(2)))
                .parts()
                .get(0);
        assertThat(part.failure()).isNull();
        assertThat(part.modelVersions()).hasSize(30);
        assertThat(part.problems()).extracting(Problem::item).containsExactly("model card provider");
    }

    @Test
    void leavesCardsToTheCatalogThatItHasSince() throws Exception {
        registry.models(1);
        name(1);
        provider.texts.put(named(1), "# Of the wiki");
        read();
        catalog.card("rhoai", "ibm-granite/granite-1", "# Of the catalog");
        time.advance(FULL_READ_INTERVAL);
        assertThat(artifactCard(read(), 1))
                .isEqualTo(ModelCard.of(named(1), "# Of the catalog").version());
        catalog.delete("rhoai", "ibm-granite/granite-1");
        provider.failure = new IllegalStateException("the wiki is locked");
        time.advance(FULL_READ_INTERVAL);
        assertThat(artifactCard(read(), 1))
                .as("the catalog's card is gone for sure")
                .isNull();
    }
}
