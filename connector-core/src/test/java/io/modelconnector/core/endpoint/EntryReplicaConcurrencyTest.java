package io.modelconnector.core.endpoint;

import static io.modelconnector.core.store.StoredEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.EntryReplica.Loading;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.store.StoredEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EntryReplicaConcurrencyTest {
    private static final JsonArrayFormat FORMAT = new JsonArrayFormat(URI.create("http://localhost:9090"));
    private static final Pattern LISTED = Pattern.compile("\"/([^/]+/[^/]+)/model-catalog\\.json\"");

    private final EntryReplica replica = EntryReplica.builder(FORMAT).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whateverIsListedCanBeRead() throws Exception {
        List<StoredEntry> stored = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stored.add(entry("granite", "v" + i));
        }
        replica.beginLoad().complete(stored);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(2);
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(() -> {
                int lists = 0;
                while (!done.get() || lists == 0) {
                    readAllListed();
                    lists++;
                    reading.countDown();
                }
                return lists;
            }));
        }
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String model = "llama" + i;
            writers.add(threads.submit(() -> {
                for (int round = 0; round < 300; round++) {
                    replica.put(entry(model, "v" + round % 7));
                    replica.remove(model + "_v" + (round + 3) % 7);
                }
            }));
        }
        writers.add(threads.submit(() -> {
            for (int round = 0; round < 50; round++) {
                try (Loading loading = replica.beginLoad()) {
                    loading.complete(stored.subList(round % 10, stored.size()));
                }
            }
        }));
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        done.set(true);
        for (Future<Integer> reader : readers) {
            assertThat(reader.get(10, TimeUnit.SECONDS)).isPositive();
        }
        assertThat(readAllListed()).isEqualTo(replica.size());
    }

    private int readAllListed() {
        String list = StandardCharsets.UTF_8
                .decode(replica.list().orElseThrow().bytes())
                .toString();
        Matcher paths = LISTED.matcher(list);
        int count = 0;
        while (paths.find()) {
            assertThat(replica.entry(paths.group(1), ServedFile.of(FORMAT))).isPresent();
            count++;
        }
        return count;
    }
}
