package io.modelconnector.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON record in which the existing stores keep an entry, and which they answer when it is fetched:
 *
 * <pre>{@code
 * {"body":"<base64>","locationId":"","locationTarget":"","locationIDValid":false,
 *  "reconcilerType":"kubeflow","lastUpdateTimeSinceEpoch":"1763020800000"}
 * }</pre>
 *
 * <p>Records that are written here have three fields more, which the existing readers pass over: {@code entryPath}, the two
 * segments of the key with a slash in between, {@code modelCardKey}, and {@code modelCardDigest}. Fields that are not known
 * here stay when a record is written anew. Thread-safe.
 */
public final class EntryRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String BODY = "body";
    private static final String LOCATION_ID = "locationId";
    private static final String LOCATION_TARGET = "locationTarget";
    private static final String LOCATION_VALID = "locationIDValid";
    private static final String TYPE = "reconcilerType";
    static final String LAST_UPDATE = "lastUpdateTimeSinceEpoch";
    static final String PATH = "entryPath";
    static final String CARD_KEY = "modelCardKey";
    static final String CARD = "modelCard";
    private static final String CARD_DIGEST = "modelCardDigest";
    private static final Set<String> KNOWN = Set.of(
            BODY, LOCATION_ID, LOCATION_TARGET, LOCATION_VALID, TYPE, LAST_UPDATE, PATH, CARD_KEY, CARD, CARD_DIGEST);

    private EntryRecord() {}

    /**
     * Reads a record. An empty body is an entry of zero bytes, and not the same as none.
     *
     * @param importKey the key under which it is stored
     * @param json the record; its card's text may be in it, as {@code modelCard}
     * @throws MalformedResponseException if it is no record; the message says in what way
     */
    public static StoredEntry read(String importKey, byte[] json) {
        ObjectNode record = object(importKey, json);
        byte[] body = body(importKey, record.path(BODY));
        return new StoredEntry(
                key(importKey, record.path(PATH).asText(""), firstModel(body)),
                Payload.of(body),
                text(record, TYPE).orElse(StoredEntry.REGISTRY),
                text(record, LAST_UPDATE).orElse(null),
                card(record),
                new PortalRegistration(
                        text(record, LOCATION_ID).orElse(""),
                        text(record, LOCATION_TARGET).orElse(""),
                        record.path(LOCATION_VALID).asBoolean(false)));
    }

    /**
     * Writes the record of an entry, without the text of its card.
     *
     * @param entry the entry
     * @param before the record that it replaces, whose other fields stay; null if there is none. One that cannot be read
     *     is replaced
     */
    public static byte[] write(StoredEntry entry, byte @Nullable [] before) {
        ObjectNode record = record(before);
        fill(record, entry);
        return bytes(record);
    }

    /** Writes the record of an entry with the text of its card, as a request for one entry is answered. */
    public static byte[] writeWithCard(StoredEntry entry) {
        ObjectNode record = JSON.createObjectNode();
        fill(record, entry);
        StoredCard card = entry.card();
        if (card != null && card.markdown() != null) {
            record.put(CARD, card.markdown());
        }
        return bytes(record);
    }

    /**
     * The fields of a record that are not known here, as a record that {@link #write} takes for the one before: all that a
     * store has to keep of a record beside the entry.
     *
     * @return null if there are none, or if the bytes are no record
     */
    public static byte @Nullable [] otherFields(byte[] json) {
        ObjectNode others = record(json).remove(KNOWN);
        return others.isEmpty() ? null : bytes(others);
    }

    private static void fill(ObjectNode record, StoredEntry entry) {
        StoredCard card = entry.card();
        PortalRegistration registration = entry.registration();
        record.put(BODY, base64(entry.body()));
        record.put(LOCATION_ID, registration.locationId());
        record.put(LOCATION_TARGET, registration.target());
        record.put(LOCATION_VALID, registration.valid());
        record.put(TYPE, entry.type());
        record.put(LAST_UPDATE, entry.lastUpdate() == null ? "" : entry.lastUpdate());
        record.put(PATH, entry.key().toString());
        if (card == null) {
            record.remove(CARD_KEY);
            record.remove(CARD_DIGEST);
        } else {
            record.put(CARD_KEY, card.key());
            record.put(CARD_DIGEST, card.digest());
        }
    }

    static ObjectNode object(String importKey, byte[] json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new MalformedResponseException("the record of " + importKey + " is no JSON", e);
        }
        throw new MalformedResponseException("the record of " + importKey + " is no JSON object");
    }

    static byte[] body(String importKey, JsonNode encoded) {
        if (!encoded.isTextual()) {
            throw new MalformedResponseException("the record of " + importKey + " has no body");
        }
        try {
            return Base64.getDecoder().decode(encoded.textValue());
        } catch (IllegalArgumentException e) {
            throw new MalformedResponseException("the body in the record of " + importKey + " is no base64", e);
        }
    }

    static String base64(Payload body) {
        byte[] bytes = new byte[body.length()];
        body.bytes().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static EntryKey key(String importKey, String path, JsonNode firstModel) {
        return ImportKeys.ofPath(importKey, path)
                .or(() -> ImportKeys.split(importKey, firstModel.path("name").asText("")))
                .orElseThrow(() -> new MalformedResponseException("the key " + importKey
                        + " is not two segments of letters, digits, '_', '-' and '.', joined by '_'"));
    }

    static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return Optional.of(value.isNull() ? "" : value.asText("")).filter(text -> !text.isEmpty());
    }

    static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    private static @Nullable StoredCard card(ObjectNode record) {
        String key = text(record, CARD_KEY).orElse(null);
        if (key == null) {
            return null;
        }
        String markdown = text(record, CARD).orElse(null);
        return markdown != null
                ? StoredCard.of(key, markdown)
                : new StoredCard(key, text(record, CARD_DIGEST).orElse(""), null);
    }

    private static ObjectNode record(byte @Nullable [] before) {
        try {
            if (before != null && JSON.readTree(before) instanceof ObjectNode known) {
                return known;
            }
        } catch (IOException e) {
            // A damaged record has nothing that could be kept.
        }
        return JSON.createObjectNode();
    }

    /** The first model of a model catalog; a missing node for anything else. */
    static JsonNode firstModel(byte[] body) {
        try {
            return JSON.readTree(body).path("models").path(0);
        } catch (IOException e) {
            // Another format than the default one.
            return MissingNode.getInstance();
        }
    }
}
