package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.served;
import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versionWithCard;
import static io.modelconnector.core.feed.Facts.versions;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static io.modelconnector.core.feed.ScriptedStore.keys;
import static io.modelconnector.core.feed.ScriptedStore.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written to a store, and what is not. */
@Timeout(60)
class StoreSyncTest extends FeedFixture {
    private static final String DOCUMENT =
            "{\"models\":[{\"name\":\"mistral-v1\",\"owner\":\"ml\",\"description\":\"Mistral\",\"lifecycle\":\"test\"}]}";

    private final ScriptedStore store = new ScriptedStore();

    @Test
    void storesTheWholeFeedInOneWrite() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", versionWithCard(1, "granite"), version(2, "llama"));
        source.card(Facts.GRANITE_CARD);
        FeedSnapshot published = start(builder(source, kserve()).store(store));

        StoreUpdate update = store.awaitWrite();

        assertThat(update.keySet()).containsExactlyInAnyOrder("granite_140", "llama_140", "fraud_bert");
        StoredEntry granite = store.entry("granite_140");
        FeedEntry served = published.entryByImportKey("granite_140").orElseThrow();
        assertThat(granite.body().etag())
                .isEqualTo(served.payload(feed.formats().get(0)).orElseThrow().etag());
        assertThat(granite.type()).isEqualTo("kubeflow");
        assertThat(granite.lastUpdate()).isEqualTo("1750001925001");
        assertThat(granite.card().key())
                .isEqualTo(Facts.GRANITE_CARD.reference().key());
        assertThat(granite.card().markdown()).isEqualTo(Facts.GRANITE_CARD.markdown());
        StoredEntry bert = store.entry("fraud_bert");
        assertThat(bert.type()).isEqualTo("kserve");
        assertThat(bert.lastUpdate()).isNull();
        assertThat(bert.card()).isNull();
        assertThat(store.settle()).isEmpty();
        assertThat(store.fetched()).isEmpty();
        assertThat(published.complete()).isTrue();
    }

    @Test
    void writesNothingWhenNothingChanged() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", versionWithCard(1, "granite"), version(2, "llama"));
        source.card(Facts.GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();

        source.announce();
        source.awaitRead();
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void writesNothingAfterARestartWhenNothingChanged() throws InterruptedException {
        keepAndClose(versionWithCard(1, "granite"), version(2, "llama"));

        ScriptedSource source = ScriptedSource.of("rhoai", versionWithCard(1, "granite"), version(2, "llama"));
        source.card(Facts.GRANITE_CARD);
        FeedSnapshot published = start(builder(source).store(store));

        assertThat(store.settle()).isEmpty();
        assertThat(store.fetched()).isEmpty();
        assertThat(published.complete()).isTrue();
    }

    @Test
    void checksTheStoreOnceInAPollIntervalWhenNothingHappens() throws InterruptedException {
        start(builder(ScriptedSource.of("rhoai", version(1, "granite")))
                .pollInterval(SHORT)
                .store(store));
        store.awaitWrite();

        store.empty();

        assertThat(store.awaitWrite().entries()).hasSize(1);
    }

    @Test
    void writesOnlyWhatChanged() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", versions(3));
        start(builder(source).store(store));
        store.awaitWrite();

        source.change(snapshot(version(1, "granite-1"), version(2, "granite-2", "in German now"), version(4, "llama")));

        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactlyInAnyOrder("granite-2_140", "llama_140");
        assertThat(update.keySet()).containsExactlyInAnyOrder("granite-1_140", "granite-2_140", "llama_140");
        assertThat(store.keys()).containsExactlyInAnyOrder("granite-1_140", "granite-2_140", "llama_140");
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void sendsNoKeySetWhereNothingIsToBeRemoved() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"));
        start(builder(source).store(store));
        store.awaitWrite();

        source.change(snapshot(version(1, "granite"), version(2, "llama")));

        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("llama_140");
        assertThat(update.keySet()).isNull();
    }

    @Test
    void neverSendsAKeySetOfAnIncompleteFeed() throws InterruptedException {
        store.with(stored("mistral", "v1", StoredEntry.REGISTRY, DOCUMENT));
        ScriptedSource dead = new ScriptedSource("dead", failure(DOWN));
        ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"));
        FeedSnapshot published = start(builder(source, dead).store(store));

        StoreUpdate update = store.awaitWrite();
        assertThat(published.complete()).isFalse();
        assertThat(keys(update)).containsExactly("granite_140");
        assertThat(update.keySet()).isNull();
        source.change(snapshot(version(2, "llama")));
        update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("llama_140");
        assertThat(update.keySet()).isNull();
        assertThat(store.keys()).containsExactlyInAnyOrder("granite_140", "llama_140", "mistral_v1");

        dead.change(parts());

        assertThat(store.awaitWrite().keySet()).containsExactly("llama_140");
        assertThat(feed.snapshot().complete()).isTrue();
        assertThat(store.keys()).containsExactly("llama_140");
    }

    @Test
    void aFeedThatLacksANewPartIsNotCompleteAndSendsNoKeySet() throws InterruptedException {
        SourcePart team = SourcePart.complete("team-a", List.of(version(1, "granite")), List.of(), List.of());
        ScriptedSource source = new ScriptedSource("rhoai", parts(team));
        start(builder(source).store(store));
        store.awaitWrite();
        source.awaitRead();

        source.change(parts(
                SourcePart.complete("team-a", List.of(version(2, "llama")), List.of(), List.of()),
                SourcePart.failed("team-b", DOWN)));

        assertThat(store.awaitWrite().keySet()).isNull();
        assertThat(feed.snapshot().complete()).isFalse();
        assertThat(store.keys()).containsExactlyInAnyOrder("granite_140", "llama_140");
    }

    @Test
    void aChangeOfCompletenessAloneIsPublishedAndToldToNobody() throws InterruptedException {
        SourcePart team = SourcePart.complete("team-a", List.of(version(1, "granite")), List.of(), List.of());
        ScriptedSource source = new ScriptedSource("rhoai", parts(team));
        FeedSnapshot before =
                start(builder(source).store(store.with(stored("mistral", "v1", StoredEntry.REGISTRY, DOCUMENT))));
        assertThat(store.awaitWrite().keySet()).containsExactly("granite_140");

        source.change(parts(team, SourcePart.failed("team-b", DOWN)));
        await().until(() -> !feed.snapshot().complete());
        source.change(parts(team, SourcePart.complete("team-b", List.of(), List.of(), List.of())));
        await().until(() -> feed.snapshot().complete());

        assertThat(before.complete()).isTrue();
        assertThat(probe.pending()).isEmpty();
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void aStoreThatCameBackEmptyGetsEverythingAgain() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", versionWithCard(1, "granite"), version(2, "llama"));
        source.card(Facts.GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();

        store.empty();
        store.announce();

        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("granite_140", "llama_140");
        assertThat(update.keySet()).containsExactlyInAnyOrder("granite_140", "llama_140");
        assertThat(store.entry("granite_140").card().markdown()).isEqualTo(Facts.GRANITE_CARD.markdown());
    }

    @Test
    void repairsWhatAnotherProcessChanged() throws InterruptedException {
        start(builder(ScriptedSource.of("rhoai", version(1, "granite"))).store(store));
        store.awaitWrite();
        StoredEntry right = store.entry("granite_140");

        store.with(stored("granite", "140", StoredEntry.REGISTRY, "{\"models\":[]}"));
        store.announce();

        assertThat(keys(store.awaitWrite())).containsExactly("granite_140");
        assertThat(store.entry("granite_140").digest()).isEqualTo(right.digest());
    }

    @Test
    void aStoreThatCannotTellDigestsGetsEverythingOnceAndThenWhatChanged() throws InterruptedException {
        keepAndClose(versions(3));
        store.listing = ScriptedStore::withoutDigests;
        ScriptedSource source = ScriptedSource.of("rhoai", versions(3));
        start(builder(source).store(store));

        assertThat(store.awaitWrite().entries()).hasSize(3);
        assertThat(store.settle()).isEmpty();

        source.change(snapshot(version(1, "granite-1"), version(2, "granite-2", "new"), version(3, "granite-3")));
        assertThat(keys(store.awaitWrite())).containsExactly("granite-2_140");
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void anEntryThatTheFirstFormatCannotSayStaysInTheStoreAsItIs() throws InterruptedException {
        store.with(stored("llama", "140", StoredEntry.REGISTRY, "as another version wrote it"));
        ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"), version(2, "llama"));
        start(builder(source).format(new NoLlamas()).store(store));

        StoreUpdate update = store.awaitWrite();

        assertThat(keys(update)).containsExactly("granite_140");
        assertThat(store.keys()).containsExactlyInAnyOrder("granite_140", "llama_140");
        store.with(stored("mistral", "v1", StoredEntry.REGISTRY, DOCUMENT));
        store.announce();
        assertThat(store.awaitWrite().keySet()).containsExactlyInAnyOrder("granite_140", "llama_140");
    }

    private static ScriptedSource kserve() {
        return new ScriptedSource(
                "kserve",
                parts(SourcePart.complete("cluster", List.of(), List.of(served("fraud", "bert")), List.of())));
    }

    /** Keeps a feed of these versions in the store, and closes it. */
    private void keepAndClose(RegisteredModelVersion... versions) throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("rhoai", versions);
        source.card(Facts.GRANITE_CARD);
        start(builder(source).store(store));
        store.awaitWrite();
        feed.close();
    }

    /** JSON, but not of every model. */
    private static final class NoLlamas implements FeedFormat {
        private final FeedFormat json = new JsonArrayFormat(URI.create("http://localhost:9090"));

        @Override
        public String name() {
            return "NoLlamas";
        }

        @Override
        public String fileName() {
            return json.fileName();
        }

        @Override
        public String contentType() {
            return json.contentType();
        }

        @Override
        public byte[] write(CatalogEntry entry) {
            if (entry.key().first().equals("llama")) {
                throw new IllegalArgumentException("no llamas");
            }
            return json.write(entry);
        }
    }
}
