package io.modelconnector.core.endpoint;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;

/**
 * What the {@linkplain FeedEndpoint location contract} serves. As documentation it has the model cards as they are.
 * Thread-safe; nothing in it waits, but for the text of a model card that may have to be fetched.
 */
public interface ServedContent extends ModelDocumentation {
    /** Whether the entries are known completely. Before, nothing is listed and what is missing is not gone. */
    boolean ready();

    /** The list of all entries; nothing until they are {@linkplain #ready() known}. */
    Optional<Payload> list();

    /**
     * The files that entries have; the first is the one that is listed. Always the same list; empty if the location contract has
     * no files.
     */
    List<ServedFile> files();

    /**
     * Finds an entry that may be read, which it may for a while after it has left the list.
     *
     * @param location the two segments of its key, joined by a slash
     * @param file one of the {@linkplain #files() files}
     */
    Optional<Payload> entry(String location, ServedFile file);

    /**
     * Finds a model card that an entry has.
     *
     * @param cardKey the card key
     * @return the card, in the state in which it is known
     */
    Optional<CardVersion> cardVersion(String cardKey);
}
