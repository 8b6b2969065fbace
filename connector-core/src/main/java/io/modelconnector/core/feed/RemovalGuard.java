package io.modelconnector.core.feed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Doubts a complete read that would remove many items at once: registries that restart answer short or empty lists.
 *
 * @param items up to this many may go at once
 * @param fraction up to this fraction of the items of a part may go at once
 * @param confirmation how long after the first doubt a read is believed that says the same
 */
record RemovalGuard(int items, double fraction, Duration confirmation) {
    boolean doubts(int missing, int known) {
        return missing > items && missing > known * fraction;
    }

    boolean confirmed(@Nullable Instant doubtedSince, Instant now) {
        return doubtedSince != null && !now.isBefore(doubtedSince.plus(confirmation));
    }
}
