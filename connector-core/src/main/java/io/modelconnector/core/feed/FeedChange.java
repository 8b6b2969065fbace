package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import java.util.List;

/**
 * What one publication changed. The lists are sorted by key.
 *
 * @param snapshot the feed after the change
 * @param added entries that are new
 * @param updated entries that are published differently than before, as they are now
 * @param removed entries that are gone, as they were
 */
public record FeedChange(
        FeedSnapshot snapshot, List<CatalogEntry> added, List<CatalogEntry> updated, List<CatalogEntry> removed) {
    /** Copies the lists. */
    public FeedChange {
        added = List.copyOf(added);
        updated = List.copyOf(updated);
        removed = List.copyOf(removed);
    }

    /** Whether no entry changed. */
    public boolean isEmpty() {
        return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
    }
}
