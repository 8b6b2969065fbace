package io.modelconnector.core.feed;

import io.modelconnector.core.entity.EntryOrigin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which source an entry comes from, and which part of it, at one moment. Immutable and thread-safe. */
public final class FeedProvenance {
    private final Map<String, Finding> findings;

    private FeedProvenance(Map<String, Finding> findings) {
        this.findings = findings;
    }

    /** Goes through everything that the sources have, given by their names in the order in which the feed has them. */
    static FeedProvenance of(Map<String, SourceState> sources) {
        Map<String, Finding> findings = new HashMap<>();
        sources.forEach((source, state) -> {
            for (PartState part : state.parts().values()) {
                PartFacts facts = part.facts();
                if (facts != null) {
                    Finding finding = new Finding(source, part.name(), part.status());
                    // Where several sources have one fact, the feed takes that of the first.
                    facts.ids().forEach(id -> findings.putIfAbsent(id, finding));
                }
            }
        });
        return new FeedProvenance(findings);
    }

    /**
     * Finds where an entry comes from.
     *
     * @param origin the entry's origin
     * @return where; nothing for an entry that no source shows, such as one that only a store has
     */
    public Optional<Finding> of(EntryOrigin origin) {
        return Optional.ofNullable(findings.get(origin.id()));
    }

    /**
     * A part of a source that has an entry.
     *
     * @param source the source's name
     * @param part the part's name
     * @param status how the part is: what is served of it is not from its last read unless it is {@link HealthStatus#UP}
     */
    public record Finding(String source, String part, HealthStatus status) {}
}
