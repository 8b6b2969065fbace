package io.modelconnector.kserve.store;

import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is done. Thread-safe. */
final class StoreCounters {
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();

    void countWrite() {
        writes.incrementAndGet();
    }

    void countConflict() {
        conflicts.incrementAndGet();
    }

    void countRead() {
        reads.incrementAndGet();
    }

    StoreStatistics statistics(SortedMap<String, Long> bytes) {
        return new StoreStatistics(writes.get(), conflicts.get(), reads.get(), bytes);
    }
}
