package io.modelconnector.rhoai.client;

/** One or more requests that are made one after the other, on a thread of the upstream. */
@FunctionalInterface
interface Work<T> {
    /**
     * Makes the requests.
     *
     * @throws io.modelconnector.core.ConnectorException if one fails
     */
    T run(Exchange exchange) throws InterruptedException;
}
