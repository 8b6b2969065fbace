package io.modelconnector.examples.sidecars.backstage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time, chance and waiting, so that tests can drive all three. Thread-safe. */
interface PushTiming extends InstantSource {
    /** A random number from 0 (inclusive) to 1 (exclusive). */
    double random();

    /**
     * Waits for a change, but not for ever.
     *
     * @param changes has a permit once there was one
     * @param limit how long to wait at most
     * @return whether there was one
     */
    boolean awaitChange(Semaphore changes, Duration limit) throws InterruptedException;

    /** Waits for some time, whatever happens. */
    void pause(Duration time) throws InterruptedException;

    /** The real thing. */
    static PushTiming system() {
        return SystemTiming.INSTANCE;
    }

    /** The system's clock and a thread-local random generator. */
    enum SystemTiming implements PushTiming {
        /** There is one. */
        INSTANCE;

        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public boolean awaitChange(Semaphore changes, Duration limit) throws InterruptedException {
            return changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }
    }
}
