package io.modelconnector.core.feed;

import io.modelconnector.core.source.SourcePart;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last good state of one part of a source, and what became of the reads since. Immutable: each read makes a new one.
 *
 * @param facts what is served of the part; null before its first complete read
 * @param lastCompleteRead when the last complete read began
 * @param failure why the last read failed; null if it did not
 * @param doubts the items that the last read missed and that are kept because so many were missing at once, each with the
 *     beginning of the read that missed it first
 */
record PartState(
        String name,
        @Nullable PartFacts facts,
        @Nullable Instant lastCompleteRead,
        @Nullable String failure,
        Map<String, Instant> doubts) {

    static PartState unread(String name) {
        return new PartState(name, null, null, null, Map.of());
    }

    /** A failed read says nothing of what was doubted: the next complete read is a first one again. */
    PartState failed(String cause) {
        return new PartState(name, facts, lastCompleteRead, cause, Map.of());
    }

    /** After a complete read, with what is left to doubt in it. */
    PartState read(PartFacts read, Instant began, Map<String, Instant> doubted) {
        return new PartState(name, facts != null && facts.sameAs(read) ? facts : read, began, null, doubted);
    }

    /** What a read had of the part, whether or not it is believed. */
    static PartFacts facts(SourcePart part) {
        return PartFacts.read(part.modelVersions(), part.servedModels(), part.problems());
    }

    HealthStatus status() {
        if (facts == null) {
            return failure == null ? HealthStatus.UNKNOWN : HealthStatus.DOWN;
        }
        return trouble() == null ? HealthStatus.UP : HealthStatus.STALE;
    }

    /** Why what is served of it may not be what it is: a failure or a doubt; null if there is no reason. */
    @Nullable
    String trouble() {
        if (failure != null || doubts.isEmpty()) {
            return failure;
        }
        return doubts.size()
                + " items are missing at once; they stay until another read, one poll interval later, agrees";
    }

    PartHealth health() {
        PartFacts known = facts == null ? PartFacts.NONE : facts;
        return new PartHealth(
                name,
                status(),
                lastCompleteRead,
                trouble(),
                known.modelVersions().size() + known.keptVersions().size(),
                known.servedModels().size() + known.keptServed().size(),
                known.problems());
    }
}
