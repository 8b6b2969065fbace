package io.modelconnector.kserve.store;

import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What updates, one after the other, make of the entries that a store has now. Not thread-safe. */
final class EntryChanges {
    private final StoreContents contents;
    private final Map<String, Optional<StoredEntry>> changed = new LinkedHashMap<>();
    private final Map<String, StoredCard> texts = new HashMap<>();
    private boolean completes;

    private EntryChanges(StoreContents contents) {
        this.contents = contents;
    }

    static EntryChanges of(Collection<GroupUpdate> updates, StoreContents contents) {
        EntryChanges changes = new EntryChanges(contents);
        updates.forEach(changes::add);
        changes.dropWhatIsStored();
        return changes;
    }

    /** The entries to write, by key. */
    Map<String, StoredEntry> wanted() {
        Map<String, StoredEntry> wanted = new LinkedHashMap<>();
        changed.forEach((key, entry) -> entry.ifPresent(there -> wanted.put(key, there)));
        return wanted;
    }

    /** The keys to remove. */
    Set<String> removed() {
        Set<String> removed = new LinkedHashSet<>();
        changed.forEach((key, entry) -> {
            if (entry.isEmpty()) {
                removed.add(key);
            }
        });
        return removed;
    }

    /** The cards that came with the entries, by card key. */
    Map<String, StoredCard> texts() {
        return texts;
    }

    /** Whether there was a key set, so that the store is complete from now on. */
    boolean completes() {
        return completes;
    }

    private void add(GroupUpdate group) {
        StoreUpdate update = group.update();
        for (StoredEntry entry : update.entries()) {
            String key = entry.key().importKey();
            StoredEntry known = current(key);
            if (known == null) {
                group.noteAdded(key);
            }
            StoredCard card = entry.card();
            if (card != null && card.markdown() != null) {
                texts.put(card.key(), card);
            }
            changed.put(key, Optional.of(KeptEntry.withoutText(entry.replacing(known))));
        }
        group.removals(this::currentKeys).forEach(key -> changed.put(key, Optional.empty()));
        completes |= update.keySet() != null;
        update.registrations().forEach(this::register);
    }

    private void register(String key, PortalRegistration registration) {
        StoredEntry known = current(key);
        if (known != null) {
            changed.put(key, Optional.of(known.withRegistration(registration)));
        }
    }

    private @Nullable StoredEntry current(String key) {
        Optional<StoredEntry> ours = changed.get(key);
        return ours == null ? contents.entry(key) : ours.orElse(null);
    }

    private Set<String> currentKeys() {
        Set<String> keys = new HashSet<>(contents.keys());
        changed.forEach((key, entry) -> {
            if (entry.isPresent()) {
                keys.add(key);
            } else {
                keys.remove(key);
            }
        });
        return keys;
    }

    private void dropWhatIsStored() {
        changed.entrySet().removeIf(change -> {
            StoredEntry stored = contents.entry(change.getKey());
            StoredEntry ours = change.getValue().orElse(null);
            return ours == null ? stored == null : stored != null && KeptEntry.same(ours, stored);
        });
    }
}
