package io.modelconnector.core.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The list of a replica, as it is served, and which state of the replica it shows.
 *
 * @param version the number of the state
 * @param payload the paths, {@code {"uris":[…]}}, compressed ahead
 */
record ListedPaths(long version, Payload payload) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The list of nothing, before there is a state. */
    static final ListedPaths NONE = new ListedPaths(-1, Payload.of(new byte[0]));

    /**
     * Writes the list.
     *
     * @param keys what to list, in order
     */
    static ListedPaths of(long version, Iterable<EntryKey> keys, String fileName) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("uris");
            for (EntryKey key : keys) {
                json.writeString(key.path(fileName));
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        Payload payload = Payload.of(out.toByteArray());
        payload.compress();
        return new ListedPaths(version, payload);
    }
}
