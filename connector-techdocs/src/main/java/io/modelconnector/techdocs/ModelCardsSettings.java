package io.modelconnector.techdocs;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a {@link ModelCardsBuilder} collects; see there.
 *
 * @param clock gives nanoseconds that only grow
 */
record ModelCardsSettings(
        long maxBytes,
        int maxCardBytes,
        Duration refreshInterval,
        Duration retryInterval,
        Duration loadTimeout,
        int concurrency,
        CardCleaning cleaning,
        LongSupplier clock) {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_REVIEW = Duration.ofSeconds(30);
    private static final Duration SHORTEST_REVIEW = Duration.ofMillis(10);

    /** How long a card that just failed, and of which there is no text, fails without another attempt. */
    Duration failurePause() {
        return shorter(LONGEST_PAUSE, retryInterval);
    }

    /** How often it is looked for cards that are to be read again. */
    Duration reviewInterval() {
        Duration half = shorter(refreshInterval, retryInterval).dividedBy(2);
        return half.compareTo(SHORTEST_REVIEW) < 0 ? SHORTEST_REVIEW : shorter(LONGEST_REVIEW, half);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
