package io.modelconnector.kserve.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.modelconnector.core.ConfigurationException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.logging.HttpLoggingInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * The calls that listing and watching need, on somebody else's {@link ApiClient}. TLS, authentication and base URL are the
 * given client's; connections are our own, so that the timeouts and pings that watches need do not touch the caller's,
 * and closing leaves none behind. Thread-safe.
 *
 * <p>Objects pass through as JSON trees, one at a time. The typed model of the official client would load thousands of
 * classes to read a dozen fields.
 */
public final class ClusterApi implements AutoCloseable {
    private static final String[] AUTHENTICATIONS = {"BearerToken"};
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1,application/json";
    private static final int PAGE_SIZE = 500;
    private static final int MAX_PAGES = 1000;
    private static final long MAX_PAGE_BYTES = 64L << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_PAGE_BYTES)
                    .build())
            .build());

    private final ApiClient client;
    private final ConnectionPool connections = new ConnectionPool(8, 1, TimeUnit.MINUTES);
    private final OkHttpClient calls;
    private final OkHttpClient watches;

    /**
     * Derives what is needed from a client, which is neither changed nor closed.
     *
     * @param client the client
     * @param settings timeouts
     */
    public ClusterApi(ApiClient client, WatchSettings settings) {
        this.client = client;
        OkHttpClient.Builder own = client.getHttpClient()
                .newBuilder()
                .connectionPool(connections)
                .dispatcher(new Dispatcher())
                .connectTimeout(CONNECT_TIMEOUT)
                .pingInterval(PING_INTERVAL);
        this.calls = own.readTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .build();
        own.readTimeout(settings.idleTimeout()).callTimeout(Duration.ZERO);
        // One that logs bodies reads them to their end first, and a watch has none.
        own.interceptors().removeIf(HttpLoggingInterceptor.class::isInstance);
        own.networkInterceptors().removeIf(HttpLoggingInterceptor.class::isInstance);
        this.watches = own.build();
    }

    /**
     * The client, if calls can be made with it.
     *
     * @throws ConfigurationException if its base path is no URL
     */
    public static ApiClient checked(ApiClient client) {
        if (HttpUrl.parse(client.getBasePath()) == null) {
            throw new ConfigurationException("the ApiClient's basePath was \"" + client.getBasePath()
                    + "\", must be the URL of the API server, like https://api.example.com:6443");
        }
        return client;
    }

    /**
     * Finds the most wanted version of a resource that is served.
     *
     * @return the version; null if the resource is not served. If discovery is refused, the most wanted version, since
     *     reading it may be allowed
     */
    @Nullable
    String servedVersion(WatchScope scope, Consumer<Call> track) throws CallFailure {
        ClusterResource resource = scope.resource();
        if (resource.group().isEmpty()) {
            return resource.versions().get(0);
        }
        CallFailures failures = failures(scope);
        for (String version : resource.versions()) {
            Call call = call(calls, resource.groupVersionPath(version), List.of(), "application/json");
            track.accept(call);
            try (Response response = call.execute()) {
                int status = response.code();
                if (status == HttpURLConnection.HTTP_FORBIDDEN) {
                    return resource.versions().get(0);
                }
                if (status == HttpURLConnection.HTTP_OK) {
                    if (serves(JSON.readTree(response.body().byteStream()), resource)) {
                        return version;
                    }
                } else if (status != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw failures.of("looking for", response);
                }
            } catch (JsonProcessingException e) {
                throw failures.malformed("looking for", describe(e));
            } catch (IOException e) {
                throw failures.of("looking for", e);
            }
        }
        return null;
    }

    /**
     * Lists objects, page by page.
     *
     * @param scope which
     * @param version the version of their group
     * @param paged whether to ask for pages; a server that forgot the list between two pages is asked for all at once
     * @param track takes each call before it is made, to cancel it
     * @param items takes each object
     * @return the resource version to watch from
     */
    String list(WatchScope scope, String version, boolean paged, Consumer<Call> track, Consumer<JsonNode> items)
            throws CallFailure {
        CallFailures failures = failures(scope);
        String next = null;
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            List<Pair> query = query(scope);
            if (paged) {
                query.add(new Pair("limit", Integer.toString(PAGE_SIZE)));
            }
            if (next != null) {
                query.add(new Pair("continue", next));
            }
            Call call = call(calls, scope.path(version), query, accept(scope, "List"));
            track.accept(call);
            ListPage page = listPage(call, failures, items);
            if (page.next() == null) {
                return page.resourceVersion();
            }
            if (page.next().equals(next)) {
                throw failures.malformed("listing", "repeats its page token");
            }
            next = page.next();
        }
        throw failures.malformed("listing", "has more than " + MAX_PAGES + " pages");
    }

    /**
     * Opens a watch.
     *
     * @param scope what to watch
     * @param version the version of its group
     * @param resourceVersion where to start
     * @param duration after how long the server is to end the watch, so that a forgotten one does not last
     * @param track takes the call before it is made, to cancel it
     * @return the open watch, to be closed by the caller
     */
    WatchStream watch(WatchScope scope, String version, String resourceVersion, Duration duration, Consumer<Call> track)
            throws CallFailure {
        List<Pair> query = query(scope);
        query.add(new Pair("watch", "true"));
        query.add(new Pair("allowWatchBookmarks", "true"));
        query.add(new Pair("resourceVersion", resourceVersion));
        query.add(new Pair("timeoutSeconds", Long.toString(duration.toSeconds())));
        CallFailures failures = failures(scope);
        Call call = call(watches, scope.path(version), query, accept(scope, ""));
        track.accept(call);
        try {
            Response response = call.execute();
            if (response.code() != HttpURLConnection.HTTP_OK) {
                try (response) {
                    throw failures.of("watching", response);
                }
            }
            return new WatchStream(response, JSON, failures);
        } catch (IOException e) {
            throw failures.of("watching", e);
        }
    }

    /** Closes our connections. The calls under way are to be cancelled before. */
    @Override
    public void close() {
        connections.evictAll();
    }

    private static boolean serves(JsonNode discovered, ClusterResource resource) {
        for (JsonNode served : discovered.path("resources")) {
            if (served.path("name").asText().equals(resource.plural())) {
                return true;
            }
        }
        return false;
    }

    private static ListPage listPage(Call call, CallFailures failures, Consumer<JsonNode> items) throws CallFailure {
        try (Response response = call.execute()) {
            if (response.code() != HttpURLConnection.HTTP_OK) {
                throw failures.of("listing", response);
            }
            try (JsonParser parser = JSON.createParser(response.body().byteStream())) {
                ListPage page = ListPage.read(parser, items);
                if (page.resourceVersion().isEmpty()) {
                    throw failures.malformed("listing", "is no list");
                }
                return page;
            }
        } catch (JsonProcessingException e) {
            throw failures.malformed("listing", describe(e));
        } catch (IOException e) {
            throw failures.of("listing", e);
        }
    }

    private CallFailures failures(WatchScope scope) {
        HttpUrl base = HttpUrl.get(client.getBasePath());
        return new CallFailures(scope, base.scheme() + "://" + base.host() + ':' + base.port());
    }

    private Call call(OkHttpClient http, String path, List<Pair> query, String accept) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept);
        try {
            return http.newCall(client.buildRequest(
                    null, path, "GET", query, List.of(), null, headers, Map.of(), Map.of(), AUTHENTICATIONS, null));
        } catch (ApiException e) {
            // Building a request without a body serializes nothing, which is all that could fail.
            throw new IllegalStateException("building a request failed", e);
        }
    }

    private static List<Pair> query(WatchScope scope) {
        List<Pair> query = new ArrayList<>();
        if (scope.labelSelector() != null) {
            query.add(new Pair("labelSelector", scope.labelSelector()));
        }
        if (scope.fieldSelector() != null) {
            query.add(new Pair("fieldSelector", scope.fieldSelector()));
        }
        return query;
    }

    private static String accept(WatchScope scope, String suffix) {
        return scope.resource().metadataOnly() ? METADATA_ONLY.formatted(suffix) : "application/json";
    }

    /** Where the answer stops to be JSON; the parser's own message would quote it. */
    static String describe(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "is larger than " + MAX_PAGE_BYTES + " bytes, or deeper nested than JSON should be";
        }
        return e.getLocation() == null
                ? "is not the expected JSON"
                : "is not the expected JSON at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /** The end of a page: what to watch from, and what to ask the next page with. */
    private record ListPage(
            String resourceVersion, @Nullable String next) {
        static ListPage read(JsonParser parser, Consumer<JsonNode> items) throws IOException {
            String resourceVersion = "";
            String next = null;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new ListPage("", null);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("metadata")) {
                    JsonNode metadata = JSON.readTree(parser);
                    resourceVersion = metadata.path("resourceVersion").asText("");
                    String token = metadata.path("continue").asText("");
                    next = token.isEmpty() ? null : token;
                } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.accept(JSON.readTree(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return new ListPage(resourceVersion, next);
        }
    }
}
