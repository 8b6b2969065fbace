package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What the feed asks of a read.
 *
 * @param fresh whether the read must look at everything again instead of asking only for what changed: the feed doubts
 *     what it was told, for instance because most of the entries were suddenly gone
 * @param timeLimit after how long the read is interrupted and counted as failed
 */
public record ReadContext(boolean fresh, Duration timeLimit) {
    /** Checks that nothing is null. */
    public ReadContext {
        requireNonNull(timeLimit, "timeLimit");
    }
}
