package io.modelconnector.core.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What the host has to answer. The headers include {@code Content-Length} wherever a body is allowed, so a host that
 * sets it from the body must not set it twice.
 */
public final class FeedResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    FeedResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The headers to set, by their usual spelling, in a stable order; unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The number of body bytes to send: 0 in answer to HEAD, whatever {@code Content-Length} says. */
    public int bodyLength() {
        return body.length;
    }

    /** The body bytes, read-only and shared between requests: a new buffer over them, nothing is copied. */
    public ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    /**
     * Writes the body to a stream, which is not closed.
     *
     * @param out where to write
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(body);
    }
}
