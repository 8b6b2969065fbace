package io.modelconnector.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.format.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document with which an entry is sent from one part of the connector to the next:
 *
 * <pre>{@code
 * {"body":"<base64>","lastUpdateTimeSinceEpoch":"…","modelCardKey":"…","modelCard":"…"}
 * }</pre>
 *
 * <p>Documents that are written here have one field more, which the existing readers pass over: {@code entryPath}, the two
 * segments of the key with a slash in between. Thread-safe.
 */
public final class UpsertDocument {
    private static final String CARD_QUERY = "/modelcard?key=";

    private UpsertDocument() {}

    /**
     * Reads a document. One without a body is an entry of zero bytes, which the existing normalizer sends in the YAML format
     * for what only the serving side knows.
     *
     * @param importKey the key with which it was sent
     * @param type the type with which it was sent
     * @param json the document
     * @throws MalformedResponseException if it is none; the message says in what way
     */
    public static StoredEntry read(String importKey, String type, byte[] json) {
        ObjectNode document = EntryRecord.object(importKey, json);
        JsonNode encoded = document.path(EntryRecord.BODY);
        byte[] body = isEmpty(encoded) ? new byte[0] : EntryRecord.body(importKey, encoded);
        JsonNode model = EntryRecord.firstModel(body);
        String markdown = EntryRecord.text(document, EntryRecord.CARD).orElse(null);
        String cardKey =
                cardKey(EntryRecord.text(document, EntryRecord.CARD_KEY).orElse(""), model);
        return new StoredEntry(
                EntryRecord.key(importKey, document.path(EntryRecord.PATH).asText(""), model),
                Payload.of(body),
                type,
                EntryRecord.text(document, EntryRecord.LAST_UPDATE).orElse(null),
                cardKey.isEmpty() ? null : card(cardKey, markdown),
                PortalRegistration.NONE);
    }

    private static boolean isEmpty(JsonNode encoded) {
        return encoded.isMissingNode()
                || encoded.isNull()
                || (encoded.isTextual() && encoded.textValue().isEmpty());
    }

    /**
     * The key under which a portal will ask for the card: the one that the payload links to. The existing normalizer links
     * to source, group and name, but after an event of the cluster it sends the card without the source in its key, and
     * while the catalog does not answer without a key at all.
     */
    private static String cardKey(String sent, JsonNode model) {
        String link = model.path("annotations").path("TechDocs").asText("");
        int query = link.indexOf(CARD_QUERY);
        String linked = query < 0 ? "" : link.substring(query + CARD_QUERY.length());
        return linked.endsWith(sent) ? linked : sent;
    }

    private static StoredCard card(String key, @Nullable String markdown) {
        return markdown == null ? new StoredCard(key, "", null) : StoredCard.of(key, markdown);
    }

    /** Writes the document of an entry, with the text of its card if that is at hand. */
    public static byte[] write(StoredEntry entry) {
        ObjectNode document = EntryRecord.newObject();
        document.put(EntryRecord.BODY, EntryRecord.base64(entry.body()));
        document.put(EntryRecord.LAST_UPDATE, entry.lastUpdate() == null ? "" : entry.lastUpdate());
        document.put(EntryRecord.PATH, entry.key().toString());
        StoredCard card = entry.card();
        if (card != null) {
            document.put(EntryRecord.CARD_KEY, card.key());
            if (card.markdown() != null) {
                document.put(EntryRecord.CARD, card.markdown());
            }
        }
        return EntryRecord.bytes(document);
    }
}
