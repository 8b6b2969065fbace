package io.modelconnector.kserve.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time, chance and waiting, so that tests can drive all three. Thread-safe. */
public interface Timing {
    /** A clock for differences, as {@link System#nanoTime()}. */
    long nanoTime();

    /** A random duration between half of the given one and all of it, so that watches do not retry in step. */
    Duration jitter(Duration delay);

    /**
     * Waits.
     *
     * @param watch what waits, for whoever looks on
     * @param delay for how long at most
     * @param wake what ends the wait early
     * @throws InterruptedException if the thread was interrupted
     */
    void pause(String watch, Duration delay, Semaphore wake) throws InterruptedException;

    /** The real thing. */
    static Timing system() {
        return SystemTiming.INSTANCE;
    }

    /** The system's clock and a thread-local random generator. */
    enum SystemTiming implements Timing {
        /** There is one. */
        INSTANCE;

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Duration jitter(Duration delay) {
            long nanos = delay.toNanos();
            return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
        }

        @Override
        public void pause(String watch, Duration delay, Semaphore wake) throws InterruptedException {
            if (wake.tryAcquire(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        }
    }
}
