package io.modelconnector.examples.sidecars.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What another part answered. */
final class PeerAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;

    private final int status;
    private final byte[] body;
    private final @Nullable String etag;

    PeerAnswer(int status, byte[] body, @Nullable String etag) {
        this.status = status;
        this.body = body;
        this.etag = etag;
    }

    int status() {
        return status;
    }

    /** The whole body; not a copy. */
    byte[] body() {
        return body;
    }

    /** The {@code ETag}; null without one. */
    @Nullable
    String etag() {
        return etag;
    }

    /**
     * The body as JSON. The content type is not looked at: the existing parts send one that is none.
     *
     * @throws IOException if it is none
     */
    JsonNode json() throws IOException {
        return JSON.readTree(body);
    }

    /** What our own parts say about an error, in parentheses and on one line; an empty text for anything else. */
    String reason() {
        try {
            String text = json().path("error").asText("");
            String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
            return shown.isEmpty() ? "" : " (" + shown + ')';
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "PeerAnswer[" + status + ", " + body.length + " bytes]";
    }
}
