package io.modelconnector.examples.sidecars.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ResendingTest {
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void takesAllKeysInTurnSomeEachMinute() {
        TreeSet<String> keys = new TreeSet<>();
        SampleEntries.many(150).forEach(entry -> keys.add(entry.key().importKey()));
        Resending resending = new Resending(clock);
        assertThat(resending.due(keys)).isEmpty();
        Set<String> taken = new HashSet<>();

        for (int minute = 0; minute < 3; minute++) {
            now = now.plusSeconds(61);
            Set<String> due = resending.due(keys);
            assertThat(due)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(Resending.SLICE)
                    .noneMatch(taken::contains);
            assertThat(resending.due(keys)).isEmpty();
            taken.addAll(due);
        }

        assertThat(taken).isEqualTo(keys);
    }

    @Test
    void makesTheGoStorageForwardAgainWhatItsLocationMayHaveLost() throws Exception {
        StoredEntry granite = SampleEntries.entry("granite-31-8b", "v1", "Chat.");
        try (GoStorage storage = new GoStorage();
                RestEntryStore store =
                        RestEntryStore.builder(storage.base()).clock(clock).build()) {
            store.write(StoreUpdate.of(List.of(granite)));
            assertThat(store.list().digests()).containsEntry("granite-31-8b_v1", "");
            now = now.plusSeconds(61);

            assertThat(store.list().digests().get("granite-31-8b_v1"))
                    .isNotEmpty()
                    .isNotEqualTo(granite.digest());
            assertThat(store.list().digests()).containsEntry("granite-31-8b_v1", "");
        }
    }
}
