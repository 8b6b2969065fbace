package io.modelconnector.core.feed;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after a failure: a second, doubled with each further one, and some jitter. */
final class RetryDelay {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLED_AT_MOST = 16;

    private RetryDelay() {}

    /**
     * The next wait.
     *
     * @param failures how many failures there were in a row, at least one
     * @param longest how long to wait at most
     */
    static Duration after(int failures, Duration longest) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, DOUBLED_AT_MOST);
        Duration jittered =
                Duration.ofMillis(doubled + ThreadLocalRandom.current().nextLong(doubled / 4 + 1));
        return jittered.compareTo(longest) < 0 ? jittered : longest;
    }
}
