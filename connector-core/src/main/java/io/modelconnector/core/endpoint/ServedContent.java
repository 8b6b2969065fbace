package io.modelconnector.core.endpoint;

import io.modelconnector.core.format.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the {@linkplain FeedEndpoint location contract} serves. Thread-safe; nothing in it waits, but for a model card that
 * may have to be fetched.
 */
public interface ServedContent {
    /** The list of all entries; nothing before they are known completely. */
    Optional<Payload> list();

    /** Finds the media type of files with a name; null if no entry has a file of that name. */
    @Nullable
    String contentType(String fileName);

    /**
     * Finds an entry that may be read, which it may for a while after it has left the list.
     *
     * @param location the two segments of its key, joined by a slash
     * @param fileName the name of a file for which there is a content type
     */
    Optional<Payload> entry(String location, String fileName);

    /**
     * Finds a model card.
     *
     * @param cardKey the card key
     * @throws io.modelconnector.core.ConnectorException if it cannot be read at the moment
     */
    Optional<Payload> card(String cardKey);
}
