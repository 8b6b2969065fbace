package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConnectorException;
import java.net.URI;

/** Tells where Backstage is. Thread-safe. */
interface BackstageAddress {
    /**
     * Finds it.
     *
     * @return its base URL
     * @throws ConnectorException if it is not found
     * @throws InterruptedException if the thread was interrupted
     */
    URI find() throws InterruptedException;

    /** Gives up what {@link #find()} waits for, in a thread that has been interrupted. */
    default void cancel() {}
}
