package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.FeedProbe.keys;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a source that fails, hangs or breaks costs: itself, and nothing that was served. */
@Timeout(60)
class SourceFailureTest extends FeedFixture {
    @Test
    void keepsWhatAFailingSourceHad() throws InterruptedException {
        ScriptedSource flaky = ScriptedSource.of("flaky", version(1, "granite"));
        ScriptedSource other = ScriptedSource.of("other", version("other", 2, "llama", "Llama", List.of()));
        start(builder(flaky, other));

        flaky.change(failure(DOWN));
        await().until(() -> feed.health().sources().get(0).status() == HealthStatus.STALE);
        other.change(snapshot(version("other", 2, "llama", "Llama 3", List.of())));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "llama/140");
        PartHealth part = feed.health().sources().get(0).parts().get(0);
        assertThat(part.failure()).isEqualTo(DOWN.getMessage());
        assertThat(part.modelVersions()).isEqualTo(1);

        flaky.change(snapshot(version(1, "granite", "Granite is back")));
        assertThat(names(probe.next().updated())).containsExactly("granite/140");
        assertThat(feed.health().degraded()).isFalse();
    }

    @Test
    void keepsWhatAFailingPartHadWhileTheOthersGoOn() throws InterruptedException {
        SourcePart team = SourcePart.complete(
                "team", List.of(version("team", 1, "granite", "Granite", List.of())), List.of(), List.of());
        ScriptedSource source = new ScriptedSource(
                "rhoai",
                parts(SourcePart.complete("public", List.of(version(2, "llama")), List.of(), List.of()), team));
        start(builder(source));

        source.change(parts(
                SourcePart.complete("public", List.of(version(3, "mistral")), List.of(), List.of()),
                SourcePart.failed("team", DOWN)));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "mistral/140");
        assertThat(feed.health().sources().get(0).parts())
                .extracting(PartHealth::name, PartHealth::status)
                .containsExactly(tuple("public", HealthStatus.UP), tuple("team", HealthStatus.STALE));
    }

    @Test
    void keepsAnItemThatCannotBeReadAndLetsOthersGo() throws InterruptedException {
        ScriptedSource source =
                ScriptedSource.of("a", version(1, "granite"), version(2, "llama"), version(3, "mistral"));
        start(builder(source));

        Problem unreadable = new Problem(version(1, "granite").id(), "its artifacts were answered 500");
        source.change(parts(
                SourcePart.complete(SourcePart.ONLY, List.of(version(2, "llama")), List.of(), List.of(unreadable))));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(feed.health().sources().get(0).parts().get(0).problems()).containsExactly(unreadable);
    }

    @Test
    void aSourceThatReturnsNothingOrBreaksCostsOnlyItself() throws InterruptedException {
        ScriptedSource odd = new ScriptedSource("odd", snapshot(version(1, "granite")));
        ScriptedSource good = ScriptedSource.of("good", version("other", 2, "llama", "Llama", List.of()));
        start(builder(odd, good));

        for (ScriptedSource.Answer broken : List.<ScriptedSource.Answer>of(
                context -> null,
                context -> {
                    throw new IllegalStateException("a fault in the source");
                },
                context -> {
                    throw new StackOverflowError();
                },
                context -> {
                    throw SourceFailureTest.<RuntimeException>undeclared(new IOException("from another language"));
                },
                context -> {
                    Thread.currentThread().interrupt();
                    throw DOWN;
                })) {
            odd.change(broken);
            await().until(() -> feed.health().sources().get(0).failure() != null);
            odd.change(snapshot(version(1, "granite")));
            await().until(() -> feed.health().sources().get(0).failure() == null);
        }

        assertThat(keys(feed.snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(probe.pending()).isEmpty();
    }

    @Test
    void aHangingSourceDelaysNoOther() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedSource hanging = ScriptedSource.of("hanging", version(1, "granite"));
        ScriptedSource good = ScriptedSource.of("good", version("other", 2, "llama", "Llama", List.of()));
        start(builder(hanging, good));
        hanging.awaitRead();

        hanging.change(context -> {
            never.await();
            return null;
        });
        hanging.awaitRead();
        good.change(snapshot(version("other", 2, "llama", "Llama 3", List.of())));

        assertThat(names(probe.next().updated())).containsExactly("llama/140");
    }

    @Test
    void interruptsAReadThatTakesTooLongAndReadsAgain() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        ScriptedSource hanging = new ScriptedSource("hanging", context -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return null;
        });
        feed = builder(hanging).pollInterval(SHORT).readTimeout(SHORT).build();
        feed.start();
        hanging.awaitRead();
        await().until(() -> interrupted.get() > 0);
        await().until(() ->
                String.valueOf(feed.health().sources().get(0).failure()).contains("PT0.01S"));

        hanging.answer(snapshot(version(1, "granite")));
        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140");
    }

    @Test
    void anInterruptThatIsNotOursDoesNotEndTheReading() throws InterruptedException {
        AtomicReference<Thread> reader = new AtomicReference<>();
        ScriptedSource source = new ScriptedSource("a", context -> {
            reader.set(Thread.currentThread());
            return snapshot(version(1, "granite")).answer(context);
        });
        start(builder(source));

        reader.get().interrupt();
        source.change(snapshot(version(2, "llama")));

        assertThat(names(probe.next().added())).containsExactly("llama/140");
    }

    @Test
    void aFailingSourceThatAnnouncesAllTheTimeIsNotReadInATightLoop() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        start(builder(source));
        AtomicInteger reads = new AtomicInteger();
        long begin = System.nanoTime();

        source.change(context -> {
            reads.incrementAndGet();
            source.announce();
            throw DOWN;
        });
        await().until(() -> reads.get() >= 4);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
    }

    /** What languages without checked exceptions throw. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T undeclared(Throwable cause) throws T {
        throw (T) cause;
    }
}
