package io.modelconnector.kserve.store;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to change in one ConfigMap, all in one write. Not thread-safe. */
final class MapChange<V extends StoredValue<V>> {
    private final NumberedMap<V> map;
    private final Map<String, Put<V>> puts = new LinkedHashMap<>();
    private final Set<String> removes = new LinkedHashSet<>();
    private final Map<String, NumberedMap<V>> moves = new LinkedHashMap<>();
    private boolean completes;
    private long size;

    MapChange(NumberedMap<V> map) {
        this.map = map;
        this.size = map.used();
    }

    NumberedMap<V> map() {
        return map;
    }

    /** The values to write. */
    Map<String, Put<V>> puts() {
        return Collections.unmodifiableMap(puts);
    }

    /** The keys to remove. */
    Set<String> removes() {
        return Collections.unmodifiableSet(removes);
    }

    /** Whether to say that the store was filled once. */
    boolean completes() {
        return completes;
    }

    /** How much the ConfigMap takes when the change was made. */
    long size() {
        return size;
    }

    boolean isEmpty() {
        return puts.isEmpty() && removes.isEmpty() && !completes;
    }

    /**
     * Whether there is room for a value. What only moves away makes none, as it goes after it arrived; what does not grow
     * always has room, also where others put in more than we do.
     */
    boolean fits(String key, Put<V> put) {
        int growth = growth(key, put);
        return !map.hasText(key) && (growth <= 0 || size + growth <= map.limit());
    }

    void put(String key, Put<V> put) {
        size += growth(key, put);
        puts.put(key, put);
    }

    void remove(String key) {
        V value = map.values().get(key);
        if (value != null && removes.add(key)) {
            size -= key.length() + value.bytes();
        }
    }

    /** Removes what is to be in another map, once it is there. */
    void move(String key, NumberedMap<V> target) {
        removes.add(key);
        moves.put(key, target);
    }

    void complete() {
        completes = true;
    }

    /** Whether it has to come after others: what moves arrives first, and the store is complete when all is in it. */
    boolean waitsFor(Collection<MapChange<V>> others) {
        return others.stream()
                .anyMatch(other -> other != this && ((completes && !other.puts.isEmpty()) || movesTo(other)));
    }

    private boolean movesTo(MapChange<V> other) {
        return moves.entrySet().stream()
                .anyMatch(move -> move.getValue() == other.map && other.puts.containsKey(move.getKey()));
    }

    /** Takes out what need not wait for others. */
    MapChange<V> splitOffReady() {
        MapChange<V> ready = new MapChange<>(map);
        ready.puts.putAll(puts);
        removes.stream().filter(key -> !moves.containsKey(key)).forEach(ready.removes::add);
        ready.size = size;
        puts.clear();
        removes.removeAll(ready.removes);
        return ready;
    }

    /** The only key of the ConfigMap after the change; null if it has more. */
    @Nullable
    String onlyKey() {
        return puts.size() == 1 && map.used() == 0 ? puts.keySet().iterator().next() : null;
    }

    private int growth(String key, Put<V> put) {
        V before = map.values().get(key);
        return put.value().bytes() - (before == null ? -key.length() : before.bytes());
    }
}
