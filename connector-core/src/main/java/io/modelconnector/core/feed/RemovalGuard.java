package io.modelconnector.core.feed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Doubts a complete read that would remove many items at once: registries that restart answer short or empty lists.
 *
 * @param items up to this many may go at once
 * @param fraction up to this fraction of the items may go at once
 * @param confirmation how long after the read that missed an item first another one has to begin to be believed
 */
record RemovalGuard(int items, double fraction, Duration confirmation) {
    boolean doubts(int missing, int known) {
        return missing > items && missing > known * fraction;
    }

    boolean confirmed(@Nullable Instant firstMissed, Instant now) {
        return firstMissed != null && !now.isBefore(firstMissed.plus(confirmation));
    }
}
