package io.modelconnector.kserve.leader;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call of the API server that failed, sorted by what to do about it. The message is for the operator. */
final class FailedCall extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do about a failed call. */
    enum Reason {
        /** The object is not what it was thought to be; read it again. */
        CONFLICT,
        /** The kind of object is not served, or its namespace is not there. */
        ABSENT,
        /** Somebody has to grant access. */
        FORBIDDEN,
        /** Somebody has to renew the token or correct a setting. */
        REFUSED,
        /** The server cannot be reached, or cannot answer at the moment. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final transient @Nullable Duration retryAfter;

    FailedCall(Reason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
        this.retryAfter = retryAfter;
    }

    Reason reason() {
        return reason;
    }

    /** Whether another kind of object may do instead. */
    boolean speaksAgainstTheKind() {
        return reason == Reason.FORBIDDEN || reason == Reason.ABSENT;
    }

    /** How long the server asks to be left alone, if it does. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
