package io.modelconnector.core.endpoint;

import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store in memory that fails when it is told to. */
final class FailingStore implements EntryStore {
    private final InMemoryEntryStore entries = new InMemoryEntryStore();
    volatile @Nullable RuntimeException failure;
    volatile boolean interrupted;
    /** What is called before each write. */
    volatile Step beforeWrite = update -> {};

    /** Something that a write does first. */
    interface Step {
        void take(StoreUpdate update) throws InterruptedException;
    }

    @Override
    public StoreListing list() throws InterruptedException {
        check();
        return entries.list();
    }

    @Override
    public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
        check();
        return entries.fetch(importKey);
    }

    @Override
    public StoreOutcome write(StoreUpdate update) throws InterruptedException {
        check();
        beforeWrite.take(update);
        return entries.write(update);
    }

    private void check() throws InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {}
}
