package io.modelconnector.core.endpoint;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.internal.UriList;
import java.util.Collection;

/**
 * The list of a replica, as it is served, and which state of the replica it shows.
 *
 * @param version the number of the state
 * @param payload the paths, {@code {"uris":[…]}}, compressed ahead
 */
record ListedPaths(long version, Payload payload) {
    /** The list of nothing, before there is a state. */
    static final ListedPaths NONE = new ListedPaths(-1, Payload.of(new byte[0]));

    /**
     * Writes the list.
     *
     * @param keys what to list, in order
     */
    static ListedPaths of(long version, Collection<EntryKey> keys, String fileName) {
        byte[] list = UriList.write(keys.stream().map(key -> key.path(fileName)).iterator());
        Payload payload = Payload.of(list);
        payload.compress();
        return new ListedPaths(version, payload);
    }
}
