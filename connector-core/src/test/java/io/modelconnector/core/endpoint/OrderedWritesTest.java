package io.modelconnector.core.endpoint;

import static io.modelconnector.core.store.StoredEntries.entry;
import static io.modelconnector.core.store.StoredEntries.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class OrderedWritesTest {
    private final FailingStore store = new FailingStore();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void differentEntriesAreWrittenAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        store.beforeWrite = update -> {
            try {
                together.await(10, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new AssertionError("the writes waited for each other", e);
            }
        };
        OrderedWrites writes = new OrderedWrites(store, List.of(), LoggerFactory.getLogger(getClass()));

        List<Future<?>> done = new ArrayList<>();
        for (String model : List.of("granite", "llama", "mistral")) {
            done.add(threads.submit(() -> writes.put(entry(model, "v1"))));
        }
        for (Future<?> write : done) {
            write.get(20, TimeUnit.SECONDS);
        }
        assertThat(store.list().digests()).hasSize(3);
    }

    @Test
    void theLastThatIsToldOfAKeyIsWhatTheStoreHas() throws Exception {
        Map<String, String> told = Collections.synchronizedMap(new HashMap<>());
        OrderedWrites writes = new OrderedWrites(
                store,
                List.of((update, outcome) -> {
                    update.entries().forEach(entry -> told.put(entry.key().importKey(), text(entry)));
                    outcome.removed().forEach(told::remove);
                }),
                LoggerFactory.getLogger(getClass()));
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread;
            done.add(threads.submit(() -> {
                assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
                for (int round = 0; round < 200; round++) {
                    writes.put(entry("granite", "v" + round % 3, name + " in round " + round));
                    if (round % 20 == 0) {
                        writes.keepOnly(Set.of("granite_v1"));
                    }
                }
                return name;
            }));
        }
        start.countDown();
        for (Future<?> writer : done) {
            writer.get(30, TimeUnit.SECONDS);
        }

        Map<String, String> stored = new HashMap<>();
        for (String key : store.list().digests().keySet()) {
            stored.put(key, text(store.fetch(key).orElseThrow()));
        }
        assertThat(told).isEqualTo(stored);
    }
}
