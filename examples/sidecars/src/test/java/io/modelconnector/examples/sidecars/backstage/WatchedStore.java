package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.Optional;

/** A store that counts the writes of registrations, and fails when told to. */
final class WatchedStore implements EntryStore {
    private final InMemoryEntryStore store = new InMemoryEntryStore();
    private int notes;
    private boolean unreadable;
    private boolean unwritable;
    private boolean mistaken;

    /** How often registrations were written. */
    synchronized int notes() {
        return notes;
    }

    synchronized void isUnreadable(boolean is) {
        unreadable = is;
    }

    synchronized void isUnwritable(boolean is) {
        unwritable = is;
    }

    @Override
    public synchronized StoreListing list() {
        if (unreadable) {
            throw new SourceUnavailableException("reading the ConfigMap bac-import-model failed: no answer in time");
        }
        return store.list();
    }

    synchronized void hasAMistake(boolean has) {
        mistaken = has;
    }

    @Override
    public synchronized Optional<StoredEntry> fetch(String importKey) {
        if (mistaken) {
            throw new IllegalStateException("a mistake");
        }
        return store.fetch(importKey);
    }

    @Override
    public synchronized StoreOutcome write(StoreUpdate update) {
        if (!update.registrations().isEmpty()) {
            if (unwritable) {
                throw new SourceUnavailableException(
                        "writing the ConfigMap bac-import-model failed: no answer in time");
            }
            notes++;
        }
        return store.write(update);
    }

    @Override
    public void close() {
        store.close();
    }
}
