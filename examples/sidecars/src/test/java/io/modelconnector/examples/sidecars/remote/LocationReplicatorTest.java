package io.modelconnector.examples.sidecars.remote;

import static io.modelconnector.examples.sidecars.remote.SampleEntries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LocationReplicatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final StoredEntry GRANITE = entry("granite-31-8b", "v1", "Chat and summaries.");
    private static final StoredEntry MISTRAL = entry("mistral-small", "v2", "Short.");

    private final InMemoryEntryStore store = new InMemoryEntryStore();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(LocationReplicator.class);
    private GoLocation location;

    @BeforeEach
    void start() throws IOException {
        location = new GoLocation();
        told.start();
        log.addAppender(told);
    }

    @AfterEach
    void close() {
        log.detachAppender(told);
        location.close();
    }

    @Test
    void forwardsWhatIsThereAtItsStartAndEachChangeAtOnce() {
        write(GRANITE);
        try (LocationReplicator replicator = replicator(Duration.ofHours(1))) {
            replicator.start();
            await().atMost(PATIENCE).until(() -> location.served().size() == 1);

            write(MISTRAL);
            replicator.changed();
            await().atMost(PATIENCE).until(() -> location.served().size() == 2);

            store.write(StoreUpdate.keepingOnly(Set.of("mistral-small_v2")));
            replicator.changed();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(location.served()).containsExactly("mistral-small/v2"));
        }
    }

    @Test
    void looksFromTimeToTimeWhetherAllIsThere() {
        write(GRANITE);
        try (LocationReplicator replicator = replicator(Duration.ofMillis(50))) {
            replicator.start();
            await().atMost(PATIENCE).until(() -> location.served().size() == 1);
            location.forget();

            await().atMost(PATIENCE).until(() -> location.served().size() == 1);
        }
    }

    @Test
    void forwardsWhatChangedWhileTheLocationWasGoneAndSaysSoOnce() throws Exception {
        write(GRANITE);
        try (LocationReplicator replicator = replicator(Duration.ofMillis(50))) {
            replicator.start();
            await().atMost(PATIENCE).until(() -> location.served().size() == 1);
            location.gone();
            await().atMost(PATIENCE).until(() -> replicator.health().failures() > 3);
            write(MISTRAL);
            replicator.changed();
            await().atMost(PATIENCE).until(() -> replicator.health().pending() == 1);
            assertThat(replicator.health().failure()).contains("BRIDGE_URL");
            location.back();

            await().atMost(PATIENCE).until(() -> location.served().size() == 2);
            await().atMost(PATIENCE).until(() -> replicator.health().failure() == null);
        }
        assertThat(told.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO)))
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void endsItsThreadsWhenItIsClosed() {
        LocationReplicator replicator = replicator(Duration.ofMillis(50));
        replicator.start();
        await().atMost(PATIENCE).until(() -> location.count("GET /list") > 0);
        replicator.close();
        replicator.close();

        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("modelconnector-location")));
    }

    private void write(StoredEntry entry) {
        store.write(StoreUpdate.of(List.of(entry)));
        store.write(StoreUpdate.keepingOnly(Set.copyOf(store.list().digests().keySet())));
    }

    private LocationReplicator replicator(Duration lookInterval) {
        return LocationReplicator.builder(store, location.base())
                .bearerToken(() -> "shared-token")
                .lookInterval(lookInterval)
                .retryDelay(Duration.ofMillis(10))
                .build();
    }
}
