package io.modelconnector.core.format;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.internal.UriList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes entries as bytes. Equal entries give equal bytes, on every machine and after every restart. Implementations
 * are immutable and thread-safe.
 */
public interface FeedFormat {
    /** Its name, as in {@code NORMALIZER_FORMAT}. */
    String name();

    /** The last segment of an entry's path, for instance {@code model-catalog.json}; no two formats of a feed have the same. */
    String fileName();

    /** The media type of the bytes. */
    String contentType();

    /**
     * Writes one entry.
     *
     * @param entry what to write
     * @return a new array
     * @throws RuntimeException if the format cannot say the entry, which is left out of it then; the message says why
     */
    byte[] write(CatalogEntry entry);

    /**
     * Writes one entry, and tells what of it the format cannot say. By default as {@link #write(CatalogEntry)}.
     *
     * @param entry what to write
     * @param losses is told of each part that is left out or mended, as a sentence that names the part and the reason
     * @return a new array
     */
    default byte[] write(CatalogEntry entry, Consumer<String> losses) {
        return write(entry);
    }

    /**
     * Writes the list of the entries: by default their paths in the location contract, {@code {"uris":[…]}}.
     *
     * @param entries those that this format can say, sorted by key
     * @return a new array
     */
    default byte[] writeList(List<CatalogEntry> entries) {
        return UriList.write(
                entries.stream().map(entry -> entry.key().path(fileName())).iterator());
    }

    /**
     * Whether the location contract serves it, at {@code /<segment>/<segment>/<file name>}; by default it does. A format of
     * another contract is served under that one's paths only.
     */
    default boolean inLocationContract() {
        return true;
    }
}
