package io.modelconnector.rhoai.client;

import java.util.List;

/**
 * A collection, read to its end.
 *
 * @param <T> what it is a collection of
 * @param items its items, each id once, in the server's order
 * @param unreadable the items that make no sense
 */
public record Listing<T extends Listed>(List<T> items, List<UnreadableItem> unreadable) {
    /** Copies the lists. */
    public Listing {
        items = List.copyOf(items);
        unreadable = List.copyOf(unreadable);
    }
}
