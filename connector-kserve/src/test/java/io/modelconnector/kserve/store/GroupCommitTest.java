package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.body;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes that come at the same time. */
class GroupCommitTest {
    private final StoreFixture fixture = new StoreFixture();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        fixture.close();
    }

    private ConfigMapEntryStore gathering() {
        return fixture.store(builder -> builder.linger(Duration.ofMillis(5)).maxMapBytes(4000));
    }

    /** Makes changes one after the other, none of which is answered before all came. */
    private List<StoreOutcome> together(ConfigMapEntryStore store, List<Callable<StoreOutcome>> writes)
            throws Exception {
        CountDownLatch gathered = fixture.timing.gather();
        List<Future<StoreOutcome>> futures = new ArrayList<>();
        for (Callable<StoreOutcome> write : writes) {
            int before = store.waitingRequests();
            futures.add(callers.submit(write));
            await().until(() -> store.waitingRequests() == before + 1);
        }
        gathered.countDown();
        List<StoreOutcome> outcomes = new ArrayList<>();
        for (Future<StoreOutcome> future : futures) {
            outcomes.add(future.get(10, TimeUnit.SECONDS));
        }
        return outcomes;
    }

    @Test
    void areMadeInOneWrite() throws Exception {
        ConfigMapEntryStore store = gathering();
        List<Callable<StoreOutcome>> writes = new ArrayList<>();
        IntStream.range(0, 8).forEach(i -> writes.add(() -> write(store, entry("granite", "v" + i))));
        List<StoreOutcome> outcomes = together(store, writes);
        for (int i = 0; i < 8; i++) {
            assertThat(outcomes.get(i).added()).containsExactly("granite_v" + i);
        }
        assertThat(fixture.writes()).containsExactly("create " + FIRST);
        assertThat(fixture.keysIn(FIRST)).hasSize(8);
        assertThat(fixture.timing.pauses("store-linger")).containsExactly("store-linger 5");
    }

    @Test
    void areMadeInTheirOrder() throws Exception {
        ConfigMapEntryStore store = gathering();
        PortalRegistration registration = new PortalRegistration("7f9c", "http://t", true);
        List<StoreOutcome> outcomes = together(
                store,
                List.of(
                        () -> write(store, entry("granite", "v1", "first"), entry("llama", "v2")),
                        () -> store.write(StoreUpdate.of(Map.of("granite_v1", registration))),
                        () -> write(store, entry("granite", "v1", "second")),
                        () -> keepOnly(store, "granite_v1"),
                        () -> write(store, entry("llama", "v2", "again"))));
        assertThat(outcomes)
                .extracting(StoreOutcome::added)
                .containsExactly(Set.of("granite_v1", "llama_v2"), Set.of(), Set.of(), Set.of(), Set.of("llama_v2"));
        assertThat(outcomes.get(3).removed()).containsExactly("llama_v2");
        assertThat(fixture.writes()).containsExactly("create " + FIRST);
        assertThat(body(store, "granite_v1")).isEqualTo("second");
        assertThat(store.fetch("granite_v1").orElseThrow().registration()).isEqualTo(registration);
        assertThat(body(store, "llama_v2")).isEqualTo("again");
        assertThat(store.list().complete()).isTrue();
    }

    @Test
    void areToldOfTheirOwnProblemsOnly() throws Exception {
        ConfigMapEntryStore store = gathering();
        List<StoreOutcome> outcomes = together(
                store,
                List.of(
                        () -> write(store, StoreFixture.large("granite", 5000)),
                        () -> write(store, entry("llama", "v2"))));
        assertThat(outcomes.get(0).problems()).extracting(Problem::item).containsExactly("granite_v1");
        assertThat(outcomes.get(1).problems()).isEmpty();
    }

    @Test
    void ofFiveThousandEntriesSurviveARestart() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        List<StoredEntry> entries = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            byte[] body = ("{\"models\":[{\"name\":\"granite-" + i + "\"}]}" + " ".repeat(2048))
                    .getBytes(StandardCharsets.UTF_8);
            entries.add(new StoredEntry(
                    new EntryKey("granite-" + i, "v1"),
                    Payload.of(body),
                    StoredEntry.REGISTRY,
                    "1763020800000",
                    null,
                    PortalRegistration.NONE));
        }
        StoreOutcome outcome = store.write(StoreUpdate.of(entries));
        assertThat(outcome.added()).hasSize(5000);
        assertThat(outcome.problems()).isEmpty();
        int maps = store.statistics().bytes().size();
        assertThat(maps).isBetween(15, 20);
        assertThat(store.statistics().writes()).isEqualTo(maps);
        assertThat(store.statistics().bytes().values()).allMatch(bytes -> bytes <= 1_000_000);

        ConfigMapEntryStore restarted = fixture.store();
        assertThat(restarted.list().digests()).isEqualTo(store.list().digests());
        assertThat(restarted.statistics().reads()).isEqualTo(maps);
        restarted.write(StoreUpdate.of(entries));
        assertThat(restarted.statistics().writes()).isZero();
        assertThat(keys(restarted)).hasSize(5000);
    }
}
