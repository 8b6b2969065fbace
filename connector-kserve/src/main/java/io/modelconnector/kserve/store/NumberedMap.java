package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.ConfigMapVersion;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one ConfigMap of a series, whether or not it is there. Not thread-safe. */
final class NumberedMap<V extends StoredValue<V>> {
    /** As many of our own writes may be ahead of what the watch tells of them. */
    private static final int VERSIONS = 64;

    private final int index;
    private final String name;
    private final long capacity;
    private final Set<String> knownVersions = new LinkedHashSet<>();

    private @Nullable ConfigMapVersion version;
    private Map<String, V> values = new HashMap<>();
    private Set<String> textKeys = Set.of();
    private boolean filling;
    private boolean seen;
    private long used;
    private long limit;

    NumberedMap(int index, String name, long capacity) {
        this.index = index;
        this.name = name;
        this.capacity = capacity;
        this.limit = capacity;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    /** Whether there is such a ConfigMap. */
    boolean exists() {
        return version != null;
    }

    /** Which state of it is known; null if it is not there. */
    @Nullable
    ConfigMapVersion version() {
        return version;
    }

    /** Whether it says that the store is being filled for the first time. */
    boolean isFilling() {
        return filling;
    }

    /** Its values by key. */
    Map<String, V> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Whether what it has under a key is as good as a value. */
    boolean hasSame(String key, V value) {
        V stored = values.get(key);
        return stored != null && value.sameAs(stored);
    }

    /** Whether what it has under a key is older than a value. */
    boolean hasOlder(String key, V value) {
        V stored = values.get(key);
        return stored != null && value.isNewerThan(stored);
    }

    /** How much its keys and values take. */
    long used() {
        return used;
    }

    /** How much they may take. */
    long limit() {
        return limit;
    }

    /** Whether somebody has a text under that key, so that no other value can be. */
    boolean hasText(String key) {
        return textKeys.contains(key);
    }

    /** Takes notice of the state that the watch tells of, and says whether it has to be read. */
    boolean isNews(ConfigMapVersion told) {
        seen = version != null && version.uid().equals(told.uid());
        return version == null || !knownVersions.contains(told.resourceVersion());
    }

    /** Whether the watch told of it, so that it is gone when the watch does not tell of it any more. */
    boolean wasSeen() {
        return seen;
    }

    /** Takes what was read. */
    void load(MapContent<V> content) {
        boolean another =
                version == null || !version.uid().equals(content.version().uid());
        seen &= !another;
        know(content.version());
        values = new HashMap<>(content.values());
        textKeys = content.textKeys();
        filling = content.filling();
        limit = capacity;
        used = content.textBytes();
        values.forEach((key, value) -> used += key.length() + value.bytes());
    }

    /** It is not there any more. */
    void clear() {
        version = null;
        seen = false;
        values = new HashMap<>();
        textKeys = Set.of();
        filling = false;
        limit = capacity;
        used = 0;
    }

    /** Takes what we wrote. */
    void written(MapChange<V> change, ConfigMapVersion now, boolean stillFilling) {
        know(now);
        filling = stillFilling;
        change.removes().forEach(this::remove);
        change.puts().forEach((key, put) -> {
            remove(key);
            values.put(key, put.value());
            used += key.length() + put.value().bytes();
        });
    }

    /** The server does not take that much: from now on no more than half of it, or what is in it already. */
    void refuse(long size) {
        limit = Math.max(used, size / 2);
    }

    private void remove(String key) {
        V value = values.remove(key);
        if (value != null) {
            used -= key.length() + value.bytes();
        }
    }

    private void know(ConfigMapVersion now) {
        version = now;
        knownVersions.add(now.resourceVersion());
        if (knownVersions.size() > VERSIONS) {
            Iterator<String> oldest = knownVersions.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
