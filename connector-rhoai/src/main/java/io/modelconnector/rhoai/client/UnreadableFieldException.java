package io.modelconnector.rhoai.client;

/** A field of an item is missing or of the wrong type. The message names it and quotes no value. */
final class UnreadableFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableFieldException(String message) {
        super(message, null, false, false);
    }
}
