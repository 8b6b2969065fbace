package io.modelconnector.core.endpoint.auth;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Supplier;

/** One token for everybody. Thread-safe. */
final class FixedToken implements RequestAuthenticator {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Allowed ALLOWED = new Allowed("the holder of the token");

    private final Supplier<String> token;

    FixedToken(Supplier<String> token) {
        this.token = requireNonNull(token, "token");
    }

    @Override
    public AuthenticationResult authenticate(FeedRequest request, String audience) {
        String given = BearerCredentials.of(request);
        if (given == null) {
            return Refused.withoutToken("this needs a token, as a header \"Authorization: Bearer <token>\"");
        }
        String expected;
        try {
            expected = token.get().strip();
        } catch (ConnectorException e) {
            return unknown(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // What it says is not repeated: it could be anything, even the token.
            return unknown("the supplier failed with " + e.getClass().getName());
        }
        if (expected.isEmpty()) {
            return unknown("there is none");
        }
        // Takes as long as it takes to compare what was given, wherever that differs.
        boolean same = MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        return same ? ALLOWED : Refused.badToken("the token is not the one that is expected here");
    }

    @Override
    public boolean answersAtOnce(FeedRequest request) {
        return true;
    }

    private static Refused unknown(String reason) {
        String check = "the token that requests need cannot be read";
        return Refused.unavailable(check, check + ": " + reason, RETRY_AFTER).because(reason);
    }
}
