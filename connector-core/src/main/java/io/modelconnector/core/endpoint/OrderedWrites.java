package io.modelconnector.core.endpoint;

import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;

/**
 * Writes to a store and tells listeners, in the same order for each key: whoever passes changes on must not pass the older
 * of two last. Writes of different entries go on at the same time, so that a store can gather them. Thread-safe.
 */
final class OrderedWrites {
    private static final int STRIPES = 1024;

    private final EntryStore store;
    private final List<BiConsumer<StoreUpdate, StoreOutcome>> listeners;
    private final Logger log;
    /** Shared by writes of single entries, held alone by a key set, which concerns every key. */
    private final ReentrantReadWriteLock keySets = new ReentrantReadWriteLock(true);

    private final Lock[] stripes = new Lock[STRIPES];

    OrderedWrites(EntryStore store, List<BiConsumer<StoreUpdate, StoreOutcome>> listeners, Logger log) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.log = log;
        Arrays.setAll(stripes, stripe -> new ReentrantLock(true));
    }

    StoreOutcome put(StoredEntry entry) throws InterruptedException {
        Lock single = stripes[Math.floorMod(entry.key().importKey().hashCode(), STRIPES)];
        return inside(keySets.readLock(), () -> inside(single, () -> write(StoreUpdate.of(List.of(entry)))));
    }

    StoreOutcome keepOnly(Set<String> importKeys) throws InterruptedException {
        return inside(keySets.writeLock(), () -> write(StoreUpdate.keepingOnly(importKeys)));
    }

    private StoreOutcome write(StoreUpdate update) throws InterruptedException {
        StoreOutcome outcome = store.write(update);
        for (BiConsumer<StoreUpdate, StoreOutcome> listener : listeners) {
            try {
                listener.accept(update, outcome);
            } catch (RuntimeException e) {
                log.warn("listener {} failed on a change of the store", listener, e);
            }
        }
        return outcome;
    }

    private static StoreOutcome inside(Lock lock, Write write) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return write.make();
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Write {
        StoreOutcome make() throws InterruptedException;
    }
}
