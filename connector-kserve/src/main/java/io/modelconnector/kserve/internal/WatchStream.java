package io.modelconnector.kserve.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.HttpURLConnection;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** An open watch: one JSON document per line, as long as it lasts. Not thread-safe, but the call may be cancelled. */
final class WatchStream implements Closeable {
    private static final long MAX_EVENT_BYTES = 16L << 20;

    private final Response response;
    private final BufferedSource source;
    private final ObjectMapper json;
    private final CallFailures failures;

    WatchStream(Response response, ObjectMapper json, CallFailures failures) {
        this.response = response;
        this.source = response.body().source();
        this.json = json;
        this.failures = failures;
    }

    /**
     * Waits for the next event.
     *
     * @return the event; null if the server ended the watch
     * @throws IOException if the connection broke, was silent for too long, or was cancelled
     * @throws CallFailure if the server ended the watch with an error, or sent what is no event
     */
    @Nullable
    WatchEvent next() throws IOException, CallFailure {
        if (source.exhausted()) {
            return null;
        }
        long length = source.indexOf((byte) '\n', 0, MAX_EVENT_BYTES);
        if (length < 0) {
            if (source.getBuffer().size() >= MAX_EVENT_BYTES) {
                throw failures.malformed("watching", "has an event of more than " + MAX_EVENT_BYTES + " bytes");
            }
            throw new EOFException("the watch ended within an event");
        }
        Buffer line = new Buffer();
        source.readFully(line, length);
        source.skip(1);
        return parse(line);
    }

    private WatchEvent parse(Buffer line) throws IOException, CallFailure {
        JsonNode event;
        try {
            event = json.readTree(line.inputStream());
        } catch (JsonProcessingException e) {
            throw failures.malformed("watching", ClusterApi.describe(e));
        }
        JsonNode object = event.path("object");
        String type = event.path("type").asText("");
        if (type.equals("ERROR")) {
            throw failures.of("watching", object.path("code").asInt(HttpURLConnection.HTTP_INTERNAL_ERROR), null);
        }
        String resourceVersion = object.path("metadata").path("resourceVersion").asText("");
        if (type.isEmpty() || resourceVersion.isEmpty()) {
            throw failures.malformed("watching", "has an event without a type or a resource version");
        }
        return new WatchEvent(type, object, resourceVersion);
    }

    @Override
    public void close() {
        response.close();
    }

    /**
     * A change.
     *
     * @param type ADDED, MODIFIED, DELETED or BOOKMARK, or one that we do not know
     * @param object the object after the change, or before it was deleted
     * @param resourceVersion where to go on from after this event
     */
    record WatchEvent(String type, JsonNode object, String resourceVersion) {}
}
