package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static io.modelconnector.examples.sidecars.remote.SampleEntries.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside a location of this implementation. */
class LocationSyncTest {
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry LLAMA = entry("llama_33", "v1", "Has an underscore in its name.");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryEntryStore store = new InMemoryEntryStore();
    private final OurLocation location = new OurLocation();
    private volatile Instant now = START;
    private final LocationSync sync = sync(store, OurLocation.TOKEN);

    private LocationSync sync(EntryStore from, String token) {
        PeerSettings settings = new PeerSettings(
                LocationClient.ROLE,
                "BRIDGE_URL",
                location.base(),
                () -> token,
                Duration.ofSeconds(10),
                LocationSync.AT_ONCE,
                1 << 20,
                PeerListener.NONE);
        InstantSource clock = () -> now;
        return new LocationSync(from, new LocationClient(settings), clock);
    }

    @AfterEach
    void close() {
        sync.close();
        location.close();
    }

    @Test
    void forwardsWhatIsStoredWithItsSegmentsAndItsCard() throws Exception {
        location.loaded();
        StoredEntry carded = withCard("qwen3", "v1", "# Qwen\n");
        stored(LLAMA, carded);

        sync.pass(true);

        assertThat(location.replica().listing().digests())
                .isEqualTo(store.list().digests())
                .containsKeys("llama_33_v1", "qwen3_v1");
        assertThat(location.replica().list().orElseThrow().toString()).isNotEmpty();
    }

    @Test
    void forwardsToALocationThatWaitsForTheStoreToBeFilled() throws Exception {
        store.write(StoreUpdate.of(List.of(GRANITE)));

        sync.pass(true);

        assertThat(sync.loading()).isTrue();
        assertThat(location.replica().size()).isOne();
    }

    @Test
    void letsALocationLoadByItselfFromAStoreThatIsComplete() throws Exception {
        stored(GRANITE);

        sync.pass(true);

        assertThat(sync.loading()).isTrue();
        assertThat(location.requests()).containsExactly("GET /list");
    }

    @Test
    void forwardsEverythingToALocationThatTakesTooLongToLoad() throws Exception {
        stored(GRANITE);
        sync.pass(true);
        now = START.plusSeconds(11);

        sync.pass(true);

        assertThat(location.replica().size()).isOne();
    }

    @Test
    void findsThatALocationHasLoadedEverything() throws Exception {
        stored(GRANITE, LLAMA);
        sync.pass(true);
        location.replica().beginLoad().complete(List.of(GRANITE, LLAMA));
        location.forgetRequests();

        sync.pass(true);

        assertThat(sync.loading()).isFalse();
        assertThat(sync.pending()).isZero();
        assertThat(location.requests()).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void fillsALocationThatHasLostEverything() throws Exception {
        location.loaded();
        stored(GRANITE, LLAMA);
        sync.pass(true);
        location.restart();
        location.loaded();

        sync.pass(true);

        assertThat(location.replica().size()).isEqualTo(2);
    }

    @Test
    void removesWhatNobodyStored() throws Exception {
        location.loaded();
        location.replica().put(LLAMA);
        stored(GRANITE);

        sync.pass(true);

        assertThat(location.replica().listing().digests()).containsOnlyKeys("granite-31-8b_v1");
    }

    @Test
    void repairsAnEntryAndACardThatAreNotAsTheyAreStored() throws Exception {
        location.loaded();
        StoredEntry carded = withCard("qwen3", "v1", "# Qwen\n");
        stored(GRANITE, carded);
        sync.pass(true);
        location.replica().put(entry("granite-31-8b", "v1", "Something else."));
        location.replica().put(carded.withCard(StoredCard.of("labqwen3", "# Something else\n")));

        sync.pass(true);

        assertThat(location.replica().listing().digests())
                .isEqualTo(store.list().digests());
    }

    @Test
    void asksOnlyWhetherThingsHaveChangedWhenNothingHas() throws Exception {
        location.loaded();
        stored(GRANITE, withCard("qwen3", "v1", "# Qwen\n"));
        sync.pass(true);
        location.forgetRequests();

        sync.pass(true);

        assertThat(location.requests())
                .containsExactlyInAnyOrder(
                        "GET /list",
                        "GET /granite-31-8b/v1/model-catalog.json",
                        "GET /qwen3/v1/model-catalog.json",
                        "GET /modelcard?key=labqwen3");
    }

    @Test
    void anEntryThatIsRefusedCostsOnlyItselfAndIsNotSentAgain() throws Exception {
        location.loaded();
        StoredEntry nonsense = new StoredEntry(
                GRANITE.key(),
                Payload.of("{\"models\":\"none\"}".getBytes(StandardCharsets.UTF_8)),
                StoredEntry.REGISTRY,
                null,
                null,
                PortalRegistration.NONE);
        stored(nonsense, LLAMA);

        sync.pass(true);
        assertThat(location.replica().size()).isOne();
        assertThat(sync.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("granite-31-8b_v1");
            assertThat(problem.message()).contains("400");
        });
        location.forgetRequests();
        sync.pass(true);
        assertThat(location.requests()).noneMatch(request -> request.startsWith("POST"));

        store.write(StoreUpdate.of(List.of(GRANITE)));
        sync.pass(false);
        assertThat(sync.problems()).isEmpty();
        assertThat(location.replica().size()).isEqualTo(2);
    }

    @Test
    void namesTheTokenThatTheLocationDoesNotTake() {
        location.loaded();
        stored(GRANITE);
        try (LocationSync stranger = sync(store, "another-token")) {
            assertThatExceptionOfType(SourceRejectedException.class)
                    .isThrownBy(() -> stranger.pass(true))
                    .withMessageContaining("token")
                    .withMessageNotContaining("another-token");
            assertThat(stranger.pending()).isOne();
        }
    }

    @Test
    void aDamagedRecordCostsOnlyItself() throws Exception {
        location.loaded();
        stored(GRANITE, LLAMA);
        try (LocationSync other = sync(new Damaged(store, "llama_33_v1"), OurLocation.TOKEN)) {
            other.pass(true);
        }

        assertThat(location.replica().listing().digests()).containsOnlyKeys("granite-31-8b_v1");
    }

    private void stored(StoredEntry... entries) {
        store.write(StoreUpdate.of(List.of(entries)));
        store.write(StoreUpdate.keepingOnly(Set.copyOf(store.list().digests().keySet())));
    }

    /** A store of which one record cannot be read. */
    private record Damaged(EntryStore store, String key) implements EntryStore {
        @Override
        public StoreListing list() throws InterruptedException {
            return store.list();
        }

        @Override
        public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
            if (importKey.equals(key)) {
                throw new MalformedResponseException("the record of " + key + " is no JSON");
            }
            return store.fetch(importKey);
        }

        @Override
        public StoreOutcome write(StoreUpdate update) throws InterruptedException {
            return store.write(update);
        }

        @Override
        public void close() {}
    }
}
