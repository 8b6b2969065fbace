package io.modelconnector.examples.sidecars.remote;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How to reach another part of the connector.
 *
 * @param role the role that it has
 * @param setting the environment variable that says where it is, for messages
 * @param base where it is
 * @param token gives the token that the parts share, asked before each request; blank for none
 * @param callTimeout how long a request may take with its answer
 * @param requestsAtOnce how many requests may be under way
 * @param maxResponseBytes how long an answer may be
 * @param listener who hears of requests
 */
record PeerSettings(
        String role,
        String setting,
        URI base,
        Supplier<String> token,
        Duration callTimeout,
        int requestsAtOnce,
        long maxResponseBytes,
        PeerListener listener) {
    /** Says where it is, and nothing of the token. */
    @Override
    public String toString() {
        return role + " at " + base;
    }
}
