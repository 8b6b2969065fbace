package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedHealth;
import io.modelconnector.core.feed.FeedProvenance;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.PartHealth;
import io.modelconnector.core.feed.SourceHealth;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to show at one moment: the entries, how the sources are, and what is wrong with which entry.
 *
 * @param at when that was
 * @param problems all problems, those of sources first
 * @param byItem the same problems by the item that they are about
 */
record FeedMoment(
        FeedSnapshot snapshot,
        FeedHealth health,
        FeedProvenance provenance,
        Instant at,
        List<KnownProblem> problems,
        Map<String, List<KnownProblem>> byItem) {

    static FeedMoment of(ModelFeed feed, Instant at) {
        FeedHealth health = feed.health();
        List<KnownProblem> problems = new ArrayList<>();
        for (SourceHealth source : health.sources()) {
            for (PartHealth part : source.parts()) {
                add(problems, teller(source.source(), part.name()), part.problems());
            }
        }
        add(problems, "Feed", health.problems());
        if (health.store() != null) {
            add(problems, "Store", health.store().problems());
        }
        Map<String, List<KnownProblem>> byItem = new HashMap<>();
        for (KnownProblem problem : problems) {
            byItem.computeIfAbsent(problem.problem().item(), item -> new ArrayList<>(1))
                    .add(problem);
        }
        return new FeedMoment(
                feed.snapshot(), health, feed.provenance(), at, List.copyOf(problems), Map.copyOf(byItem));
    }

    private static void add(List<KnownProblem> all, String teller, List<Problem> problems) {
        problems.forEach(problem -> all.add(new KnownProblem(teller, problem)));
    }

    /** How a part is called: with its source, and without a name where it is all of it. */
    static String teller(String source, String part) {
        return part.equals(SourcePart.ONLY) ? source : source + ", " + part;
    }

    /** The problems of an entry, whatever name it has in them. */
    List<KnownProblem> problems(FeedEntry entry) {
        if (byItem.isEmpty()) {
            return List.of();
        }
        EntryKey key = entry.key();
        List<KnownProblem> found = new ArrayList<>();
        for (String name : List.of(entry.entry().origin().id(), key.toString(), key.importKey())) {
            found.addAll(byItem.getOrDefault(name, List.of()));
        }
        return found;
    }

    /** Where an entry comes from; nothing for one that only the store has. */
    Optional<FeedProvenance.Finding> finding(FeedEntry entry) {
        return provenance.of(entry.entry().origin());
    }

    /** Whether an entry may be out of date: its source could not be read at last, or the store stands in for it. */
    boolean stale(FeedEntry entry) {
        return entry.standsIn()
                || finding(entry)
                        .map(FeedProvenance.Finding::status)
                        .filter(status -> status != HealthStatus.UP)
                        .isPresent();
    }
}
