package io.modelconnector.rhoai.client;

import java.io.IOException;

/** The body of an answer is not what the API promises. The message says what is wrong and quotes nothing of it. */
class MalformedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedBodyException(String message) {
        super(message);
    }
}
