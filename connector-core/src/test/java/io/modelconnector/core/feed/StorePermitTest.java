package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static io.modelconnector.core.feed.ScriptedStore.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.store.StoreUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where several processes keep one store, only the elected one writes, and only what it read since. */
@Timeout(60)
class StorePermitTest extends FeedFixture {
    private final ManualClock clock = new ManualClock();
    private final Permit permit = new Permit();
    private final ScriptedStore store = new ScriptedStore();
    private final ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"));
    private final ScriptedSource other = ScriptedSource.of("other", version("other", 2, "llama", "Llama", List.of()));

    @Test
    void writesNothingWithoutThePermit() throws InterruptedException {
        start(leading());

        assertThat(settle()).isEmpty();
        assertThat(store.keys()).isEmpty();
        assertThat(feed.health().store().status()).isEqualTo(HealthStatus.UP);
        assertThat(feed.health().store().waiting()).isZero();
    }

    @Test
    void writesAtOnceWhatWasReadWithThePermit() throws InterruptedException {
        permit.give(clock.instant());
        start(leading());

        assertThat(keys(store.awaitWrite())).containsExactly("granite_140", "llama_140");
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void noticesThePermitReadsAgainAndThenWrites() throws InterruptedException {
        start(leading());
        source.awaitRead();
        other.awaitRead();
        source.answer(snapshot(version(1, "granite", "as it is now")));

        permit.give(advance());

        source.awaitRead();
        other.awaitRead();
        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("granite_140", "llama_140");
        assertThat(update.keySet()).containsExactlyInAnyOrder("granite_140", "llama_140");
        assertThat(names(probe.next().updated())).containsExactly("granite/140");
        assertThat(store.settle()).isEmpty();
    }

    @Test
    void writesNothingThatASourceSaidBeforeThePermit() throws InterruptedException {
        start(leading());
        source.awaitRead();
        other.awaitRead();
        CountDownLatch goOn = new CountDownLatch(1);
        other.answer(context -> {
            goOn.await();
            return snapshot().answer(context);
        });
        source.answer(snapshot(version(1, "granite", "as it is now")));

        permit.give(advance());
        source.awaitRead();
        other.awaitRead();
        probe.next();

        assertThat(settle()).isEmpty();
        assertThat(feed.health().store().waiting()).isEqualTo(2);
        goOn.countDown();
        StoreUpdate update = store.awaitWrite();
        assertThat(keys(update)).containsExactly("granite_140");
        assertThat(update.keySet()).containsExactly("granite_140");
    }

    @Test
    void writesNothingAnyMoreWhenThePermitIsLost() throws InterruptedException {
        permit.give(clock.instant());
        start(leading());
        store.awaitWrite();

        permit.withdraw();
        source.change(snapshot(version(1, "granite", "while somebody else leads")));
        probe.next();

        assertThat(settle()).isEmpty();
    }

    @Test
    void readsAgainBeforeItWritesWhenThePermitIsBack() throws InterruptedException {
        permit.give(clock.instant());
        start(leading());
        store.awaitWrite();
        source.awaitRead();
        permit.withdraw();
        settle();
        store.empty();

        permit.give(advance());

        source.awaitRead();
        assertThat(store.awaitWrite().entries()).hasSize(2);
    }

    @Test
    void forgetsWhatItWroteWhenSomebodyElseMayHaveWritten() throws InterruptedException {
        store.listing = ScriptedStore::withoutDigests;
        permit.give(clock.instant());
        start(leading());
        store.awaitWrite();

        permit.give(advance());

        assertThat(store.awaitWrite().entries()).hasSize(2);
    }

    @Test
    void asksForThePermitOnceMoreBeforeItWrites() throws InterruptedException {
        permit.give(clock.instant());
        store.listing = listing -> {
            permit.withdraw();
            return listing;
        };
        start(leading());
        assertThat(settle()).isEmpty();

        store.listing = listing -> listing;
        permit.give(advance());

        assertThat(store.awaitWrite().entries()).hasSize(2);
    }

    @Test
    void survivesAPermitThatCannotBeAskedFor() throws InterruptedException {
        permit.fault = new IllegalStateException("a fault in the election");
        start(leading().pollInterval(SHORT));
        await().until(() -> String.valueOf(feed.health().store().failure()).contains("a fault in the election"));

        permit.fault = null;
        permit.give(clock.instant());

        assertThat(store.awaitWrite().entries()).hasSize(2);
    }

    private ModelFeedBuilder leading() {
        return builder(source, other).clock(clock).store(store).storePermit(permit);
    }

    /** Lets time go on; gives the time then. */
    private Instant advance() {
        clock.advance(Duration.ofSeconds(10));
        return clock.instant();
    }

    /** Waits until everything was done that can be done without another event, where the store need not be asked. */
    private List<StoreUpdate> settle() throws InterruptedException {
        permit.asked.drainPermits();
        for (int check = 0; check < 3; check++) {
            store.announce();
            permit.awaitAsked();
        }
        return store.written();
    }

    /** A permit that a test gives and takes. */
    private static final class Permit implements Supplier<Optional<Instant>> {
        private final Semaphore asked = new Semaphore(0);
        private volatile Instant since;
        private volatile RuntimeException fault;

        void give(Instant now) {
            since = now;
        }

        void withdraw() {
            since = null;
        }

        void awaitAsked() throws InterruptedException {
            assertThat(asked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public Optional<Instant> get() {
            asked.release();
            if (fault != null) {
                throw fault;
            }
            return Optional.ofNullable(since);
        }
    }
}
