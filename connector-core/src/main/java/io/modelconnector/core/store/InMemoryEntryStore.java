package io.modelconnector.core.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps entries as long as the process lives: for tests, and for hosts that need no more. Thread-safe. */
public final class InMemoryEntryStore implements EntryStore {
    private final SortedMap<String, StoredEntry> entries = new TreeMap<>();
    private boolean complete;

    /** Makes an empty store, which is not {@linkplain StoreListing#complete() complete} before it is given a key set. */
    public InMemoryEntryStore() {}

    @Override
    public synchronized StoreListing list() {
        SortedMap<String, String> digests = new TreeMap<>();
        entries.forEach((key, entry) -> digests.put(key, entry.digest()));
        return new StoreListing(digests, complete);
    }

    @Override
    public synchronized Optional<StoredEntry> fetch(String importKey) {
        return Optional.ofNullable(entries.get(importKey));
    }

    @Override
    public synchronized StoreOutcome write(StoreUpdate update) {
        Set<String> before = Set.copyOf(entries.keySet());
        for (StoredEntry entry : update.entries()) {
            String key = entry.key().importKey();
            entries.put(key, entry.replacing(entries.get(key)));
        }
        Set<String> keySet = update.keySet();
        if (keySet != null) {
            entries.keySet().retainAll(keySet);
            complete = true;
        }
        for (Map.Entry<String, PortalRegistration> told : update.registrations().entrySet()) {
            entries.computeIfPresent(told.getKey(), (key, known) -> known.withRegistration(told.getValue()));
        }
        Set<String> added = new HashSet<>(entries.keySet());
        added.removeAll(before);
        Set<String> removed = new HashSet<>(before);
        removed.removeAll(entries.keySet());
        return new StoreOutcome(added, removed, List.of());
    }

    /** Does nothing. */
    @Override
    public void close() {}
}
