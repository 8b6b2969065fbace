package io.modelconnector.core.store;

import io.modelconnector.core.source.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Keeps entries beyond the life of a process. Several processes may use what is behind it at once; a store notices what
 * the others change and loses nothing of either.
 *
 * <p>Thread-safe. All methods may wait for what is behind the store, within its own time limits. Constructors and builders
 * start nothing; a store opens what it needs with the first call, and ends it in {@link #close()}.
 */
public interface EntryStore extends AutoCloseable {
    /**
     * What is stored, including what could not be made to last and is only remembered by this process.
     *
     * @throws io.modelconnector.core.ConnectorException if the store cannot be read
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    StoreListing list() throws InterruptedException;

    /**
     * Finds one entry, with the text of its card if that is kept.
     *
     * @param importKey the {@linkplain io.modelconnector.core.entity.EntryKey#importKey() import key}, looked up whole
     * @throws io.modelconnector.core.ConnectorException if the store cannot be read
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    Optional<StoredEntry> fetch(String importKey) throws InterruptedException;

    /**
     * Makes a change and returns when it lasts. Changes that come at the same time may be made together. Writing what is
     * stored already writes nothing.
     *
     * @param update the change
     * @return what became of it
     * @throws io.modelconnector.core.ConnectorException if it could not be made, or not all of it; making it again is safe
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    StoreOutcome write(StoreUpdate update) throws InterruptedException;

    /**
     * Takes a callback to call when another process changed what is stored. It returns at once and never throws. A store
     * that cannot notice ignores it.
     *
     * @param changed what to call
     */
    default void onChange(Runnable changed) {}

    /** What is wrong with what is stored: damaged records, entries that do not fit. */
    default List<Problem> problems() {
        return List.of();
    }

    /** Ends what the store opened. Idempotent, returns within seconds, and leaves no thread behind. */
    @Override
    void close();
}
