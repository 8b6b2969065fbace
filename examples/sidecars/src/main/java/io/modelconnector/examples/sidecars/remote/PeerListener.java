package io.modelconnector.examples.sidecars.remote;

import java.time.Duration;

/** Hears of each request to another part of the connector, for metrics. Called from any thread; returns at once, never throws. */
@FunctionalInterface
public interface PeerListener {
    /** Takes no notice. */
    PeerListener NONE = (part, outcome, took) -> {};

    /**
     * A request has ended.
     *
     * @param part the role that was asked, for instance {@code storage-rest}
     * @param outcome the HTTP status; {@code failed} if there was no answer; {@code cancelled} if it was given up
     * @param took how long it took, with reading the answer
     */
    void requested(String part, String outcome, Duration took);
}
