package io.modelconnector.core;

import org.jspecify.annotations.Nullable;

/** A setting is missing or invalid. The message names the setting and says what would be valid. Thrown by builders, before anything starts. */
public final class ConfigurationException extends ConnectorException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception.
     *
     * @param message what was done, to what, what came back, and what to do about it
     * @param cause what led to it, if anything did
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
