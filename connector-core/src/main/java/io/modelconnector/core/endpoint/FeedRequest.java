package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

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
 *     repeated one joined by commas
 */
public record FeedRequest(
        String method, String rawPath, @Nullable String rawQuery, Function<String, @Nullable String> header) {
    /** Checks what is required. */
    public FeedRequest {
        requireNonNull(method, "method");
        requireNonNull(rawPath, "rawPath");
        requireNonNull(header, "header");
    }
}
