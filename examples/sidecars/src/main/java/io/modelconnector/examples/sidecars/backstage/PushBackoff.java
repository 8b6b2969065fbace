package io.modelconnector.examples.sidecars.backstage;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to leave Backstage alone after another failure. Not thread-safe. */
final class PushBackoff {
    /** A Backstage that restarts is back within a minute, and until then entries are missing there. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration SHORT_MAX = Duration.ofSeconds(15);
    /** Somebody has to mend something first. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final Duration LONG_MAX = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private final DoubleSupplier random;
    private int failures;

    PushBackoff(DoubleSupplier random) {
        this.random = random;
    }

    /** All is well again. */
    void reset() {
        failures = 0;
    }

    /** The delay after a failure, between half of a time that grows and all of it; longer where Backstage asks for more. */
    Duration after(PushFailure failure) {
        Duration full = failure.error().retryable() ? grown(SHORT, SHORT_MAX) : grown(LONG, LONG_MAX);
        long nanos = full.toNanos();
        Duration own = Duration.ofNanos(nanos - (long) (random.getAsDouble() * (nanos / 2.0)));
        Duration wish = failure.retryAfter();
        if (wish == null || wish.compareTo(own) <= 0) {
            return own;
        }
        return wish.compareTo(RETRY_AFTER_MAX) < 0 ? wish : RETRY_AFTER_MAX;
    }

    private Duration grown(Duration first, Duration most) {
        Duration delay = first.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS));
        return delay.compareTo(most) < 0 ? delay : most;
    }
}
