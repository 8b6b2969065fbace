package io.modelconnector.core.source.contract;

import io.modelconnector.core.source.ModelSource;
import java.io.IOException;
import java.util.Set;

/**
 * A platform under the test's control, with a source that reads it: a stub server, a simulated cluster, a directory. It
 * starts with at least two facts that are in order, and at least one model card if the source knows cards. Each test
 * gets a new one and closes it after the sources.
 *
 * <p>Threads: {@link #newSource()} is called on a thread of the test's own, so that threads which building a source
 * starts are noticed; everything else on the thread of the test.
 */
public interface SourceFixture extends AutoCloseable {
    /**
     * A new source over the platform, as a user would build it. Its timeouts should be short, so that a read
     * of a broken platform ends within seconds, but longer than 10 seconds where the platform does not answer: that is
     * how long an interrupt has to end a read.
     */
    ModelSource newSource();

    /**
     * The ids of the facts that the platform holds now:
     * {@link io.modelconnector.core.source.RegisteredModelVersion#id()} and
     * {@link io.modelconnector.core.source.ServedModel#id()}.
     */
    Set<String> factIds();

    /** Adds a fact and removes another one, so that {@link #factIds()} differs from before. */
    void change() throws Exception;

    /**
     * Breaks the platform, so that nothing can be read of it until {@link #repair()}: an error for every request, or
     * content that is cut off. An interesting way to break is one that gives some facts before it fails, such as an
     * error for the second page.
     */
    void breakDown() throws Exception;

    /** Undoes {@link #breakDown()} and {@link #stall()}. */
    void repair() throws Exception;

    /**
     * Makes the platform take requests and never answer them, until {@link #repair()}.
     *
     * @return false if that is impossible, as with a file; then the test that needs it is skipped
     */
    default boolean stall() throws Exception {
        return false;
    }

    /** Whether the source calls back when the platform changes; then it has to within 30 seconds. */
    default boolean announcesChanges() {
        return false;
    }

    /**
     * Whether a thread that was started while the source was used belongs to somebody else: to a client that the
     * fixture lent to the source, or to a pool that is shared by the whole process. Every other one has to end with the
     * source.
     */
    default boolean isForeign(Thread thread) {
        return false;
    }

    /** Ends the platform. */
    @Override
    void close() throws IOException;
}
