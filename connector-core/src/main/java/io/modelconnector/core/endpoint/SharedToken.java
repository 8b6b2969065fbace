package io.modelconnector.core.endpoint;

import io.modelconnector.core.endpoint.auth.AuthenticationResult;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** The bearer token that the parts of the connector share, without which nothing may be written. Thread-safe. */
final class SharedToken {
    /** There is one token for all parts, so whom a request is meant for makes no difference. */
    private static final String ANY_AUDIENCE = "";

    private final RequestAuthenticator authenticator;
    private final LastingFault fault;

    SharedToken(Supplier<String> token, Logger log) {
        this.authenticator = RequestAuthenticator.fixedToken(token);
        this.fault = new LastingFault(log, "reading the token that writes need");
    }

    /** Refuses a request that does not carry the token. */
    void require(FeedRequest request) throws RefusedException {
        AuthenticationResult result = authenticator.authenticate(request, ANY_AUDIENCE);
        if (!(result instanceof Refused refused)) {
            fault.over();
            return;
        }
        if (refused.status() == 503) {
            fault.met(String.valueOf(refused.detail()));
        }
        throw RefusedException.of(refused);
    }
}
