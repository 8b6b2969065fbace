package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConnectorException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that keeps Backstage from being told, with what is needed to decide when to try again. */
final class PushFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ConnectorException error;
    private final int status;
    private final transient @Nullable Duration retryAfter;

    PushFailure(ConnectorException error) {
        this(error, 0, null);
    }

    PushFailure(ConnectorException error, int status, @Nullable Duration retryAfter) {
        super(error.getMessage(), error);
        this.error = error;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What to tell the operator. */
    ConnectorException error() {
        return error;
    }

    /** Whether it is about one location, so that other requests may succeed all the same. */
    boolean ofOneLocation() {
        return status == 400 || status == 409 || status == 413 || status == 422;
    }

    /** How long Backstage asks to be left alone, if it does. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
