package io.modelconnector.core.definition;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Fetches a document: a host's HTTP client. Called by few threads at once, so it has to be thread-safe; it may wait, and the
 * thread may be interrupted meanwhile.
 */
@FunctionalInterface
public interface DefinitionFetcher {
    /**
     * Fetches a document. It follows no redirect, which could lead to a host that is not allowed, and sends no credentials.
     *
     * @param url where it is; http or https, and a host that is allowed
     * @param maxBytes how long the document may be at most; a longer one is not read on
     * @param timeout how long all of it may take at most
     * @return its bytes
     * @throws IOException if there is no answer in time, or another one than 200, or one that is too long
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    byte[] fetch(URI url, int maxBytes, Duration timeout) throws IOException, InterruptedException;
}
