package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The bearer token that the parts of the connector share, without which nothing may be written. Thread-safe. */
final class SharedToken {
    private static final String SCHEME = "Bearer ";

    private final Supplier<String> token;
    private final LastingFault fault;

    SharedToken(Supplier<String> token, Logger log) {
        this.token = requireNonNull(token, "token");
        this.fault = new LastingFault(log, "reading the token that writes need");
    }

    /** Refuses a request that does not carry the token. */
    void require(FeedRequest request) throws RefusedException {
        String given = credentials(request.header().apply("Authorization"));
        if (given == null) {
            throw unauthorized("writing needs the shared token, as a header \"Authorization: Bearer <token>\"");
        }
        byte[] expected = expected().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected)) {
            throw unauthorized("the token is not the one that is shared here");
        }
    }

    private String expected() throws RefusedException {
        String known;
        try {
            known = token.get().strip();
        } catch (ConnectorException e) {
            throw unknown(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // What it says is not repeated: it could be anything, even the token.
            throw unknown("the supplier failed with " + e.getClass().getName());
        }
        if (known.isEmpty()) {
            throw unknown("there is none");
        }
        fault.over();
        return known;
    }

    private RefusedException unknown(String reason) {
        fault.met(reason);
        return RefusedException.unavailable("the token that writes need cannot be read: " + reason);
    }

    private static @Nullable String credentials(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }

    private static RefusedException unauthorized(String message) {
        return new RefusedException(401, message, Map.of("WWW-Authenticate", "Bearer"));
    }
}
