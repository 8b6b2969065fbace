package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How to talk to the API server.
 *
 * @param callTimeout how long a plain call, a page of a list say, may take
 * @param idleTimeout after how long without a byte a watch is taken for dead and opened anew
 * @param timing time, chance and waiting
 */
public record WatchSettings(Duration callTimeout, Duration idleTimeout, Timing timing) {
    /** The default of {@link #callTimeout()}. */
    public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(30);

    /** The default of {@link #idleTimeout()}: API servers send a bookmark about once a minute. */
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(2);

    /** The default of whoever waits for the first lists. */
    public static final Duration DEFAULT_SYNC_TIMEOUT = Duration.ofSeconds(30);

    /** Checks that nothing is null. */
    public WatchSettings {
        requireNonNull(callTimeout, "callTimeout");
        requireNonNull(idleTimeout, "idleTimeout");
        requireNonNull(timing, "timing");
    }
}
