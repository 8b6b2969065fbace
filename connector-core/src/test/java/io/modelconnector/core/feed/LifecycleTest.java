package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
                .source(new UnclosableSource())
                .source(second)
                .build();
        feed.start();

        feed.close();

        assertThat(second.closed()).isEqualTo(1);
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
                .hasMessage("pollInterval was PT0S, must be positive");
        assertThatThrownBy(() -> builder.readTimeout(Duration.ofSeconds(-1))).hasMessageContaining("readTimeout");
        assertThatThrownBy(() -> builder.startupDeadline(Duration.ZERO)).hasMessageContaining("startupDeadline");
        assertThatThrownBy(() -> builder.departureGrace(Duration.ofSeconds(-1))).hasMessageContaining("departureGrace");
        assertThatThrownBy(() -> builder.removalGuard(10, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> builder.removalGuard(-1, 0.5)).hasMessageContaining("-1");
        assertThatThrownBy(() -> builder.publicBase(URI.create("models.example.com:9090")))
                .hasMessageContaining("publicBase");
        assertThatThrownBy(() -> builder.source(ScriptedSource.of("my source"))).hasMessageContaining("\"my source\"");
        builder.source(source);
        assertThatThrownBy(() -> builder.source(ScriptedSource.of("rhoai"))).hasMessageContaining("rhoai");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("modelconnector-") && thread.isAlive())
                .collect(Collectors.toSet());
    }

    private static final class UnclosableSource implements ModelSource {
        @Override
        public String name() {
            return "unclosable";
        }

        @Override
        public SourceSnapshot read(ReadContext context) {
            return SourceSnapshot.builder().build();
        }

        @Override
        public void close() {
            throw new IllegalStateException("a fault in the source");
        }
    }
}
