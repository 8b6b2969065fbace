package io.modelconnector.core.endpoint.auth;

import io.modelconnector.core.endpoint.FeedRequest;
import org.jspecify.annotations.Nullable;

/** The token that a request carries as {@code Authorization: Bearer <token>}. */
public final class BearerCredentials {
    private static final String SCHEME = "Bearer ";

    private BearerCredentials() {}

    /**
     * The token, as it was sent but for space around it, which may leave nothing; null if there is none.
     *
     * @param request what was asked
     */
    public static @Nullable String of(FeedRequest request) {
        String authorization = request.header().apply("Authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        return authorization.substring(SCHEME.length()).strip();
    }
}
