package io.modelconnector.kserve.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.store.StoredCard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A model card as it is kept: compressed. Immutable. */
final class Card {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TEXT_BYTES = 32 << 20;

    private final String key;
    private final String digest;
    private final long changed;
    private final byte @Nullable [] packed;

    private Card(String key, String digest, long changed, byte @Nullable [] packed) {
        this.key = key;
        this.digest = digest;
        this.changed = changed;
        this.packed = packed;
    }

    /**
     * Compresses a card.
     *
     * @param markdown the text of the card
     * @param now when it changed, in milliseconds since 1970
     */
    static Card of(StoredCard card, String markdown, long now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(markdown.length() / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            JSON.writeValue(
                    gzip,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("key", card.key())
                            .put("changed", now)
                            .put("markdown", markdown));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Card(card.key(), card.digest(), now, out.toByteArray());
    }

    /**
     * Reads a card.
     *
     * @throws MalformedResponseException if it is none
     */
    static Card read(byte[] packed) {
        JsonNode json = unpack(packed);
        String markdown = json.path("markdown").asText();
        if (!json.path("key").isTextual() || !json.path("markdown").isTextual()) {
            throw new MalformedResponseException("it has no key or no text");
        }
        return new Card(
                json.path("key").textValue(),
                ContentDigest.of(markdown),
                json.path("changed").asLong(),
                packed);
    }

    /** The key under which a card is stored: card keys may hold what keys of ConfigMaps may not. */
    static String dataKey(String cardKey) {
        return ContentDigest.of(cardKey);
    }

    String key() {
        return key;
    }

    String digest() {
        return digest;
    }

    long changed() {
        return changed;
    }

    /** The card as it is stored; null if only its digest is kept. */
    byte @Nullable [] packed() {
        return packed;
    }

    /** How much it takes in a ConfigMap. */
    int bytes() {
        return packed == null ? 0 : dataKey(key).length() + packed.length;
    }

    /** The text; null if only its digest is kept. */
    @Nullable
    String markdown() {
        return packed == null ? null : unpack(packed).path("markdown").asText();
    }

    /** The same card without its text, so that it is known that it was there, and nobody sends it again and again. */
    Card withoutText() {
        return packed == null ? this : new Card(key, digest, changed, null);
    }

    private static JsonNode unpack(byte[] packed) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] json = gzip.readNBytes(MAX_TEXT_BYTES + 1);
            if (json.length > MAX_TEXT_BYTES) {
                throw new MalformedResponseException("it is larger than " + MAX_TEXT_BYTES + " bytes");
            }
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new MalformedResponseException("it is no compressed JSON", e);
        }
    }
}
