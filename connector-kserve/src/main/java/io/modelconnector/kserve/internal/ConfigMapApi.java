package io.modelconnector.kserve.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.kserve.internal.ConfigMapWrite.Outcome;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
 * Reads and writes the ConfigMaps of a namespace, on somebody else's {@link ApiClient}, over connections of its own. An
 * answer that asks to come back later is heeded, within reason. For one thread; only {@link #close()} may come from
 * another.
 */
public final class ConfigMapApi implements AutoCloseable {
    private static final ClusterResource CONFIG_MAPS = new ClusterResource("", List.of("v1"), "configmaps", true);
    private static final String[] AUTHENTICATIONS = {"BearerToken"};
    private static final String VERBS = "get, list, watch, create, update and patch";
    private static final String JSON_TYPE = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    /** Nobody needs the answer to a write, and servers that can do so send its metadata only. */
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WISH = Duration.ofSeconds(10);
    private static final int MAX_TRIES = 4;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxDocumentLength(16L << 20).build())
            .build());

    private final ApiClient client;
    private final String path;
    private final Timing timing;
    private final ConnectionPool connections = new ConnectionPool(1, 1, TimeUnit.MINUTES);
    private final OkHttpClient http;
    private final CallFailures failures;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable Call call;
    private boolean closed;

    /**
     * Derives what is needed from a client, which is neither changed nor closed.
     *
     * @param client the client
     * @param namespace whose ConfigMaps
     * @param settings timeouts
     */
    public ConfigMapApi(ApiClient client, String namespace, WatchSettings settings) {
        WatchScope scope = scope(namespace);
        this.client = client;
        this.path = scope.path("v1");
        this.timing = settings.timing();
        this.http = client.getHttpClient()
                .newBuilder()
                .cache(null)
                .connectionPool(connections)
                .dispatcher(new Dispatcher())
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .build();
        HttpUrl base = HttpUrl.get(client.getBasePath());
        this.failures = new CallFailures(scope, base.scheme() + "://" + base.host() + ':' + base.port(), VERBS);
    }

    /** The ConfigMaps of a namespace, to watch: their metadata only. */
    public static WatchScope scope(String namespace) {
        return WatchScope.of(CONFIG_MAPS, namespace);
    }

    /**
     * Reads a ConfigMap.
     *
     * @param name its name
     * @param visitor takes its values
     * @return what it says of itself; nothing if there is none of that name
     * @throws ConnectorException if it cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<ConfigMapHead> read(String name, ConfigMapHead.Visitor visitor) throws InterruptedException {
        String doing = "reading " + name + " of";
        Request request = request("GET", path + '/' + name, JSON_TYPE, null, null);
        return exchange(doing, request, response -> switch (response.code()) {
            case HttpURLConnection.HTTP_OK -> Optional.of(parse(doing, response, visitor));
            case HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
            default -> throw failures.of(doing, response);
        });
    }

    /**
     * Creates a ConfigMap.
     *
     * @param name its name
     * @param object the object, as JSON
     * @throws ConnectorException if it may not be created, or the server cannot be reached
     * @throws InterruptedException if the thread was interrupted
     */
    public ConfigMapWrite create(String name, byte[] object) throws InterruptedException {
        ConfigMapWrite write =
                write("creating " + name + " of", request("POST", path, METADATA_ONLY, JSON_TYPE, object));
        if (write.outcome() == Outcome.MISSING) {
            throw new SourceRejectedException(
                    "creating " + name + " failed: 404, there is no " + path + "; check the namespace");
        }
        return write;
    }

    /**
     * Changes a ConfigMap.
     *
     * @param name its name
     * @param mergePatch what to change, with the resource version that it was read as
     * @throws ConnectorException if it may not be changed, or the server cannot be reached; it may be changed all the same
     * @throws InterruptedException if the thread was interrupted
     */
    public ConfigMapWrite patch(String name, byte[] mergePatch) throws InterruptedException {
        return write(
                "patching " + name + " of",
                request("PATCH", path + '/' + name, METADATA_ONLY, MERGE_PATCH, mergePatch));
    }

    /** Ends the call under way, and closes the connections. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (call != null) {
                call.cancel();
            }
        }
        wake.release();
        connections.evictAll();
    }

    private ConfigMapWrite write(String doing, Request request) throws InterruptedException {
        return exchange(doing, request, response -> switch (response.code()) {
            case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_CREATED ->
                new ConfigMapWrite(Outcome.WRITTEN, parse(doing, response, null).version());
            case HttpURLConnection.HTTP_CONFLICT -> new ConfigMapWrite(Outcome.CONFLICT, null);
            case HttpURLConnection.HTTP_NOT_FOUND -> new ConfigMapWrite(Outcome.MISSING, null);
            case TOO_LARGE, UNPROCESSABLE -> new ConfigMapWrite(Outcome.REFUSED, null);
            default -> throw failures.of(doing, response);
        });
    }

    private ConfigMapHead parse(String doing, Response response, ConfigMapHead.@Nullable Visitor visitor)
            throws IOException, CallFailure {
        try (JsonParser parser = JSON.createParser(response.body().byteStream())) {
            return ConfigMapHead.read(JSON, parser, visitor);
        } catch (JsonProcessingException e) {
            throw failures.malformed(doing, ClusterApi.describe(e));
        } catch (MalformedResponseException e) {
            throw failures.malformed(doing, "is no ConfigMap: " + e.getMessage());
        }
    }

    private <T> T exchange(String doing, Request request, Answer<T> answer) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return once(doing, request, answer);
            } catch (CallFailure e) {
                Duration wish = e.retryAfter();
                if (wish == null || wish.compareTo(LONGEST_WISH) > 0 || tries == MAX_TRIES || isClosed()) {
                    throw e.error();
                }
                timing.pause("configmaps-busy", wish.plus(timing.jitter(Duration.ofMillis(200))), wake);
            }
        }
    }

    private <T> T once(String doing, Request request, Answer<T> answer) throws CallFailure {
        Call next = http.newCall(request);
        track(next);
        try (Response response = next.execute()) {
            return answer.read(response);
        } catch (IOException e) {
            throw failures.of(doing, e);
        }
    }

    private synchronized void track(Call next) {
        call = next;
        if (closed) {
            next.cancel();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private Request request(
            String method, String at, String accept, @Nullable String contentType, byte @Nullable [] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept);
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
        try {
            return client.buildRequest(
                    null, at, method, List.of(), List.of(), body, headers, Map.of(), Map.of(), AUTHENTICATIONS, null);
        } catch (ApiException e) {
            // Bytes are sent as they are, so that nothing is serialized, which is all that could fail.
            throw new IllegalStateException("building a request failed", e);
        }
    }

    /** What to make of an answer. */
    private interface Answer<T> {
        T read(Response response) throws IOException, CallFailure;
    }
}
