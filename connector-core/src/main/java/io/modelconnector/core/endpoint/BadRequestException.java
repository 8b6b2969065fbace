package io.modelconnector.core.endpoint;

import java.util.Map;

/** A request that cannot be understood. */
final class BadRequestException extends RefusedException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(400, message, Map.of());
    }
}
