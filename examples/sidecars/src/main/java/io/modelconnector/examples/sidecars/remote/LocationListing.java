package io.modelconnector.examples.sidecars.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.entity.EntryKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a location answers when it is asked what it serves.
 *
 * @param ours whether it is of this implementation, whose answers have ETags
 * @param loading whether it does not know yet what it serves
 * @param uris what it lists, by the import key that the first two segments make
 */
record LocationListing(boolean ours, boolean loading, Map<String, Listed> uris) {
    /**
     * An entry in the list.
     *
     * @param key the first two segments
     * @param uri the whole path
     */
    record Listed(EntryKey key, String uri) {}

    /** A location that is still loading, which only ours says. */
    static LocationListing notReady() {
        return new LocationListing(true, true, Map.of());
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if it is none; the message completes "brought …"
     */
    static LocationListing read(PeerAnswer answer) throws IOException {
        JsonNode listed;
        try {
            listed = answer.json().path("uris");
        } catch (IOException e) {
            throw new IOException("no JSON", e);
        }
        // The Go one has no list where it has no entries.
        if (!listed.isArray() && !listed.isNull()) {
            throw new IOException("no list of URIs");
        }
        Map<String, Listed> uris = new HashMap<>();
        for (JsonNode uri : listed) {
            String path = uri.asText();
            key(path).ifPresent(key -> uris.put(key.importKey(), new Listed(key, path)));
        }
        return new LocationListing(answer.etag() != null, false, uris);
    }

    private static Optional<EntryKey> key(String path) {
        String[] parts = path.split("/", -1);
        boolean entry = parts.length == 4
                && parts[0].isEmpty()
                && EntryKey.isSegment(parts[1])
                && EntryKey.isSegment(parts[2])
                && EntryKey.isSegment(parts[3]);
        return entry ? Optional.of(new EntryKey(parts[1], parts[2])) : Optional.empty();
    }
}
