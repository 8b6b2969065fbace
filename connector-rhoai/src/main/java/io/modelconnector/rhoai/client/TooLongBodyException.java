package io.modelconnector.rhoai.client;

/** An answer that is longer than it may be. */
final class TooLongBodyException extends MalformedBodyException {
    private static final long serialVersionUID = 1L;

    TooLongBodyException(String message) {
        super(message);
    }
}
