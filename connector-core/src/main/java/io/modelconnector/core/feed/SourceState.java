package io.modelconnector.core.feed;

import io.modelconnector.core.source.SourceSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a source. Immutable: each read makes a new one.
 *
 * @param answered when the last read began that ended with a snapshot; null if none ever did
 * @param failure why the last read failed as a whole; null if it did not
 * @param parts its parts by name
 */
record SourceState(@Nullable Instant answered, @Nullable String failure, SortedMap<String, PartState> parts) {

    static SourceState unread() {
        return new SourceState(null, null, new TreeMap<>());
    }

    /** Whether every part was read completely once, so that nothing of the source is lacking in the feed. */
    boolean ready() {
        return answered != null && parts.values().stream().allMatch(part -> part.facts() != null);
    }

    /** Whether it has anything that can be served. */
    boolean hasFacts() {
        return parts.values().stream()
                .anyMatch(part -> part.facts() != null && !part.facts().isEmpty());
    }

    /** Whether items are missing that are not believed to be gone, so that the next read has to look at everything again. */
    boolean doubtful() {
        return parts.values().stream().anyMatch(part -> !part.doubts().isEmpty());
    }

    /** Whether the last read left something unread. */
    boolean failing() {
        return failure != null || parts.values().stream().anyMatch(part -> part.failure() != null);
    }

    SourceState failed(String cause) {
        SortedMap<String, PartState> failed = new TreeMap<>();
        parts.forEach((name, part) -> failed.put(name, part.failed(cause)));
        return new SourceState(answered, cause, failed);
    }

    SourceState read(SourceSnapshot snapshot, Instant began, RemovalGuard guard) {
        return new SourceState(began, null, SourceReading.of(parts, snapshot, began, guard));
    }

    SourceHealth health(String source) {
        return new SourceHealth(
                source,
                status(),
                failure,
                parts.values().stream().map(PartState::health).toList());
    }

    private HealthStatus status() {
        Collection<PartState> all = parts.values();
        if (all.isEmpty()) {
            return failure != null ? HealthStatus.DOWN : answered != null ? HealthStatus.UP : HealthStatus.UNKNOWN;
        }
        HealthStatus worst = all.stream()
                .map(PartState::status)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return failure != null && worst == HealthStatus.UP ? HealthStatus.STALE : worst;
    }
}
