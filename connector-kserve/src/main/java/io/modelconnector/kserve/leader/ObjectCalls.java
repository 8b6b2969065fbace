package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes single objects, on somebody else's {@link ApiClient}: its TLS, authentication and base URL, but timeouts
 * and connections of our own. One call at a time, which other threads can cut short. Thread-safe.
 */
final class ObjectCalls implements AutoCloseable {
    private static final String[] AUTHENTICATIONS = {"BearerToken"};
    private static final String JSON_TYPE = "application/json";
    /** An API server accepts about 3 MiB. */
    private static final long MAX_OBJECT_BYTES = 4L << 20;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_OBJECT_BYTES)
                    .build())
            .build());

    private final ApiClient client;
    private final ConnectionPool connections = new ConnectionPool(1, 1, TimeUnit.MINUTES);
    private final OkHttpClient http;
    private @Nullable Call current;
    private boolean stopped;

    /**
     * Derives what is needed from a client, which is neither changed nor closed.
     *
     * @param client the client
     * @param timeout how long a call may take
     */
    ObjectCalls(ApiClient client, Duration timeout) {
        this.client = client;
        this.http = client.getHttpClient()
                .newBuilder()
                .connectionPool(connections)
                .dispatcher(new Dispatcher())
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(timeout)
                // What a leader reads has to be what is stored at that moment.
                .cache(null)
                .build();
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param object its body, if the status says success and the body is an object with a version
     * @param retryAfter how long the server asks to be left alone, if it does
     */
    record Answer(
            int status,
            @Nullable ObjectNode object,
            @Nullable Duration retryAfter) {}

    /** The API server, for messages. */
    String server() {
        HttpUrl base = HttpUrl.get(client.getBasePath());
        return base.scheme() + "://" + base.host() + ':' + base.port();
    }

    Answer get(String path) throws IOException {
        return call("GET", path, null);
    }

    Answer post(String path, JsonNode object) throws IOException {
        return call("POST", path, object);
    }

    Answer put(String path, JsonNode object) throws IOException {
        return call("PUT", path, object);
    }

    /** Cuts the call short that is under way, and each one after it. */
    synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.cancel();
        }
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** Allows calls again. */
    synchronized void resume() {
        stopped = false;
    }

    /** Closes our connections. */
    @Override
    public void close() {
        connections.evictAll();
    }

    private Answer call(String method, String path, @Nullable JsonNode body) throws IOException {
        Call call = http.newCall(request(method, path, body));
        track(call);
        try (Response response = call.execute()) {
            return new Answer(response.code(), response.isSuccessful() ? object(response) : null, retryAfter(response));
        }
    }

    private Request request(String method, String path, @Nullable JsonNode body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", JSON_TYPE);
        headers.put("Content-Type", JSON_TYPE);
        byte[] bytes = body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return client.buildRequest(
                    null,
                    path,
                    method,
                    List.of(),
                    List.of(),
                    bytes,
                    headers,
                    Map.of(),
                    Map.of(),
                    AUTHENTICATIONS,
                    null);
        } catch (ApiException e) {
            // Bytes are sent as they are; nothing is serialized, which is all that could fail.
            throw new IllegalStateException("building a request failed", e);
        }
    }

    private synchronized void track(Call call) {
        current = call;
        if (stopped) {
            call.cancel();
        }
    }

    private static @Nullable ObjectNode object(Response response) throws IOException {
        try {
            JsonNode body = JSON.readTree(response.body().byteStream());
            boolean versioned =
                    !body.path("metadata").path("resourceVersion").asText("").isEmpty();
            return versioned && body instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable Duration retryAfter(Response response) {
        String header = response.header("Retry-After");
        return header != null && header.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
    }
}
