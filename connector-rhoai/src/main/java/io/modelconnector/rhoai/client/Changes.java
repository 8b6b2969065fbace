package io.modelconnector.rhoai.client;

import java.util.List;

/**
 * What changed in a collection, as far as asking for the last changed items first can tell. It never tells what is gone.
 *
 * @param <T> what it is a collection of
 * @param items the items that the caller did not know, the last changed first
 * @param unreadable the items that make no sense and that the caller did not know
 * @param seen how many items were looked at
 * @param toTheEnd whether these were all items of the collection
 * @param tooMany whether there may be more changes than were looked at: a whole page was new, or the server does not
 *     sort. The collection has to be read to its end instead
 */
public record Changes<T extends Listed>(
        List<T> items, List<UnreadableItem> unreadable, int seen, boolean toTheEnd, boolean tooMany) {
    /** Copies the lists. */
    public Changes {
        items = List.copyOf(items);
        unreadable = List.copyOf(unreadable);
    }
}
