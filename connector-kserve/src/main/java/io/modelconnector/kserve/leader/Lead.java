package io.modelconnector.kserve.leader;

import io.modelconnector.kserve.internal.Timing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lead, as the other threads see it: it ends by itself, even if nobody comes to say so. Thread-safe. */
final class Lead {
    private final Timing timing;
    private volatile @Nullable Term term;
    private boolean closed;

    Lead(Timing timing) {
        this.timing = timing;
    }

    Optional<Instant> since() {
        Term current = term;
        return current == null || timing.nanoTime() - current.deadline() >= 0
                ? Optional.empty()
                : Optional.of(current.since());
    }

    /**
     * Begins the lead or extends it.
     *
     * @param since since when
     * @param deadline until when, by the monotonic clock
     * @return whether that is possible; not after the end
     */
    synchronized boolean hold(Instant since, long deadline) {
        if (!closed) {
            term = new Term(since, deadline);
        }
        return !closed;
    }

    synchronized void drop() {
        term = null;
    }

    /** Drops the lead for good. */
    synchronized void close() {
        closed = true;
        term = null;
    }

    private record Term(Instant since, long deadline) {}
}
