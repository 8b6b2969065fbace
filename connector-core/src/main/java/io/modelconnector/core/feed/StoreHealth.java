package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the store is in which the feed is kept. Immutable.
 *
 * @param status {@link HealthStatus#UP} if the store answered at last, {@link HealthStatus#STALE} if it fails now, so that
 *     it may not have what is published, {@link HealthStatus#DOWN} if it has never answered, {@link HealthStatus#UNKNOWN}
 *     if it was not asked yet
 * @param failure why it fails; null if it does not
 * @param lastSuccess when it was last found, or made, to be as the feed is; for a process that may not write, when it was
 *     last read; null if that never was
 * @param waiting how many entries are published and not written yet
 * @param standingIn how many entries are published as the store has them, because the sources could not be read since the
 *     start or are not believed
 * @param problems what is wrong with what is stored
 */
public record StoreHealth(
        HealthStatus status,
        @Nullable String failure,
        @Nullable Instant lastSuccess,
        int waiting,
        int standingIn,
        List<Problem> problems) {
    /** Copies the list. */
    public StoreHealth {
        problems = List.copyOf(problems);
    }

    /** Whether the store may lack what is published, or what is published of it may be out of date. */
    public boolean degraded() {
        return status != HealthStatus.UP || standingIn > 0;
    }
}
