package io.modelconnector.examples.sidecars.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final Runnable NOTHING = () -> {};

    @Test
    void worksOnEachThingOnce() throws Exception {
        List<Integer> things = IntStream.range(0, 500).boxed().toList();
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        try (Crew crew = new Crew("test-", 8)) {
            crew.forEach(things, 8, done::add, NOTHING);
        }

        assertThat(done).containsExactlyInAnyOrderElementsOf(things);
    }

    @Test
    void worksOnAsManyAtOnceAsItIsAllowed() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Crew crew = new Crew("test-", 8)) {
            crew.forEach(
                    IntStream.range(0, 60).boxed().toList(),
                    3,
                    thing -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        together.countDown();
                        assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
                        now.decrementAndGet();
                    },
                    NOTHING);
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void stopsAtTheFirstFailureAndThrowsIt() {
        AtomicInteger begun = new AtomicInteger();
        try (Crew crew = new Crew("test-", 2)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> crew.forEach(
                            IntStream.range(0, 1000).boxed().toList(),
                            1,
                            thing -> {
                                begun.incrementAndGet();
                                throw new IllegalStateException("thing " + thing);
                            },
                            NOTHING))
                    .withMessage("thing 0");
        }

        assertThat(begun).hasValue(1);
    }

    @Test
    void letsGoOfWhoeverWaitsWhenItIsClosed() throws Exception {
        Crew crew = new Crew("test-", 2);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                crew.forEach(
                        List.of(1, 2, 3, 4),
                        2,
                        thing -> {
                            begun.countDown();
                            new CountDownLatch(1).await();
                        },
                        NOTHING);
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        waiting.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        crew.close();
        waiting.join(10_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void givesUpWhatIsUnderWayWhenTheWaitingThreadIsInterrupted() throws Exception {
        CountDownLatch givenUp = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (Crew crew = new Crew("test-", 2)) {
            CountDownLatch begun = new CountDownLatch(1);
            Thread waiting = new Thread(() -> {
                try {
                    crew.forEach(
                            List.of(1),
                            1,
                            thing -> {
                                begun.countDown();
                                givenUp.await();
                            },
                            givenUp::countDown);
                } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            waiting.interrupt();
            waiting.join(10_000);
        }

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(givenUp.getCount()).isZero();
    }
}
