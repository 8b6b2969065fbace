package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint needs to know of an HTTP request.
 *
 * @param method the method, in upper case as on the wire
 * @param rawPath the path as on the wire, percent-encoded, below wherever the host mounts the endpoint; starts with a
 *     slash
 * @param rawQuery the query as on the wire, without the question mark; null without one
 * @param header looks a header up by name, without regard to case; gives null for an absent one, and the values of a
 *     repeated one joined by commas. {@code Host} is the authority that was asked for, also where HTTP/2 names it otherwise
 * @param client the address at the other end of the connection, whatever headers say of another one; null if it is not
 *     known, which is taken for an address from afar
 */
public record FeedRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        Function<String, @Nullable String> header,
        @Nullable InetAddress client) {
    /** Checks what is required. */
    public FeedRequest {
        requireNonNull(method, "method");
        requireNonNull(rawPath, "rawPath");
        requireNonNull(header, "header");
    }

    /**
     * A request of which it is not known from where it came.
     *
     * @param method the method, in upper case as on the wire
     * @param rawPath the path as on the wire
     * @param rawQuery the query as on the wire; null without one
     * @param header looks a header up by name
     */
    public FeedRequest(
            String method, String rawPath, @Nullable String rawQuery, Function<String, @Nullable String> header) {
        this(method, rawPath, rawQuery, header, null);
    }
}
