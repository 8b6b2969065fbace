package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
    private final ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"));

    @Test
    void buildingStartsNothing() {
        Set<Thread> before = threads();

        ModelFeed feed = ModelFeed.builder().source(source).build();

        assertThat(threads()).isEqualTo(before);
        assertThat(feed.snapshot().published()).isFalse();
        assertThat(feed.health().sources().get(0).status()).isEqualTo(HealthStatus.UNKNOWN);
        feed.close();
        assertThat(source.closed()).isEqualTo(1);
    }

    @Test
    void closingEndsThreadsAndSourcesAndKeepsTheSnapshot() throws InterruptedException {
        Set<Thread> before = threads();
        ModelFeed feed = ModelFeed.builder().source(source).build();
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();

        feed.close();
        feed.close();

        await().until(() -> before.containsAll(threads()));
        assertThat(source.closed()).isEqualTo(1);
        assertThat(feed.snapshot().entries()).hasSize(1);
    }

    @Test
    void closingEndsAReadThatIsUnderWay() throws InterruptedException {
        Set<Thread> before = threads();
        CountDownLatch never = new CountDownLatch(1);
        ScriptedSource hanging = new ScriptedSource("hanging", context -> {
            never.await();
            return null;
        });
        ModelFeed feed = ModelFeed.builder().source(hanging).build();
        feed.start();
        hanging.awaitRead();

        feed.close();

        await().until(() -> before.containsAll(threads()));
    }

    @Test
    void closesEverySourceEvenIfOneCannotBeClosed() {
        ScriptedSource second = ScriptedSource.of("second");
        ModelFeed feed = ModelFeed.builder()
                .source(new UnclosableSource("throws", () -> {
                    throw new AssertionError("a fault in the source");
                }))
                .source(new UnclosableSource("hangs", LifecycleTest::hang))
                .source(second)
                .build();
        feed.start();

        feed.close();

        assertThat(second.closed()).isEqualTo(1);
    }

    @Test
    void aSourceIsNotGivenItsCallbackAfterItWasClosed() {
        for (int i = 0; i < 50; i++) {
            OpeningSource opening = new OpeningSource();
            ModelFeed feed = ModelFeed.builder().source(opening).build();
            feed.start();
            feed.close();

            assertThat(opening.events).last().isEqualTo("closed");
        }
    }

    /** Notes when it is given its callback, where a source opens its watch, and when it is closed. */
    private static final class OpeningSource implements ModelSource {
        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "opening";
        }

        @Override
        public SourceSnapshot read(ReadContext context) {
            return SourceSnapshot.builder().build();
        }

        @Override
        public void onChange(Runnable changed) {
            events.add("opened");
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }

    @Test
    void startsOnce() {
        try (ModelFeed feed = ModelFeed.builder().source(source).build()) {
            feed.start();
            assertThatThrownBy(feed::start).isInstanceOf(IllegalStateException.class);
        }
        ModelFeed closed = ModelFeed.builder().source(source).build();
        closed.close();
        assertThatThrownBy(closed::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesTheSettingThatIsWrong() {
        ModelFeedBuilder builder = ModelFeed.builder();

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("source");
        assertThatThrownBy(() -> builder.pollInterval(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("pollInterval was PT0S, must be positive and at most 365 days");
        assertThatThrownBy(() -> builder.readTimeout(Duration.ofSeconds(-1))).hasMessageContaining("readTimeout");
        assertThatThrownBy(() -> builder.startupDeadline(Duration.ZERO)).hasMessageContaining("startupDeadline");
        assertThatThrownBy(() -> builder.departureGrace(Duration.ofSeconds(-1))).hasMessageContaining("departureGrace");
        assertThatThrownBy(() -> builder.removalGuard(10, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> builder.removalGuard(-1, 0.5)).hasMessageContaining("-1");
        assertThatThrownBy(() -> builder.publicBase(URI.create("models.example.com:9090")))
                .hasMessageContaining("publicBase");
        assertThatThrownBy(() -> builder.source(ScriptedSource.of("my source"))).hasMessageContaining("\"my source\"");
        assertThatThrownBy(() -> builder.pollInterval(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("pollInterval");
        assertThatThrownBy(() -> builder.publicBase(URI.create("http://user:secret@models.example.com")))
                .hasMessageContaining("publicBase")
                .hasMessageNotContaining("secret");
        builder.format(new JsonArrayFormat(URI.create("http://a.example.com")));
        assertThatThrownBy(() -> builder.format(new JsonArrayFormat(URI.create("http://b.example.com"))))
                .hasMessageContaining("model-catalog.json");
        builder.source(source);
        assertThatThrownBy(() -> builder.source(ScriptedSource.of("rhoai"))).hasMessageContaining("rhoai");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("modelconnector-") && thread.isAlive())
                .collect(Collectors.toSet());
    }

    /** Waits until it is interrupted, or for longer than a test may take. */
    private static void hang() {
        try {
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A source that cannot be closed. */
    private record UnclosableSource(String name, Runnable closing) implements ModelSource {
        @Override
        public SourceSnapshot read(ReadContext context) {
            return SourceSnapshot.builder().build();
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
