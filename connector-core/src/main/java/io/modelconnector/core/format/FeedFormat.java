package io.modelconnector.core.format;

import io.modelconnector.core.entity.CatalogEntry;

/**
 * Writes entries as bytes. Equal entries give equal bytes, on every machine and after every restart. Implementations
 * are immutable and thread-safe.
 */
public interface FeedFormat {
    /** Its name, as in {@code NORMALIZER_FORMAT}. */
    String name();

    /** The last segment of an entry's path, for instance {@code model-catalog.json}. */
    String fileName();

    /** The media type of the bytes. */
    String contentType();

    /**
     * Writes one entry.
     *
     * @param entry what to write
     * @return a new array
     */
    byte[] write(CatalogEntry entry);
}
