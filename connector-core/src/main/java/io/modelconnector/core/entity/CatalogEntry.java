package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the feed, independent of any format. Two entries are equal exactly if every format writes them alike.
 *
 * @param key its identity, unique in the feed
 * @param catalog what is published; its annotations hold no TechDocs link, since formats write that differently
 * @param card the model card that is served for it, if there is one
 * @param techDocsUrl the documentation that the model's author named; it wins over the card as the entry's TechDocs
 * @param ownerReference the owner as a full entity reference ({@code group:default/ml}), if the author gave one
 * @param lastUpdate when the registry last changed the version, if it says so
 * @param origin where it comes from
 */
public record CatalogEntry(
        EntryKey key,
        ModelCatalog catalog,
        @Nullable CardVersion card,
        @Nullable String techDocsUrl,
        @Nullable String ownerReference,
        @Nullable Instant lastUpdate,
        EntryOrigin origin) {
    /** Checks what is required. */
    public CatalogEntry {
        requireNonNull(key, "key");
        requireNonNull(catalog, "catalog");
        requireNonNull(origin, "origin");
    }

    /** The same entry with another catalog. */
    public CatalogEntry withCatalog(ModelCatalog other) {
        return new CatalogEntry(key, other, card, techDocsUrl, ownerReference, lastUpdate, origin);
    }
}
