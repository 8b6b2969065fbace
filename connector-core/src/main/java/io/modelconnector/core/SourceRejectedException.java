package io.modelconnector.core;

import org.jspecify.annotations.Nullable;

/** An upstream refused access. The message says what is missing, for instance the RoleBinding to create. */
public final class SourceRejectedException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     */
    public SourceRejectedException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     * @param cause what led to it, if anything did
     */
    public SourceRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
