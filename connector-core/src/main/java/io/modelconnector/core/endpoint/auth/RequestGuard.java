package io.modelconnector.core.endpoint.auth;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an authenticator about each request. Tells the log of refusals, each failed check once a minute at most however many
 * requests fail it, and refuses with 500 what the authenticator fails on. Thread-safe.
 */
public final class RequestGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

    private final RequestAuthenticator authenticator;
    private final RefusalLog refusals;

    private RequestGuard(RequestAuthenticator authenticator, Logger log, LongSupplier nanoTime) {
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.refusals = new RefusalLog(log, Duration.ofMinutes(1), nanoTime);
    }

    /**
     * Makes a guard.
     *
     * @param authenticator what decides
     */
    public static RequestGuard of(RequestAuthenticator authenticator) {
        return new RequestGuard(authenticator, LOG, System::nanoTime);
    }

    static RequestGuard of(RequestAuthenticator authenticator, Logger log, LongSupplier nanoTime) {
        return new RequestGuard(authenticator, log, nanoTime);
    }

    /**
     * Asks about a request. May wait if {@link #answersAtOnce} says no. Never throws.
     *
     * @param request what was asked
     * @param audience whom it has to be meant for
     * @return what to refuse it with; nothing if it may be answered
     */
    public Optional<Refused> refusal(FeedRequest request, String audience) {
        Refused refused;
        try {
            AuthenticationResult result = authenticator.authenticate(request, audience);
            if (!(result instanceof Refused refusal)) {
                return Optional.empty();
            }
            refused = refusal;
        } catch (RuntimeException e) {
            // What it says is not repeated: it could be anything, even the token.
            refused = new Refused(
                    500,
                    "the authenticator failed",
                    e.getClass().getName(),
                    "answering failed because of a fault of the server",
                    Map.of());
        }
        refusals.add(request, refused);
        return Optional.of(refused);
    }

    /**
     * Whether {@link #refusal} would answer this request without waiting.
     *
     * @param request what was asked
     */
    public boolean answersAtOnce(FeedRequest request) {
        return authenticator.answersAtOnce(request);
    }
}
