package io.modelconnector.core.source;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.Optional;

/**
 * Knows the models of one platform. A source of one's own is one class with {@link #name()} and
 * {@link #read(ReadContext)}; the contract test in this library's test jar checks the rest.
 *
 * <p>Threads: the feed calls {@link #onChange(Runnable)} once, before the first read; then {@link #read(ReadContext)}
 * from one thread at a time, always the same one while the feed runs; {@link #card(ModelCardReference)} from any
 * thread, also during a read; {@link #close()} once, from any thread. A read that takes longer than
 * {@link ReadContext#timeLimit()} is interrupted; so is one that is under way when the feed closes.
 *
 * <p>Constructors and builders start nothing: what a source needs (threads, connections, watches) it opens in
 * {@link #onChange(Runnable)} or the first read, and ends in {@link #close()}.
 */
public interface ModelSource extends ModelCardProvider, AutoCloseable {
    /** A short name, unique in its feed, for logs, health and metrics; letters, digits, {@code .}, {@code _}, {@code -}. */
    String name();

    /**
     * Reads what the platform knows now. May block. Returning the same fact objects (or equal ones) as the last time is
     * how a source says that nothing changed; facts may come in any order.
     *
     * <p>An item that cannot be read is reported as a {@link Problem} and costs only itself; a part of the platform that
     * cannot be read is returned as {@link SourcePart#failed}; if nothing can be read at all, throwing is the same as
     * returning every part failed. What the feed served of a failed part stays.
     *
     * @param context what the feed asks for
     * @return everything that is known, never null
     * @throws io.modelconnector.core.ConnectorException if nothing can be read; the message reaches the operator
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    SourceSnapshot read(ReadContext context) throws InterruptedException;

    /**
     * Takes a callback to call whenever a read would find something new. It may be called from any thread, any number
     * of times, also during a read; it returns at once and never throws. A source that cannot notice changes ignores it
     * and is polled.
     *
     * @param changed what to call
     */
    default void onChange(Runnable changed) {}

    /** As in {@link ModelCardProvider}; a source without cards keeps this default, which knows none. */
    @Override
    default Optional<ModelCard> card(ModelCardReference reference) {
        return Optional.empty();
    }

    /** Ends whatever the source opened. Idempotent, returns within seconds, and leaves no thread behind. */
    @Override
    void close();
}
