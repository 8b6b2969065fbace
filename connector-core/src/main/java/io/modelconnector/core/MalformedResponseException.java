package io.modelconnector.core;

import org.jspecify.annotations.Nullable;

/** An upstream answered with something that is not what its API promises. The message says what was wrong; the upstream has to be repaired. */
public final class MalformedResponseException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     */
    public MalformedResponseException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     * @param cause what led to it, if anything did
     */
    public MalformedResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
