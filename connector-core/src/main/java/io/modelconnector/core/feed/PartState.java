package io.modelconnector.core.feed;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last good state of one part of a source, and what became of the reads since. Immutable: each read makes a new one.
 *
 * @param facts what is served of the part; null before its first complete read
 * @param lastCompleteRead when it was last read completely
 * @param failure why it is stale; null if it is not
 * @param doubtedSince since when it misses so many items that the read is not believed; null if it is believed
 */
record PartState(
        String name,
        @Nullable PartFacts facts,
        @Nullable Instant lastCompleteRead,
        @Nullable String failure,
        @Nullable Instant doubtedSince) {

    static PartState unread(String name) {
        return new PartState(name, null, null, null, null);
    }

    PartState failed(ConnectorException cause) {
        return failed(String.valueOf(cause.getMessage()));
    }

    PartState failed(String cause) {
        return new PartState(name, facts, lastCompleteRead, cause, doubtedSince);
    }

    /** What the part is after a complete read. Items that are missing go, unless a problem or the guard speaks for them. */
    PartState read(SourcePart part, Instant now, RemovalGuard guard) {
        Map<String, RegisteredModelVersion> versions = new LinkedHashMap<>();
        Map<String, ServedModel> served = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>(part.problems());
        index(part.modelVersions(), RegisteredModelVersion::id, versions, problems);
        index(part.servedModels(), ServedModel::id, served, problems);

        Instant doubted = null;
        String doubt = null;
        if (facts != null) {
            Set<String> unreadable = part.problems().stream().map(Problem::item).collect(Collectors.toSet());
            Set<String> missing = missing(facts, versions, served);
            Set<String> kept = new HashSet<>(missing);
            kept.retainAll(unreadable);
            missing.removeAll(kept);
            if (guard.doubts(missing.size(), facts.size()) && !guard.confirmed(doubtedSince, now)) {
                doubted = doubtedSince != null ? doubtedSince : now;
                doubt = missing.size() + " of " + facts.size()
                        + " items are missing at once; they stay until another read, one poll interval later, agrees";
                kept.addAll(missing);
            }
            keep(facts.modelVersions(), RegisteredModelVersion::id, kept, versions);
            keep(facts.servedModels(), ServedModel::id, kept, served);
        }
        PartFacts read =
                new PartFacts(List.copyOf(versions.values()), List.copyOf(served.values()), List.copyOf(problems));
        return new PartState(name, facts != null && facts.sameAs(read) ? facts : read, now, doubt, doubted);
    }

    /** What becomes of the part when the source no longer has it: null if it goes, itself while that is doubted. */
    @Nullable
    PartState gone(Instant now, RemovalGuard guard) {
        if (facts == null || !guard.doubts(facts.size(), facts.size()) || guard.confirmed(doubtedSince, now)) {
            return null;
        }
        String doubt = "the source no longer has it; its " + facts.size()
                + " items stay until another read, one poll interval later, agrees";
        return new PartState(name, facts, lastCompleteRead, doubt, doubtedSince != null ? doubtedSince : now);
    }

    HealthStatus status() {
        if (facts == null) {
            return failure == null ? HealthStatus.UNKNOWN : HealthStatus.DOWN;
        }
        return failure == null ? HealthStatus.UP : HealthStatus.STALE;
    }

    PartHealth health() {
        PartFacts known = facts == null ? PartFacts.NONE : facts;
        return new PartHealth(
                name,
                status(),
                lastCompleteRead,
                failure,
                known.modelVersions().size(),
                known.servedModels().size(),
                known.problems());
    }

    private static Set<String> missing(
            PartFacts before, Map<String, RegisteredModelVersion> versions, Map<String, ServedModel> served) {
        Set<String> missing = new HashSet<>();
        for (RegisteredModelVersion version : before.modelVersions()) {
            if (!versions.containsKey(version.id())) {
                missing.add(version.id());
            }
        }
        for (ServedModel model : before.servedModels()) {
            if (!served.containsKey(model.id())) {
                missing.add(model.id());
            }
        }
        return missing;
    }

    private static <T> void index(List<T> facts, Function<T, String> id, Map<String, T> byId, List<Problem> problems) {
        for (T fact : facts) {
            if (byId.putIfAbsent(id.apply(fact), fact) != null) {
                problems.add(new Problem(id.apply(fact), "the source reported it twice; the first is used"));
            }
        }
    }

    private static <T> void keep(List<T> before, Function<T, String> id, Set<String> kept, Map<String, T> byId) {
        for (T fact : before) {
            if (kept.contains(id.apply(fact))) {
                byId.put(id.apply(fact), fact);
            }
        }
    }
}
