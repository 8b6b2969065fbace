package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call of the API server that failed, sorted by what to do about it. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do about a failed call. */
    enum Reason {
        /** The resource is not served: its CRD is not installed, or not any more. */
        ABSENT,
        /** The resource version is too old to go on from; list again. */
        GONE,
        /** Somebody has to grant access. */
        FORBIDDEN,
        /** Somebody has to renew the token or correct a setting. */
        REFUSED,
        /** The server cannot be reached, or cannot answer at the moment. */
        UNAVAILABLE,
        /** The answer is not what the API promises; list again. */
        MALFORMED
    }

    private final Reason reason;
    private final ConnectorException error;
    private final transient @Nullable Duration retryAfter;

    CallFailure(Reason reason, ConnectorException error, @Nullable Duration retryAfter) {
        super(error.getMessage(), error);
        this.reason = requireNonNull(reason, "reason");
        this.error = error;
        this.retryAfter = retryAfter;
    }

    Reason reason() {
        return reason;
    }

    /** What to tell the operator. */
    ConnectorException error() {
        return error;
    }

    /** How long the server asks to be left alone, if it does. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
