package io.modelconnector.rhoai;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be read: tried again at the next poll, then less and less often, so that what fails for long
 * costs little.
 *
 * @param message why, in words that stay the same while the fault lasts
 * @param times how often in a row
 * @param retryAt when to try again
 */
record ReadFault(String message, int times, Instant retryAt) {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    static ReadFault after(@Nullable ReadFault before, String message, Instant now, Duration longestPause) {
        int times = before == null ? 1 : before.times + 1;
        if (times == 1) {
            return new ReadFault(message, times, now);
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 2, 20));
        return new ReadFault(message, times, now.plus(pause.compareTo(longestPause) < 0 ? pause : longestPause));
    }

    boolean isDue(Instant now) {
        return !now.isBefore(retryAt);
    }
}
