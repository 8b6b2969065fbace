package io.modelconnector.core.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/**
 * What the host has to answer. Immutable; the body's bytes are shared between responses and never copied.
 *
 * @param status the status code
 * @param headers the headers to set, in a stable order. {@code Content-Length} is among them wherever it may be sent, also
 *     in answer to HEAD, so the host must not set another one
 * @param body the bytes to send: none in answer to HEAD, whatever {@code Content-Length} says; read-only
 */
public record FeedResponse(int status, Map<String, String> headers, ByteBuffer body) {
    /** Makes the body read-only; the headers are kept as they are and must not be changed. */
    public FeedResponse {
        body = body.asReadOnlyBuffer();
    }

    /** A new read-only buffer over the body, so that each caller has a position of its own. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /**
     * Writes the body to a stream, which is neither flushed nor closed.
     *
     * @param out where to write
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        ByteBuffer rest = body();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
