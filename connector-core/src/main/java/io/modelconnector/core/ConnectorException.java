package io.modelconnector.core;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that the library throws on purpose. The message says what was being done, to what (a URL without
 * secrets, an object's name), what came back, and what the caller can do; it never holds a token or a response body.
 */
public abstract class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public abstract boolean retryable();
}
