package io.modelconnector.rhoai;

import io.modelconnector.rhoai.client.Changes;
import io.modelconnector.rhoai.client.Listed;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.UnreadableItem;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one collection of a registry. An item that did not change stays the same object. One that cannot be
 * read any more stays as it was.
 */
final class KnownCollection<T extends Listed> {
    private Map<String, T> items = new LinkedHashMap<>();
    private Set<UnreadableItem> unreadable = new LinkedHashSet<>();

    @Nullable
    T get(String id) {
        return items.get(id);
    }

    boolean has(String id) {
        return items.containsKey(id);
    }

    Collection<T> items() {
        return Collections.unmodifiableCollection(items.values());
    }

    Set<UnreadableItem> unreadable() {
        return Collections.unmodifiableSet(unreadable);
    }

    boolean isKnown(Listed item) {
        return item.equals(items.get(item.id()));
    }

    boolean isKnown(UnreadableItem item) {
        return unreadable.contains(item);
    }

    /** Whether there may be more changes than these, or something is gone: a list cannot show what is missing in it. */
    boolean doubts(Changes<T> changes) {
        return changes.tooMany() || (changes.toTheEnd() && changes.seen() < items.size());
    }

    void add(Changes<T> changes) {
        for (T item : changes.items()) {
            items.put(item.id(), item);
            unreadable.removeIf(bad -> item.id().equals(bad.id()));
        }
        for (UnreadableItem bad : changes.unreadable()) {
            unreadable.removeIf(known -> known.id() != null && known.id().equals(bad.id()));
            unreadable.add(bad);
        }
    }

    void replace(Listing<T> listing) {
        Map<String, T> next = new LinkedHashMap<>();
        for (T item : listing.items()) {
            T known = items.get(item.id());
            next.put(item.id(), known != null && known.equals(item) ? known : item);
        }
        boolean nameless = false;
        for (UnreadableItem bad : listing.unreadable()) {
            nameless |= bad.id() == null;
            T known = bad.id() == null ? null : items.get(bad.id());
            if (known != null) {
                next.putIfAbsent(known.id(), known);
            }
        }
        if (nameless) {
            // Which item it is cannot be told, so none can be told to be gone.
            items.forEach(next::putIfAbsent);
        }
        items = next;
        unreadable = new LinkedHashSet<>(listing.unreadable());
    }
}
