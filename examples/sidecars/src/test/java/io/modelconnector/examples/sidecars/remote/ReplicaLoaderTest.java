package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static io.modelconnector.examples.sidecars.remote.SampleEntries.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplicaLoaderTest {
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry LLAMA = entry("llama_33", "v1", "Has an underscore in its name.");

    private final InMemoryEntryStore stored = new InMemoryEntryStore();
    private final EntryReplica replica = EntryReplica.builder(new JsonArrayFormat(URI.create("http://localhost:9090")))
            .departureGrace(Duration.ZERO)
            .build();

    @Test
    void loadsWhatIsStoredWithCardsAndSegments() throws Exception {
        store(GRANITE, LLAMA, withCard("qwen3", "v1", "# Qwen\n"));

        load();

        assertThat(replica.loaded()).isTrue();
        assertThat(replica.listing().digests()).isEqualTo(stored.list().digests());
        assertThat(replica.card(ModelCardReference.ofKey("labqwen3"))).isPresent();
    }

    @Test
    void loadsAnEmptyStoreThatIsComplete() throws Exception {
        store();

        load();

        assertThat(replica.loaded()).isTrue();
        assertThat(replica.size()).isZero();
    }

    @Test
    void waitsForAStoreThatIsBeingFilled() {
        stored.write(StoreUpdate.of(List.of(GRANITE)));

        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(this::load)
                .withMessageContaining("rhoai-normalizer");
        assertThat(replica.loaded()).isFalse();
    }

    @Test
    void fetchesOnlyWhatIsDifferent() throws Exception {
        store(GRANITE, LLAMA);
        replica.put(GRANITE);
        try (OurStorage storage = new OurStorage(stored)) {
            load(storage);
            assertThat(storage.requests()).containsExactly("GET /list", "GET /fetch");
        }

        assertThat(replica.size()).isEqualTo(2);
    }

    @Test
    void getsWhatWasForwardedToAnotherLocation() throws Exception {
        store(GRANITE, LLAMA);
        load();
        store(GRANITE, entry("mistral-small", "v2", "Came later."));

        load();

        assertThat(replica.listing().digests()).containsOnlyKeys("granite-31-8b_v1", "mistral-small_v2");
    }

    @Test
    void keepsWhatItServesWhenTheStorageIsGone() throws Exception {
        store(GRANITE);
        OurStorage storage = new OurStorage(stored);
        try (RestEntryStore rest = RestEntryStore.builder(storage.base()).build();
                ReplicaLoader loader = new ReplicaLoader(rest, replica)) {
            loader.load();
            storage.close();

            assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(loader::load);
            assertThat(replica.size()).isOne();
            assertThat(replica.loaded()).isTrue();
        }
    }

    @Test
    void loadsFromTheGoStorageOnceAndThenTakesWhatIsForwarded() throws Exception {
        String body =
                Base64.getEncoder().encodeToString(SampleEntries.text(LLAMA).getBytes(StandardCharsets.UTF_8));
        try (GoStorage storage = new GoStorage().with("llama_33", body).with("damaged_v1", "?");
                RestEntryStore rest = RestEntryStore.builder(storage.base()).build();
                ReplicaLoader loader = new ReplicaLoader(rest, replica)) {
            loader.load();
            assertThat(replica.entry("llama/33", replica.files().get(0)))
                    .hasValueSatisfying(payload ->
                            assertThat(payload.etag()).isEqualTo(LLAMA.body().etag()));
            assertThat(loader.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.item()).isEqualTo("damaged_v1"));
            replica.put(GRANITE);
            long fetched = storage.count("GET /fetch");

            loader.load();

            assertThat(storage.count("GET /fetch")).isEqualTo(fetched);
            assertThat(replica.size()).isEqualTo(2);
        }
    }

    @Test
    void triesUntilTheStorageAnswers() throws Exception {
        InMemoryEntryStore filling = new InMemoryEntryStore();
        try (OurStorage storage = new OurStorage(filling);
                RestEntryStore rest = RestEntryStore.builder(storage.base()).build();
                ReplicaLoader loader = new ReplicaLoader(rest, replica)) {
            loader.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> loader.failure() != null);
            assertThat(replica.loaded()).isFalse();
            filling.write(StoreUpdate.of(List.of(GRANITE)));
            filling.write(StoreUpdate.keepingOnly(Set.of("granite-31-8b_v1")));

            await().atMost(Duration.ofSeconds(10)).until(replica::loaded);
            await().atMost(Duration.ofSeconds(10)).until(() -> loader.failure() == null);
        }
    }

    private void store(StoredEntry... entries) {
        stored.write(StoreUpdate.of(List.of(entries)));
        stored.write(StoreUpdate.keepingOnly(
                Arrays.stream(entries).map(entry -> entry.key().importKey()).collect(Collectors.toSet())));
    }

    private void load() throws InterruptedException {
        try (OurStorage storage = new OurStorage(stored)) {
            load(storage);
        }
    }

    private void load(OurStorage storage) throws InterruptedException {
        try (EntryStore rest = RestEntryStore.builder(storage.base()).build();
                ReplicaLoader loader = new ReplicaLoader(rest, replica)) {
            loader.load();
        }
    }
}
