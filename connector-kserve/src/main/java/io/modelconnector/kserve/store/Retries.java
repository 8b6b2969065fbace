package io.modelconnector.kserve.store;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.internal.Timing;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** How often, and for how long, a change is tried again. Not thread-safe. */
final class Retries {
    private static final int MAX_RETRIES = 20;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final int MAX_DOUBLINGS = 6;

    private final Timing timing;
    private final long deadline;
    private int conflicts;
    private int attempts;

    Retries(Timing timing) {
        this.timing = timing;
        this.deadline = timing.nanoTime() + TIME_LIMIT.toNanos();
    }

    /** Waits a little, so that those who write the same ConfigMap do not do so in step. */
    void afterConflict(String map) throws InterruptedException {
        next(map);
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(conflicts++, MAX_DOUBLINGS));
        timing.pause("store-conflict", timing.jitter(delay), new Semaphore(0));
    }

    /**
     * Goes on at once.
     *
     * @throws SourceUnavailableException if it was tried long enough
     */
    void next(String map) {
        attempts++;
        if (attempts > MAX_RETRIES || timing.nanoTime() - deadline > 0) {
            throw new SourceUnavailableException("writing the ConfigMap " + map + " was given up after " + attempts
                    + " attempts: each time it was not any more as it had been read; try again, and if that does not"
                    + " help look for who else writes it");
        }
    }
}
