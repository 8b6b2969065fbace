package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.ConfigMapVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** ConfigMaps that together hold values by key, each of them in one. Not thread-safe. */
final class MapSeries<V extends StoredValue<V>> {
    private final SeriesNames names;
    private final long capacity;
    private final BiFunction<String, byte[], V> decoder;
    private final TreeMap<Integer, NumberedMap<V>> maps = new TreeMap<>();
    private @Nullable Homes<V> homes;
    private long revision;

    /**
     * Creates a series of which nothing is known.
     *
     * @param capacity how much the keys and values of one ConfigMap may take
     * @param decoder makes what is kept in memory of a key and a value
     */
    MapSeries(SeriesNames names, long capacity, BiFunction<String, byte[], V> decoder) {
        this.names = names;
        this.capacity = capacity;
        this.decoder = decoder;
    }

    /**
     * Where each key is.
     *
     * @param byKey the map in which it counts
     * @param leftovers where else it is: a move was interrupted, or two processes added it
     */
    record Homes<V extends StoredValue<V>>(Map<String, NumberedMap<V>> byKey, List<Leftover<V>> leftovers) {}

    /** A value that does not count. */
    record Leftover<V extends StoredValue<V>>(String key, NumberedMap<V> map) {}

    long capacity() {
        return capacity;
    }

    V decode(String key, byte[] bytes) {
        return decoder.apply(key, bytes);
    }

    /** Which ConfigMap of the series has that name; -1 if none has. */
    int index(String name) {
        return names.index(name);
    }

    /** A ConfigMap, whether or not it is there. */
    NumberedMap<V> at(int index) {
        return maps.computeIfAbsent(index, i -> new NumberedMap<>(i, names.name(i), capacity));
    }

    /** All that were ever asked for, by number. */
    Collection<NumberedMap<V>> maps() {
        return Collections.unmodifiableCollection(maps.values());
    }

    /** The value that counts; null if there is none. */
    @Nullable
    V value(String key) {
        NumberedMap<V> home = homes().byKey().get(key);
        return home == null ? null : home.values().get(key);
    }

    void load(NumberedMap<V> map, @Nullable MapContent<V> content) {
        changed();
        if (content == null) {
            map.clear();
        } else {
            map.load(content);
        }
    }

    void written(MapChange<V> change, ConfigMapVersion version, boolean stillFilling) {
        changed();
        change.map().written(change, version, stillFilling);
    }

    /**
     * Where each key is. Of several values the newest counts, if they say so, else the one in the first map: that is
     * where other implementations write, and a move that was interrupted was never reported as done.
     */
    Homes<V> homes() {
        Homes<V> known = homes;
        if (known == null) {
            known = find();
            homes = known;
        }
        return known;
    }

    /** Grows with each change. */
    long revision() {
        return revision;
    }

    private void changed() {
        homes = null;
        revision++;
    }

    private Homes<V> find() {
        Map<String, NumberedMap<V>> byKey = new HashMap<>();
        List<Leftover<V>> leftovers = new ArrayList<>();
        for (NumberedMap<V> map : maps.values()) {
            map.values().forEach((key, value) -> {
                NumberedMap<V> other = byKey.putIfAbsent(key, map);
                if (other != null) {
                    boolean counts = other.hasOlder(key, value);
                    byKey.put(key, counts ? map : other);
                    leftovers.add(new Leftover<>(key, counts ? other : map));
                }
            });
        }
        return new Homes<>(byKey, leftovers);
    }
}
