package io.modelconnector.core.store;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.ContentDigest;
import org.jspecify.annotations.Nullable;

/**
 * The model card that belongs to an entry. Entries that share a card share its key.
 *
 * @param key the {@linkplain io.modelconnector.core.entity.ModelCardReference#key() card key}
 * @param digest the {@linkplain ContentDigest#of(String) digest} of the text
 * @param markdown the text; null where it is known that there is a card but its text is not kept
 */
public record StoredCard(
        String key, String digest, @Nullable String markdown) {
    /** Checks what is required. */
    public StoredCard {
        requireNonNull(key, "key");
        requireNonNull(digest, "digest");
    }

    /** A card with its text. */
    public static StoredCard of(String key, String markdown) {
        return new StoredCard(key, ContentDigest.of(markdown), markdown);
    }

    /** The same card, without its text. */
    public StoredCard withoutText() {
        return markdown == null ? this : new StoredCard(key, digest, null);
    }

    /** The key and the digest; never the text. */
    @Override
    public String toString() {
        return "StoredCard[" + key + ", " + digest + (markdown == null ? ", without text]" : "]");
    }
}
