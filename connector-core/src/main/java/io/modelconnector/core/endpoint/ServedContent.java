package io.modelconnector.core.endpoint;

import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;

/**
 * What the {@linkplain FeedEndpoint location contract} serves. Thread-safe; nothing in it waits, but for a model card that
 * may have to be fetched.
 */
public interface ServedContent {
    /** Whether the entries are known completely. Before, nothing is listed and what is missing is not gone. */
    boolean ready();

    /** The list of all entries; nothing until they are {@linkplain #ready() known}. */
    Optional<Payload> list();

    /** The files that entries have; the first is the one that is listed. Always the same list, never empty. */
    List<ServedFile> files();

    /**
     * Finds an entry that may be read, which it may for a while after it has left the list.
     *
     * @param location the two segments of its key, joined by a slash
     * @param file one of the {@linkplain #files() files}
     */
    Optional<Payload> entry(String location, ServedFile file);

    /**
     * Finds a model card.
     *
     * @param cardKey the card key
     * @throws io.modelconnector.core.ConnectorException if it cannot be read at the moment
     */
    Optional<Payload> card(String cardKey);
}
