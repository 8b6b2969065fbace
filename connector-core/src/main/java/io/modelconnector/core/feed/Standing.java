package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.store.StoredEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to publish, of the sources and of what stands in for them.
 *
 * @param entries all entries, sorted by key; the very list of the sources where nothing stands in
 * @param stoodIn the stored entries among them, by import key
 * @param complete whether it is known that there is nothing else, and that all of it is there
 * @param early whether it is too early to publish it, if nothing is published yet
 */
record Standing(List<CatalogEntry> entries, Map<String, StoredEntry> stoodIn, boolean complete, boolean early) {
    static Standing ofSources(List<CatalogEntry> entries, boolean complete) {
        return new Standing(entries, Map.of(), complete, false);
    }

    /** The stored entry that an entry is; null if it is of the sources. */
    @Nullable
    StoredEntry stoodInBy(CatalogEntry entry) {
        return stoodIn.isEmpty() ? null : stoodIn.get(entry.key().importKey());
    }
}
