package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the feed is, as a whole and by source. Immutable.
 *
 * @param published whether something is published, so that the feed can be served
 * @param entries how many entries are published
 * @param failure why the last publication failed, in which case the feed stays as it was; null if it did not
 * @param sources how each source is, in the order in which they were given to the feed
 * @param problems what went wrong with single items after they were read: collisions of names, unusable URLs, facts that
 *     two sources claim
 * @param store how the store is in which the feed is kept; null if it is kept in none
 */
public record FeedHealth(
        boolean published,
        int entries,
        @Nullable String failure,
        List<SourceHealth> sources,
        List<Problem> problems,
        @Nullable StoreHealth store) {
    /** Copies the lists. */
    public FeedHealth {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
    }

    /**
     * Whether what is served may be out of date or lacks a source: it cannot be published, a source is not up, or the store is
     * {@linkplain StoreHealth#degraded() degraded}.
     */
    public boolean degraded() {
        return failure != null
                || (store != null && store.degraded())
                || sources.stream().anyMatch(source -> source.status() != HealthStatus.UP);
    }
}
