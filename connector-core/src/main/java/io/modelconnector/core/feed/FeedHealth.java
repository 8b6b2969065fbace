package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.util.List;

/**
 * How the feed is, as a whole and by source. Immutable.
 *
 * @param published whether something is published, so that the feed can be served
 * @param entries how many entries are published
 * @param sources how each source is, in the order in which they were given to the feed
 * @param problems what went wrong with single items after they were read: collisions of names, unusable URLs, facts that
 *     two sources claim
 */
public record FeedHealth(boolean published, int entries, List<SourceHealth> sources, List<Problem> problems) {
    /** Copies the lists. */
    public FeedHealth {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
    }

    /** Whether what is served may be out of date or lacks a source: any source is not {@link HealthStatus#UP}. */
    public boolean degraded() {
        return sources.stream().anyMatch(source -> source.status() != HealthStatus.UP);
    }
}
