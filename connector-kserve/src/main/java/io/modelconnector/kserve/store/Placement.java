package io.modelconnector.kserve.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which ConfigMap of a series takes which value. What is stored stays where it is; a new value goes into the first
 * map that has room, so that as long as one is enough there is one; a value that outgrows its map moves. Not thread-safe.
 */
final class Placement<V extends StoredValue<V>> {
    private final MapSeries<V> series;
    private final Map<Integer, MapChange<V>> changes = new TreeMap<>();
    private final Set<String> unplaced = new LinkedHashSet<>();

    Placement(MapSeries<V> series) {
        this.series = series;
    }

    /** Removes keys, wherever they are. */
    void remove(Collection<String> keys) {
        for (NumberedMap<V> map : series.maps()) {
            keys.stream().filter(map.values()::containsKey).forEach(change(map)::remove);
        }
    }

    /** Finds a place for values. */
    void put(Map<String, Put<V>> puts) {
        List<Wanted<V>> wanted = new ArrayList<>();
        puts.forEach((key, put) -> wanted.add(wanted(key, put)));
        // What shrinks makes room for what grows, and both come before what is new.
        wanted.sort(Comparator.comparingInt(Wanted::rank));
        wanted.forEach(this::place);
    }

    /**
     * Removes values that are older than the one that counts, except of keys for which something else was decided. Where
     * neither says to be older, another process may be moving the one into the map of the other just now, and would remove
     * the one that we keep; they stay until the key is written or removed.
     */
    void dropLeftovers(Set<String> decided) {
        for (MapSeries.Leftover<V> leftover : series.homes().leftovers()) {
            NumberedMap<V> home = series.homes().byKey().get(leftover.key());
            V counting = home == null ? null : home.values().get(leftover.key());
            if (home != null
                    && counting != null
                    && leftover.map().hasOlder(leftover.key(), counting)
                    && !decided.contains(leftover.key())) {
                change(leftover.map()).move(leftover.key(), home);
            }
        }
    }

    /** Has the first map say that the store was filled once. */
    void complete() {
        change(series.at(0)).complete();
    }

    /** The keys that no map can take. */
    Set<String> unplaced() {
        return unplaced;
    }

    /** The writes, in an order in which being interrupted after any of them loses nothing. */
    List<MapChange<V>> steps() {
        List<MapChange<V>> open = new ArrayList<>(
                changes.values().stream().filter(c -> !c.isEmpty()).toList());
        List<MapChange<V>> steps = new ArrayList<>();
        while (!open.isEmpty()) {
            MapChange<V> next =
                    open.stream().filter(c -> !c.waitsFor(open)).findFirst().orElse(null);
            if (next != null) {
                open.remove(next);
                steps.add(next);
            } else {
                // They wait for each other, which costs one write more.
                steps.add(firstWithPuts(open).splitOffReady());
            }
        }
        return steps;
    }

    private MapChange<V> firstWithPuts(List<MapChange<V>> open) {
        return open.stream().filter(c -> !c.puts().isEmpty()).findFirst().orElseThrow();
    }

    private Wanted<V> wanted(String key, Put<V> put) {
        List<NumberedMap<V>> holders =
                series.maps().stream().filter(m -> m.values().containsKey(key)).toList();
        NumberedMap<V> home = series.homes().byKey().get(key);
        for (NumberedMap<V> holder : holders) {
            // Half of a move was made before: the other half is missing.
            if (holder.hasSame(key, put.value())) {
                home = holder;
            }
        }
        return new Wanted<>(key, put, home, holders);
    }

    private void place(Wanted<V> wanted) {
        NumberedMap<V> target = target(wanted);
        if (target == null) {
            unplaced.add(wanted.key());
            return;
        }
        if (!wanted.isIn(target)) {
            change(target).put(wanted.key(), wanted.put());
        }
        wanted.holders().stream()
                .filter(holder -> holder != target)
                .forEach(holder -> change(holder).move(wanted.key(), target));
    }

    private @Nullable NumberedMap<V> target(Wanted<V> wanted) {
        String key = wanted.key();
        Put<V> put = wanted.put();
        NumberedMap<V> home = wanted.home();
        if (home != null && (wanted.isIn(home) || change(home).fits(key, put))) {
            return home;
        }
        if (key.length() + put.value().bytes() > series.capacity()) {
            return null;
        }
        int index = 0;
        while (!change(series.at(index)).fits(key, put)) {
            index++;
        }
        return series.at(index);
    }

    private MapChange<V> change(NumberedMap<V> map) {
        return changes.computeIfAbsent(map.index(), index -> new MapChange<>(map));
    }

    /**
     * A value that wants a place.
     *
     * @param home the map in which its key counts; null if its key is new
     * @param holders the maps in which its key is
     */
    private record Wanted<V extends StoredValue<V>>(
            String key, Put<V> put, @Nullable NumberedMap<V> home, List<NumberedMap<V>> holders) {
        boolean isIn(NumberedMap<V> map) {
            return map.hasSame(key, put.value());
        }

        int rank() {
            V before = home == null ? null : home.values().get(key);
            if (before == null) {
                return 2;
            }
            return put.value().bytes() <= before.bytes() ? 0 : 1;
        }
    }
}
