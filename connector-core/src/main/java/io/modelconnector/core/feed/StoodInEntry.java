package io.modelconnector.core.feed;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored entry that can be published.
 *
 * @param entry what it says, as far as its bytes and its record tell
 * @param stored its bytes and its record
 */
record StoodInEntry(CatalogEntry entry, StoredEntry stored) {

    /**
     * Reads a stored entry.
     *
     * @throws MalformedResponseException if its bytes are no model catalog
     */
    static StoodInEntry of(StoredEntry stored) {
        ModelCatalogReader.Document document = ModelCatalogReader.read(stored.key(), stored.body());
        EntryOrigin.Kind kind =
                stored.type().equals(StoredEntry.SERVING) ? EntryOrigin.Kind.SERVING : EntryOrigin.Kind.REGISTRY;
        CatalogEntry entry = new CatalogEntry(
                stored.key(),
                document.catalog(),
                card(stored.card()),
                document.techDocsUrl(),
                null,
                instant(stored.lastUpdate()),
                new EntryOrigin(kind, "store:" + stored.key().importKey()));
        return new StoodInEntry(entry, stored);
    }

    /** The record has a card's key but not the three names of which it was made; as one name they give the same key. */
    private static @Nullable CardVersion card(@Nullable StoredCard card) {
        return card == null || card.markdown() == null
                ? null
                : new CardVersion(ModelCardReference.ofKey(card.key()), card.digest());
    }

    private static @Nullable Instant instant(@Nullable String lastUpdate) {
        try {
            return lastUpdate == null ? null : Instant.ofEpochMilli(Long.parseLong(lastUpdate));
        } catch (NumberFormatException e) {
            // Existing stores keep whatever text they were sent.
            return null;
        }
    }
}
