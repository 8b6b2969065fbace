package io.modelconnector.core.endpoint;

import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.util.Map;

/** A request that is refused; the message goes to the client. */
class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    RefusedException(int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** A method that a path does not have. */
    static RefusedException method(String allowed) {
        return new RefusedException(405, "this path takes only " + allowed, Map.of("Allow", allowed));
    }

    /** What whoever decides about requests refuses. */
    static RefusedException of(Refused refusal) {
        return new RefusedException(refusal.status(), refusal.message(), refusal.headers());
    }

    /** What cannot be done at the moment. */
    static RefusedException unavailable(String message) {
        String seconds = Integer.toString(Responses.RETRY_SECONDS);
        return new RefusedException(503, message, Map.of("Retry-After", seconds));
    }

    int status() {
        return status;
    }

    /** The headers of the answer, beside those that every answer has. */
    Map<String, String> headers() {
        return headers;
    }
}
