package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static io.modelconnector.examples.sidecars.remote.SampleEntries.text;
import static io.modelconnector.examples.sidecars.remote.SampleEntries.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside the existing Go location. */
class LocationSyncGoTest {
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry MISTRAL = entry("mistral-small", "v2", "Short.");
    private static final StoredEntry LLAMA = entry("llama_33", "v1", "Has an underscore in its name.");

    private final InMemoryEntryStore store = new InMemoryEntryStore();
    private GoLocation location;
    private LocationSync sync;

    @BeforeEach
    void start() throws IOException {
        location = new GoLocation();
        PeerSettings settings = new PeerSettings(
                LocationClient.ROLE,
                "BRIDGE_URL",
                location.base(),
                () -> "shared-token",
                Duration.ofSeconds(10),
                LocationSync.AT_ONCE,
                1 << 20,
                PeerListener.NONE);
        sync = new LocationSync(store, new LocationClient(settings), InstantSource.system());
    }

    @AfterEach
    void close() {
        sync.close();
        location.close();
    }

    @Test
    void forwardsWhatIsStoredAsItIs() throws Exception {
        stored(GRANITE, MISTRAL);

        sync.pass(true);

        assertThat(location.content("granite-31-8b/v1")).isEqualTo(text(GRANITE));
        assertThat(location.content("mistral-small/v2")).isEqualTo(text(MISTRAL));
        assertThat(location.authorizations()).containsOnly("Bearer shared-token");
        assertThat(sync.pending()).isZero();
        assertThat(sync.forwarded()).isEqualTo(2);
    }

    @Test
    void forwardsOnlyWhatChanged() throws Exception {
        stored(GRANITE, MISTRAL);
        sync.pass(true);
        location.forgetRequests();

        StoredEntry changed = entry("mistral-small", "v2", "Still short.");
        store.write(StoreUpdate.of(List.of(changed)));
        sync.pass(false);

        assertThat(location.requests()).containsExactly("POST /upsert?key=mistral-small_v2");
        assertThat(location.content("mistral-small/v2")).isEqualTo(text(changed));
    }

    @Test
    void asksNothingWhenNothingChanged() throws Exception {
        stored(GRANITE, MISTRAL);
        sync.pass(true);
        location.forgetRequests();

        sync.pass(false);

        assertThat(location.requests()).isEmpty();
    }

    @Test
    void removesWhatIsGone() throws Exception {
        stored(GRANITE, MISTRAL);
        sync.pass(true);

        store.write(StoreUpdate.keepingOnly(Set.of("granite-31-8b_v1")));
        sync.pass(false);

        assertThat(location.served()).containsExactly("granite-31-8b/v1");
    }

    @Test
    void removesNothingWhileTheStoreIsBeingFilled() throws Exception {
        location.corrupt("mistral-small/v2", text(MISTRAL));
        store.write(StoreUpdate.of(List.of(GRANITE)));

        sync.pass(true);
        assertThat(location.served()).containsExactlyInAnyOrder("mistral-small/v2", "granite-31-8b/v1");

        store.write(StoreUpdate.keepingOnly(Set.of("granite-31-8b_v1")));
        sync.pass(true);
        assertThat(location.served()).containsExactly("granite-31-8b/v1");
    }

    @Test
    void fillsALocationThatHasLostEverything() throws Exception {
        StoredEntry carded = withCard("qwen3", "v1", "# Qwen\n");
        stored(GRANITE, carded);
        sync.pass(true);
        location.forget();

        sync.pass(false);
        assertThat(location.served()).as("nobody looked").isEmpty();
        sync.pass(true);

        assertThat(location.content("granite-31-8b/v1")).isEqualTo(text(GRANITE));
        assertThat(location.card("labqwen3")).isEqualTo("# Qwen\n");
    }

    @Test
    void repairsWhatIsServedInPlaceOfThePayload() throws Exception {
        stored(GRANITE, MISTRAL);
        sync.pass(true);
        location.corrupt("granite-31-8b/v1", "{\"body\":\"e30=\",\"locationId\":\"\"}");

        sync.pass(true);

        assertThat(location.content("granite-31-8b/v1")).isEqualTo(text(GRANITE));
    }

    @Test
    void comparesSomeEntriesAtEachLookAndAllInTheEnd() throws Exception {
        List<StoredEntry> many = SampleEntries.many(2 * LocationSync.SLICE + 10);
        stored(many.toArray(StoredEntry[]::new));
        sync.pass(true);
        StoredEntry last = many.stream()
                .max((a, b) -> a.key().importKey().compareTo(b.key().importKey()))
                .orElseThrow();
        location.corrupt(last.key().toString(), "changed");

        for (int look = 0; look < 3; look++) {
            location.forgetRequests();
            sync.pass(true);
            assertThat(location.requests()).hasSizeLessThanOrEqualTo(LocationSync.SLICE + 2);
        }

        assertThat(location.content(last.key().toString())).isEqualTo(text(last));
    }

    @Test
    void neverReadsItsCardsBecauseItCountsReadings() throws Exception {
        stored(withCard("qwen3", "v1", "# Qwen\n"));
        sync.pass(true);
        sync.pass(true);

        assertThat(location.count("GET /modelcard")).isZero();
    }

    @Test
    void sendsNoCardWhoseTextIsNotKept() throws Exception {
        stored(entry("qwen3", "v1", "Chat.").withCard(new StoredCard("labqwen3", "0123", null)));

        sync.pass(true);

        assertThat(location.content("qwen3/v1")).isNotNull();
        assertThat(location.card("labqwen3")).isNull();
    }

    @Test
    void knowsAnEntryByItsTruncatedKey() throws Exception {
        stored(LLAMA);
        sync.pass(true);
        assertThat(location.content("llama/33")).isEqualTo(text(LLAMA));
        location.forgetRequests();

        sync.pass(true);

        assertThat(location.requests()).containsExactlyInAnyOrder("GET /list", "GET /llama/33/model-catalog.json");
    }

    @Test
    void letsTheFirstOfTwoEntriesHaveAKeyThatBothWouldHave() throws Exception {
        StoredEntry other = entry("llama_33", "v2", "Comes second.");
        stored(LLAMA, other);
        sync.pass(true);
        location.forgetRequests();
        sync.pass(true);
        assertThat(location.count("POST /upsert")).isZero();
        assertThat(location.content("llama/33")).isEqualTo(text(LLAMA));

        store.write(StoreUpdate.keepingOnly(Set.of("llama_33_v2")));
        sync.pass(false);

        assertThat(location.content("llama/33")).isEqualTo(text(other));
    }

    @Test
    void comparesEverythingOnceALocationThatWasGoneIsBack() throws Exception {
        stored(GRANITE, MISTRAL);
        sync.pass(true);
        location.gone();
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> sync.pass(true))
                .withMessageContaining("BRIDGE_URL");
        location.corrupt("granite-31-8b/v1", "changed");
        location.back();

        sync.pass(false);

        assertThat(location.content("granite-31-8b/v1")).isEqualTo(text(GRANITE));
    }

    @Test
    void countsWhatIsDueWhileTheLocationIsGone() throws Exception {
        location.gone();
        stored(GRANITE, MISTRAL);

        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> sync.pass(false));

        assertThat(sync.pending()).isEqualTo(2);
    }

    private void stored(StoredEntry... entries) {
        store.write(StoreUpdate.of(List.of(entries)));
        store.write(StoreUpdate.keepingOnly(store.list().digests().keySet()));
    }
}
