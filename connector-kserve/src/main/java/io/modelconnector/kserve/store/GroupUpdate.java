package io.modelconnector.kserve.store;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An update that is made together with others, maybe in several attempts. Not thread-safe. */
final class GroupUpdate {
    private final StoreUpdate update;
    private final Set<String> added = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private boolean resolved;

    GroupUpdate(StoreUpdate update) {
        this.update = update;
    }

    StoreUpdate update() {
        return update;
    }

    /** Notes that a key is new, which only the first attempt can tell. */
    void noteAdded(String key) {
        if (!resolved) {
            added.add(key);
        }
    }

    /**
     * The keys that the key set removes: those that were there when the update came. What another process adds while we
     * try is newer than the key set.
     */
    Set<String> removals(Supplier<Set<String>> keys) {
        Set<String> keySet = update.keySet();
        if (!resolved && keySet != null) {
            keys.get().stream().filter(key -> !keySet.contains(key)).forEach(removed::add);
        }
        resolved = true;
        return removed;
    }

    /** What became of it. */
    StoreOutcome outcome(Function<String, @Nullable Problem> problems) {
        Stream<String> keys = update.entries().stream().map(StoredEntry::key).map(key -> key.importKey());
        List<Problem> ours = keys.map(problems).filter(Objects::nonNull).toList();
        return new StoreOutcome(without(added, removed), without(removed, added), ours);
    }

    private static Set<String> without(Set<String> keys, Set<String> others) {
        Set<String> rest = new HashSet<>(keys);
        rest.removeAll(others);
        return rest;
    }
}
