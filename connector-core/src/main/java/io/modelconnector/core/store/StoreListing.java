package io.modelconnector.core.store;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store has.
 *
 * @param digests each import key with the {@linkplain StoredEntry#digest() digest} of its entry; an empty text where the
 *     store cannot tell
 * @param complete whether what it has was ever said to be everything. While it is false, the store is being filled for the
 *     first time, and what is missing in it is not gone
 */
public record StoreListing(SortedMap<String, String> digests, boolean complete) {
    /** Copies the map. */
    public StoreListing {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** A listing of entries in any order. */
    public static StoreListing of(Map<String, String> digests, boolean complete) {
        return new StoreListing(new TreeMap<>(digests), complete);
    }
}
