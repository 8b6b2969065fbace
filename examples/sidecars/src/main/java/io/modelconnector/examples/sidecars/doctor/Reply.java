package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param body the body; at most as long as was asked for
 * @param location where a redirect leads, as scheme, host and port; null if it is none
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, byte[] body, @Nullable String location) {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final int SHOWN = 200;

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    boolean isRefusal() {
        return status == 401 || status == 403;
    }

    /** The body as JSON; a missing node if it is none. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading bytes failed", e);
        }
    }

    /** The status, with what a JSON body says about it in its field {@code message}, shortened. Nothing else is shown. */
    String inWords() {
        if (location != null) {
            return status + ", a redirect to " + location;
        }
        String message = json().path("message").asText("").strip();
        if (message.isEmpty()) {
            return Integer.toString(status);
        }
        return status + " (" + (message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message) + ')';
    }

    /** Shows no body. */
    @Override
    public String toString() {
        return "Reply[" + status + ", " + body.length + " bytes]";
    }
}
