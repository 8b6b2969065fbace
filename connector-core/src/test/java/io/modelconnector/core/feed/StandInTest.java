package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.served;
import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versionWithCard;
import static io.modelconnector.core.feed.FeedProbe.keys;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static io.modelconnector.core.feed.ScriptedStore.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.CatalogInfoYamlFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a restart shows while a source cannot be read. */
@Timeout(60)
class StandInTest extends FeedFixture {
    private static final String MISTRAL =
            "{\"models\":[{\"name\":\"mistral-v1\",\"owner\":\"ml\",\"description\":\"Mistral\",\"lifecycle\":\"test\"}]}";
    private static final SourceUnavailableException STORE_DOWN =
            new SourceUnavailableException("reading ConfigMap ai-rhdh/bac-import-model was answered 503");

    private final ScriptedStore store = new ScriptedStore();
    private final ScriptedSource dead = new ScriptedSource("rhoai", failure(DOWN));

    @Test
    void aDeadSourceIsStoodInForByteForByte() throws InterruptedException {
        List<String> before = firstRun();

        FeedSnapshot after =
                start(builder(dead, kserve(served("fraud", "bert"))).store(store));

        assertThat(visible(after)).isEqualTo(before).hasSize(4);
        assertThat(after.complete()).isFalse();
        StoreHealth health = feed.health().store();
        assertThat(health.standingIn()).isEqualTo(2);
        assertThat(health.status()).isEqualTo(HealthStatus.UP);
        assertThat(feed.health().degraded()).isTrue();
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void aWholePlatformThatIsDeadIsStoodInFor() throws InterruptedException {
        List<String> before = firstRun();

        FeedSnapshot after =
                start(builder(dead, new ScriptedSource("kserve", failure(DOWN))).store(store));

        assertThat(visible(after)).isEqualTo(before);
    }

    @Test
    void theCardOfAnEntryThatStandsInIsServedToo() throws InterruptedException {
        firstRun();
        FeedSnapshot after = start(builder(dead, kserve()).store(store));
        store.fetchFailure = STORE_DOWN;
        dead.failCards(DOWN);

        CardVersion card = after.card(Facts.GRANITE_CARD.reference().key()).orElseThrow();

        assertThat(card.digest()).isEqualTo(Facts.GRANITE_CARD.digest());
        assertThat(feed.card(card.reference()).orElseThrow().markdown()).isEqualTo(Facts.GRANITE_CARD.markdown());
    }

    @Test
    void nobodyIsToldWhenTheSourceIsBackAndSaysTheSame() throws InterruptedException {
        List<String> before = firstRun();
        start(builder(dead, kserve(served("fraud", "bert"))).store(store));

        dead.change(snapshot(versionWithCard(1, "granite"), version(2, "llama")));
        await().until(() -> feed.snapshot().complete());

        assertThat(visible(feed.snapshot())).isEqualTo(before);
        assertThat(probe.pending()).isEmpty();
        assertThat(feed.health().store().standingIn()).isZero();
        assertThat(feed.health().degraded()).isFalse();
        assertThat(store.settle()).isEmpty();
        assertThat(feed.snapshot().entries())
                .allSatisfy(entry -> assertThat(entry.entry().origin().id()).doesNotContain("store"));
    }

    @Test
    void whatTheSourceHasNoMoreGoesWhenItIsBack() throws InterruptedException {
        firstRun();
        start(builder(dead, kserve(served("fraud", "bert"))).store(store));

        dead.change(snapshot(version(2, "llama", "Llama 3")));

        FeedChange change = probe.next();
        assertThat(names(change.removed())).containsExactly("granite/140");
        assertThat(names(change.updated())).containsExactly("llama/140");
        assertThat(store.awaitWrite().keySet()).containsExactlyInAnyOrder("llama_140", "fraud_bert");
    }

    @Test
    void aLiveSourceGoesOnWhileAnotherIsStoodInFor() throws InterruptedException {
        firstRun();
        ScriptedSource kserve = kserve(served("fraud", "bert"));
        start(builder(dead, kserve).store(store));

        kserve.change(parts(SourcePart.complete("cluster", List.of(), List.of(), List.of())));

        FeedChange change = probe.next();
        assertThat(names(change.removed())).containsExactly("fraud/bert");
        assertThat(keys(change.snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(store.settle()).isEmpty();
        assertThat(store.keys()).contains("fraud_bert");
    }

    @Test
    void aServedModelThatIsNewWaitsForTheRegistryThatMayKnowIt() throws InterruptedException {
        firstRun();

        FeedSnapshot published = start(builder(dead, kserve(served("fraud", "bert"), served("ml", "granite")))
                .store(store));

        assertThat(keys(published)).containsExactly("fraud/bert", "granite/140", "llama/140");
        assertThat(feed.health().store().waiting()).isZero();
    }

    @Test
    void aServedModelThatIsNewWaitsUntilTheDeadlineAtMost() throws InterruptedException {
        firstRun();
        start(builder(dead, kserve(served("fraud", "bert"), served("ml", "granite")))
                .startupDeadline(SHORT)
                .store(store));

        await().until(() ->
                keys(feed.snapshot()).equals(List.of("fraud/bert", "granite/140", "llama/140", "ml/granite")));
        assertThat(feed.snapshot().complete()).isFalse();
        StoreUpdate update = store.awaitWrite();
        assertThat(ScriptedStore.keys(update)).containsExactly("ml_granite");
        assertThat(update.keySet()).isNull();
    }

    @Test
    void theServerOfAModelStaysWhileTheClusterCannotBeRead() throws InterruptedException {
        ScriptedSource registry = ScriptedSource.of("rhoai", version(1, "granite"));
        List<String> before =
                visible(start(builder(registry, kserve(serving(1, 1001))).store(store)));
        assertThat(before.get(1)).contains("modelServer");
        close(registry);

        ScriptedSource kserve = new ScriptedSource("kserve", failure(DOWN));
        ScriptedSource again = ScriptedSource.of("rhoai", version(1, "granite"));
        FeedSnapshot after = start(builder(again, kserve).store(store));
        assertThat(visible(after)).isEqualTo(before);
        assertThat(store.settle()).isEmpty();

        again.change(snapshot(version(1, "granite", "Granite 4")));
        assertThat(text(probe.next().snapshot(), "granite_140")).contains("Granite 4", "modelServer");

        kserve.change(parts());
        assertThat(text(probe.next().snapshot(), "granite_140"))
                .contains("Granite 4")
                .doesNotContain("modelServer");
    }

    @Test
    void whatASourceSaysNowWinsOverWhatIsStored() throws InterruptedException {
        firstRun();
        ScriptedSource second = ScriptedSource.of("second", version("second", 2, "llama", "Llama 3", List.of()));

        FeedSnapshot published = start(builder(dead, kserve(), second).store(store));

        assertThat(text(published, "llama_140")).contains("Llama 3");
        assertThat(ScriptedStore.keys(store.awaitWrite())).containsExactly("llama_140");
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void aSourceThatHangsIsStoodInForAfterTheDeadline() throws InterruptedException {
        List<String> before = firstRun();
        CountDownLatch never = new CountDownLatch(1);
        dead.answer(context -> {
            never.await();
            return null;
        });

        start(builder(dead, kserve(served("fraud", "bert")))
                .startupDeadline(SHORT)
                .store(store));

        await().until(() -> visible(feed.snapshot()).equals(before));
    }

    @Test
    void nothingIsFetchedWhileASourceIsMerelySlow() throws InterruptedException {
        firstRun();
        CountDownLatch goOn = new CountDownLatch(1);
        dead.answer(context -> {
            goOn.await();
            return snapshot(versionWithCard(1, "granite"), version(2, "llama")).answer(context);
        });
        feed = builder(dead, kserve(served("fraud", "bert"))).store(store).build();
        feed.start();
        dead.awaitRead();
        store.awaitList();
        assertThat(feed.snapshot().published()).isFalse();

        goOn.countDown();

        assertThat(probe.next().snapshot().complete()).isTrue();
        assertThat(store.settle()).isEmpty();
        assertThat(store.fetched()).isEmpty();
    }

    @Test
    void thePublicationWaitsForWhatStandsIn() throws InterruptedException {
        List<String> before = firstRun();
        store.fetchFailure = STORE_DOWN;
        feed = builder(dead, kserve(served("fraud", "bert")))
                .pollInterval(SHORT)
                .store(store)
                .build();
        feed.start();
        await().until(() -> feed.health().store().failure() != null);
        assertThat(feed.snapshot().published()).isFalse();

        store.fetchFailure = null;

        assertThat(visible(probe.next().snapshot())).isEqualTo(before);
    }

    @Test
    void whatTheStoreTellsAfterTheDeadlineIsAddedThen() throws InterruptedException {
        firstRun();
        store.listFailure = STORE_DOWN;
        start(builder(dead, kserve(served("fraud", "bert")))
                .pollInterval(SHORT)
                .startupDeadline(SHORT)
                .store(store));

        store.listFailure = null;

        assertThat(names(probe.next().added())).containsExactly("granite/140", "llama/140");
    }

    @Test
    void anEntryThatIsNoModelCatalogIsAProblemAndStaysInTheStore() throws InterruptedException {
        store.with(
                stored("granite", "v1", StoredEntry.REGISTRY, "apiVersion: backstage.io/v1alpha1\n"),
                stored("mistral", "v1", StoredEntry.REGISTRY, MISTRAL));

        FeedSnapshot published = start(builder(dead).store(store));

        assertThat(keys(published)).containsExactly("mistral/v1");
        assertThat(feed.health().store().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("granite_v1");
            assertThat(problem.message()).contains("is no JSON", "cannot stand in");
        });
        assertThat(store.settle()).isEmpty();
        assertThat(store.keys()).containsExactly("granite_v1", "mistral_v1");
    }

    @Test
    void noEmptyFeedIsPublishedInPlaceOfEntriesThatCannotStandIn() throws InterruptedException {
        store.with(stored("granite", "v1", StoredEntry.REGISTRY, "apiVersion: backstage.io/v1alpha1\n"));
        feed = builder(dead)
                .pollInterval(SHORT)
                .startupDeadline(SHORT)
                .store(store)
                .build();
        feed.start();
        await().until(() -> !feed.health().store().problems().isEmpty());
        for (int i = 0; i < 5; i++) {
            dead.awaitRead();
        }
        assertThat(feed.snapshot().published()).isFalse();

        dead.change(snapshot());
        assertThat(probe.next().snapshot().complete()).isTrue();
    }

    @Test
    void whatIsStoodInForGoesBackToAStoreThatLostIt() throws InterruptedException {
        firstRun();
        start(builder(dead, kserve(served("fraud", "bert"))).store(store));
        StoredEntry granite = store.entry("granite_140");

        store.empty();
        store.announce();

        assertThat(store.awaitWrite().entries()).hasSize(3);
        assertThat(store.entry("granite_140").digest()).isEqualTo(granite.digest());
        assertThat(store.entry("granite_140").card().markdown()).isEqualTo(Facts.GRANITE_CARD.markdown());
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void anEntryThatAnotherProcessRemovedMeanwhileDoesNotStandIn() throws InterruptedException {
        store.with(stored("mistral", "v1", StoredEntry.REGISTRY, MISTRAL));
        store.listing = listing -> {
            Map<String, String> digests = new HashMap<>(listing.digests());
            digests.put("granite_v1", "0123456789abcdef0123456789abcdef");
            return StoreListing.of(digests, true);
        };

        FeedSnapshot published = start(builder(dead).store(store));

        assertThat(keys(published)).containsExactly("mistral/v1");
        assertThat(store.fetched()).containsExactlyInAnyOrder("granite_v1", "mistral_v1");
    }

    @Test
    void anEmptyStoreStandsInForNothing() throws InterruptedException {
        feed = builder(dead, kserve(served("fraud", "bert"))).store(store).build();
        feed.start();
        dead.awaitRead();
        store.awaitList();
        store.announce();
        assertThat(feed.snapshot().published()).isFalse();

        dead.change(snapshot(version(2, "llama")));

        assertThat(keys(probe.next().snapshot())).containsExactly("fraud/bert", "llama/140");
        assertThat(store.awaitWrite().entries()).hasSize(2);
    }

    @Test
    void anEntryThatStandsInIsWrittenInTheOtherFormatsToo() throws InterruptedException {
        store.with(stored("mistral", "v1", StoredEntry.REGISTRY, MISTRAL));
        JsonArrayFormat json = new JsonArrayFormat(URI.create("http://localhost:9090"));
        CatalogInfoYamlFormat yaml = new CatalogInfoYamlFormat(URI.create("http://localhost:9090"));

        FeedSnapshot published = start(builder(dead).format(json).format(yaml).store(store));

        FeedEntry mistral = published.entryByImportKey("mistral_v1").orElseThrow();
        assertThat(text(mistral.payload(json).orElseThrow())).isEqualTo(MISTRAL);
        assertThat(text(mistral.payload(yaml).orElseThrow())).contains("mistral");
    }

    @Test
    void jsonThatWasStoredIsWrittenAnewForAFeedOfAnotherFormat() throws InterruptedException {
        store.with(stored("mistral", "v1", StoredEntry.REGISTRY, MISTRAL));
        CatalogInfoYamlFormat yaml = new CatalogInfoYamlFormat(URI.create("http://localhost:9090"));

        FeedSnapshot published = start(builder(dead).format(yaml).store(store));

        FeedEntry mistral = published.entryByImportKey("mistral_v1").orElseThrow();
        assertThat(text(mistral.payload(yaml).orElseThrow())).doesNotStartWith("{");
    }

    /** Keeps a feed of a registry and a cluster in the store, and ends. */
    private List<String> firstRun() throws InterruptedException {
        ScriptedSource registry = ScriptedSource.of("rhoai", versionWithCard(1, "granite"), version(2, "llama"));
        registry.card(Facts.GRANITE_CARD);
        FeedSnapshot published =
                start(builder(registry, kserve(served("fraud", "bert"))).store(store));
        List<String> visible = visible(published);
        close(registry);
        return visible;
    }

    private void close(ScriptedSource registry) throws InterruptedException {
        store.awaitWrite();
        feed.close();
        assertThat(registry.closed()).isEqualTo(1);
    }

    private static ScriptedSource kserve(ServedModel... models) {
        return new ScriptedSource(
                "kserve", parts(SourcePart.complete("cluster", List.of(), List.of(models), List.of())));
    }

    /** A served model that belongs to a registered version. */
    private static ServedModel serving(int model, int version) {
        return new ServedModel(
                "InferenceService",
                "ml",
                "granite-server",
                Instant.parse("2026-03-01T10:00:00Z"),
                Map.of(
                        "modelregistry.opendatahub.io/registered-model-id", "" + model,
                        "modelregistry.opendatahub.io/model-version-id", "" + version),
                Map.of(),
                true,
                "https://granite-ml.apps.example.com",
                "http://granite-predictor.ml.svc.cluster.local:8080",
                false,
                "s3://models/granite");
    }

    /** Everything that a portal can see: the list, and each entry with its ETag. */
    private List<String> visible(FeedSnapshot snapshot) {
        var format = feed.formats().get(0);
        Set<String> seen = new LinkedHashSet<>();
        seen.add(text(snapshot.list(format).orElseThrow()));
        for (FeedEntry entry : snapshot.entries()) {
            Payload payload = entry.payload(format).orElseThrow();
            seen.add(payload.etag() + ' ' + text(payload));
        }
        return List.copyOf(seen);
    }

    private String text(FeedSnapshot snapshot, String importKey) {
        return text(snapshot.entryByImportKey(importKey)
                .flatMap(entry -> entry.payload(feed.formats().get(0)))
                .orElseThrow());
    }

    private static String text(Payload payload) {
        return StandardCharsets.UTF_8.decode(payload.bytes()).toString();
    }
}
