package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A store that tells all who want to know of each change, also of those that are made through it, and how it went at last.
 * Thread-safe.
 */
final class ObservedStore implements EntryStore {
    private final EntryStore store;
    private final List<Runnable> observers = new CopyOnWriteArrayList<>();
    private final List<Runnable> others = new CopyOnWriteArrayList<>();
    private volatile int entries = -1;
    private volatile boolean complete;
    private volatile @Nullable String unreadable;
    private volatile @Nullable String unwritable;

    /** Wraps a store, which is not closed with this one. */
    ObservedStore(EntryStore store) {
        this.store = store;
        store.onChange(() -> {
            others.forEach(Runnable::run);
            observers.forEach(Runnable::run);
        });
    }

    /** Takes somebody who is told of each change, whoever made it; it returns at once and never throws. */
    void observe(Runnable changed) {
        observers.add(changed);
    }

    /** How many entries it had when it was last listed; negative if it never was. */
    int entries() {
        return entries;
    }

    /** Whether those were known to be all, see {@link StoreListing#complete()}. */
    boolean complete() {
        return complete;
    }

    /** Why it could not be read or written when that was last tried; null if it could. */
    @Nullable
    String failure() {
        String reading = unreadable;
        return reading != null ? reading : unwritable;
    }

    @Override
    public StoreListing list() throws InterruptedException {
        try {
            StoreListing listing = store.list();
            unreadable = null;
            complete = listing.complete();
            entries = listing.digests().size();
            return listing;
        } catch (ConnectorException e) {
            unreadable = String.valueOf(e.getMessage());
            throw e;
        }
    }

    @Override
    public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
        return store.fetch(importKey);
    }

    @Override
    public StoreOutcome write(StoreUpdate update) throws InterruptedException {
        try {
            StoreOutcome outcome = store.write(update);
            unwritable = null;
            return outcome;
        } catch (ConnectorException e) {
            unwritable = String.valueOf(e.getMessage());
            throw e;
        } finally {
            // Also after a failure: a part of the update may have been made.
            observers.forEach(Runnable::run);
        }
    }

    @Override
    public void onChange(Runnable changed) {
        others.add(changed);
    }

    @Override
    public List<Problem> problems() {
        return store.problems();
    }

    /** Does nothing: the store is closed by whoever made it. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "ObservedStore[" + store + ']';
    }
}
