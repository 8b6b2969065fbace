package io.modelconnector.core.endpoint;

/** A request that cannot be understood; the message goes to the client. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message, null, false, false);
    }
}
