package io.modelconnector.core.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source is.
 *
 * @param source the source's name
 * @param status the worst status of its parts, or its own where a read failed as a whole
 * @param failure why the last read failed as a whole; null if it did not
 * @param parts its parts, sorted by name; empty before the first read
 */
public record SourceHealth(
        String source, HealthStatus status, @Nullable String failure, List<PartHealth> parts) {
    /** Copies the list. */
    public SourceHealth {
        parts = List.copyOf(parts);
    }
}
