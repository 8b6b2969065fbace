package io.modelconnector.kserve.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link ConfigMapEntryStore} did so far, and how full its ConfigMaps are.
 *
 * @param writes how often a ConfigMap was written
 * @param conflicts how often one was not written because somebody else had written it, so that it was tried again
 * @param reads how often one was read
 * @param bytes for each ConfigMap that is there, what its keys and values take, in bytes
 */
public record StoreStatistics(long writes, long conflicts, long reads, SortedMap<String, Long> bytes) {
    /** Copies the map. */
    public StoreStatistics {
        bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
    }
}
