package io.modelconnector.kserve.internal;

import java.time.Duration;

/** How long to leave the server alone after another failure. Not thread-safe. */
final class Backoff {
    /** An API server that restarts is back within seconds, and until then the entries are stale. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final Duration SHORT_MAX = Duration.ofSeconds(10);
    /** Somebody has to install a CRD or grant access first; a minute is soon enough, and costs the server nothing. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final Duration LONG_MAX = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);
    private static final int MAX_DOUBLINGS = 10;

    private final Timing timing;
    private int failures;
    private boolean endedEarly;
    private boolean gone;

    Backoff(Timing timing) {
        this.timing = timing;
    }

    /** All is well again. */
    void reset() {
        failures = 0;
        endedEarly = false;
        gone = false;
    }

    /** The server's own wish counts where it is longer, within reason. */
    Duration after(CallFailure failure) {
        Duration own = timing.jitter(
                switch (failure.reason()) {
                    case ABSENT, FORBIDDEN, REFUSED -> grown(LONG, LONG_MAX);
                    case GONE, UNAVAILABLE, MALFORMED -> grown(SHORT, SHORT_MAX);
                });
        Duration wish = failure.retryAfter();
        if (wish == null || wish.compareTo(own) <= 0) {
            return own;
        }
        return wish.compareTo(RETRY_AFTER_MAX) < 0 ? wish : RETRY_AFTER_MAX;
    }

    /** Nothing the first time, as one watch that ends early is nothing; then as after failures. */
    Duration afterEarlyEnd() {
        boolean first = !endedEarly;
        endedEarly = true;
        return first ? Duration.ZERO : timing.jitter(grown(SHORT, SHORT_MAX));
    }

    /** Nothing the first time, as a watch that is too old only needs a new list; then as after failures. */
    Duration afterGone() {
        boolean first = !gone;
        gone = true;
        return first ? Duration.ZERO : timing.jitter(grown(SHORT, SHORT_MAX));
    }

    private Duration grown(Duration first, Duration most) {
        Duration delay = first.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS));
        return delay.compareTo(most) < 0 ? delay : most;
    }
}
