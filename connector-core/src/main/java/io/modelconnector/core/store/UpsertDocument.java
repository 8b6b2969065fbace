package io.modelconnector.core.store;

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
    private UpsertDocument() {}

    /**
     * Reads a document.
     *
     * @param importKey the key with which it was sent
     * @param type the type with which it was sent
     * @param json the document
     * @throws MalformedResponseException if it is none; the message says in what way
     */
    public static StoredEntry read(String importKey, String type, byte[] json) {
        ObjectNode document = EntryRecord.object(importKey, json);
        byte[] body = EntryRecord.body(importKey, document.path(EntryRecord.BODY));
        String cardKey = EntryRecord.text(document, EntryRecord.CARD_KEY).orElse(null);
        String markdown = EntryRecord.text(document, EntryRecord.CARD).orElse(null);
        return new StoredEntry(
                EntryRecord.key(importKey, document.path(EntryRecord.PATH).asText(""), body),
                Payload.of(body),
                type,
                EntryRecord.text(document, EntryRecord.LAST_UPDATE).orElse(null),
                card(cardKey, markdown),
                PortalRegistration.NONE);
    }

    private static @Nullable StoredCard card(@Nullable String key, @Nullable String markdown) {
        if (key == null) {
            return null;
        }
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
