package io.modelconnector.core;

import org.jspecify.annotations.Nullable;

/** An upstream did not answer, or answered that it cannot at the moment. Reading again later may succeed. */
public final class SourceUnavailableException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     */
    public SourceUnavailableException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     * @param cause what led to it, if anything did
     */
    public SourceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retryable() {
        return true;
    }
}
