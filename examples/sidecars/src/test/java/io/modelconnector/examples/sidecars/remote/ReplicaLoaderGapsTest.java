package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.format.FeedFormats;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A storage-rest that lists more than it can give, as the existing one does when it fails to read its ConfigMap. */
class ReplicaLoaderGapsTest {
    private final Storage storage = new Storage();
    private final EntryReplica replica = EntryReplica.builder(
                    FeedFormats.named("JsonArrayFormat", URI.create("http://localhost:9090")))
            .build();

    @Test
    void servesNothingUntilEverythingThatIsListedIsThere() throws Exception {
        storage.entries.put("granite_v1", entry("granite", "v1", "Chat."));
        storage.entries.put("llama_v2", null);
        try (ReplicaLoader loader = new ReplicaLoader(storage, replica, Duration.ofDays(1))) {
            assertThatThrownBy(loader::load)
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("llama_v2");
            assertThat(replica.loaded()).isFalse();

            storage.entries.put("llama_v2", entry("llama", "v2", "Code."));
            loader.load();

            assertThat(replica.size()).isEqualTo(2);
        }
    }

    @Test
    void servesTheOthersWhenOneStaysUnreadable() throws Exception {
        storage.entries.put("granite_v1", entry("granite", "v1", "Chat."));
        storage.entries.put("llama_v2", null);
        try (ReplicaLoader loader = new ReplicaLoader(storage, replica, Duration.ZERO)) {
            loader.load();

            assertThat(replica.size()).isOne();
            assertThat(loader.problems()).extracting(Problem::item).containsExactly("llama_v2");
        }
    }

    /** Lists without digests, and has nothing of a key whose entry is null. */
    private static final class Storage implements EntryStore {
        private final Map<String, StoredEntry> entries = new HashMap<>();

        @Override
        public StoreListing list() {
            Map<String, String> digests = new HashMap<>();
            entries.keySet().forEach(key -> digests.put(key, ""));
            return StoreListing.of(digests, true);
        }

        @Override
        public Optional<StoredEntry> fetch(String importKey) {
            return Optional.ofNullable(entries.get(importKey));
        }

        @Override
        public StoreOutcome write(StoreUpdate update) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public List<Problem> problems() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
