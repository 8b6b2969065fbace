package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One try of a request failed in a way that another may not. */
final class TransientFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConnectorException failure;
    private final transient @Nullable Duration retryAfter;
    private final boolean answered;

    TransientFailure(ConnectorException failure, @Nullable Duration retryAfter, boolean answered) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
        this.retryAfter = retryAfter;
        this.answered = answered;
    }

    /** What to throw if there is no other try. */
    ConnectorException failure() {
        return failure;
    }

    /** When the server wants to be asked again, if it says so. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether there was an answer at all. */
    boolean answered() {
        return answered;
    }
}
