package io.modelconnector.core.format;

/**
 * Says that a format has no words for an entry, which is left out of that format then. The message is a sentence for the
 * feed's health.
 */
public final class InexpressibleEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what of the entry cannot be said, and why
     */
    public InexpressibleEntryException(String message) {
        super(message);
    }
}
