package io.modelconnector.core.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of a store, made as one.
 *
 * @param entries what is new or different, one for each key; the registration in them is ignored, a store keeps the one
 *     that it has
 * @param keySet if not null, the import keys of everything that there is: every other entry goes. It comes after the
 *     entries, and says that the store is complete from now on
 * @param registrations what a portal was told, by import key; ignored for entries that the store does not have
 */
public record StoreUpdate(
        List<StoredEntry> entries, @Nullable Set<String> keySet, Map<String, PortalRegistration> registrations) {
    /** Copies the collections. */
    public StoreUpdate {
        entries = List.copyOf(entries);
        keySet = keySet == null ? null : Set.copyOf(keySet);
        registrations = Map.copyOf(registrations);
    }

    /** Stores entries and removes none. */
    public static StoreUpdate of(Collection<StoredEntry> entries) {
        return new StoreUpdate(List.copyOf(entries), null, Map.of());
    }

    /** Removes every entry whose key is not among these. */
    public static StoreUpdate keepingOnly(Set<String> keySet) {
        return new StoreUpdate(List.of(), keySet, Map.of());
    }

    /** Notes what a portal was told. */
    public static StoreUpdate of(Map<String, PortalRegistration> registrations) {
        return new StoreUpdate(List.of(), null, registrations);
    }
}
