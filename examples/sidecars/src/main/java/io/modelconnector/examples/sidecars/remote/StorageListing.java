package io.modelconnector.examples.sidecars.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a storage-rest answers when it is asked what it has.
 *
 * @param ours whether it is of this implementation; the existing one says nothing but the keys
 * @param keys the keys
 * @param digests the digest of each key's entry, where it is ours
 * @param complete whether that is everything
 */
record StorageListing(boolean ours, List<String> keys, SortedMap<String, String> digests, boolean complete) {
    /**
     * Reads an answer.
     *
     * @throws IOException if it is none; the message completes "brought …"
     */
    static StorageListing read(PeerAnswer answer) throws IOException {
        JsonNode document;
        try {
            document = answer.json();
        } catch (IOException e) {
            throw new IOException("no JSON", e);
        }
        JsonNode listed = document.path("keys");
        if (!listed.isArray() && !listed.isNull()) {
            throw new IOException("no list of keys");
        }
        List<String> keys = new ArrayList<>(listed.size());
        for (JsonNode key : listed) {
            if (!key.isTextual()) {
                throw new IOException("a key that is no text");
            }
            keys.add(key.textValue());
        }
        JsonNode told = document.path("digests");
        boolean ours = told.isObject() || document.path("complete").isBoolean();
        SortedMap<String, String> digests = new TreeMap<>();
        if (ours) {
            keys.forEach(key -> digests.put(key, ""));
            for (Map.Entry<String, JsonNode> digest : told.properties()) {
                digests.replace(digest.getKey(), digest.getValue().asText(""));
            }
        }
        return new StorageListing(ours, keys, digests, document.path("complete").asBoolean(true));
    }
}
