package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns a snapshot of a source into the next state of its parts: what is missing in a complete read goes, unless a problem
 * says that it could not be read, or so much is missing at once that it is doubted. Doubt falls on a part that misses many of
 * its items, and on all parts together that miss many of the source's.
 */
final class SourceReading {
    private final Map<String, PartState> before;
    private final Instant began;
    private final RemovalGuard guard;
    private final SortedMap<String, PartState> after = new TreeMap<>();
    private final Map<String, PartFacts> read = new HashMap<>();
    private final Map<String, Set<String>> missing = new HashMap<>();
    private int missingInAll;
    private int visibleInAll;

    private SourceReading(Map<String, PartState> before, Instant began, RemovalGuard guard) {
        this.before = before;
        this.began = began;
        this.guard = guard;
    }

    static SortedMap<String, PartState> of(
            Map<String, PartState> before, SourceSnapshot snapshot, Instant began, RemovalGuard guard) {
        SourceReading reading = new SourceReading(before, began, guard);
        snapshot.parts().forEach(reading::compare);
        before.values().forEach(reading::compareGone);
        reading.read.keySet().forEach(reading::conclude);
        return reading.after;
    }

    private void compare(SourcePart part) {
        PartState known = before.getOrDefault(part.name(), PartState.unread(part.name()));
        if (part.failure() != null) {
            PartState failed = known.failed(String.valueOf(part.failure().getMessage()));
            after.put(part.name(), failed);
            visibleInAll += failed.facts() == null ? 0 : failed.facts().visible();
            return;
        }
        PartFacts now = PartState.facts(part);
        if (known.facts() != null && known.doubts().isEmpty() && known.facts().sameAs(now)) {
            visibleInAll += known.facts().visible();
            after.put(part.name(), known.read(known.facts(), began, Map.of()));
            return;
        }
        compare(known, now);
    }

    /** A part that the source no longer has is one of which every item is missing. */
    private void compareGone(PartState known) {
        if (!after.containsKey(known.name()) && !read.containsKey(known.name())) {
            compare(known, PartFacts.NONE);
        }
    }

    private void compare(PartState known, PartFacts now) {
        Set<String> gone = new HashSet<>();
        if (known.facts() != null) {
            Set<String> visible = known.facts().visibleIds();
            visibleInAll += visible.size();
            gone.addAll(visible);
            gone.removeAll(now.visibleIds());
            now.problems().stream().map(Problem::item).forEach(gone::remove);
            agreed(known, gone).forEach(gone::remove);
        }
        read.put(known.name(), now);
        missing.put(known.name(), gone);
        missingInAll += gone.size();
    }

    /** The items that an earlier read missed, too, long enough ago. */
    private Set<String> agreed(PartState known, Set<String> gone) {
        Set<String> agreed = new HashSet<>(gone);
        agreed.removeIf(id -> !guard.confirmed(known.doubts().get(id), began));
        return agreed;
    }

    private void conclude(String name) {
        PartState known = before.getOrDefault(name, PartState.unread(name));
        PartFacts earlier = known.facts() == null ? PartFacts.NONE : known.facts();
        PartFacts now = read.getOrDefault(name, PartFacts.NONE);
        Set<String> gone = missing.getOrDefault(name, Set.of());
        boolean doubted = guard.doubts(gone.size(), earlier.visible()) || guard.doubts(missingInAll, visibleInAll);
        Map<String, Instant> doubts = new HashMap<>();
        if (doubted) {
            gone.forEach(id -> doubts.put(id, firstMissed(known, id)));
        }
        Set<String> kept = unreadable(earlier, now);
        kept.addAll(doubts.keySet());
        PartState state = known.read(now.keeping(earlier, kept), began, Map.copyOf(doubts));
        boolean stillThere = now != PartFacts.NONE;
        if (stillThere || !doubts.isEmpty()) {
            after.put(name, state);
        }
    }

    private Instant firstMissed(PartState known, String id) {
        Instant first = known.doubts().get(id);
        return first == null ? began : first;
    }

    /** Items that the read lacks because they could not be read. */
    private static Set<String> unreadable(PartFacts earlier, PartFacts now) {
        Set<String> unreadable = new HashSet<>();
        now.problems().forEach(problem -> unreadable.add(problem.item()));
        if (!unreadable.isEmpty()) {
            unreadable.retainAll(earlier.ids());
            unreadable.removeAll(now.ids());
        }
        return unreadable;
    }
}
