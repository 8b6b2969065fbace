package io.modelconnector.kserve.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * An API server that lists, pages, watches, forgets, refuses and breaks as told. Resources are named by their plural.
 * Thread-safe.
 */
public final class FakeApiServer implements AutoCloseable {
    private static final String INFERENCE_SERVICES = "inferenceservices";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, List<String>> served = new LinkedHashMap<>();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new LinkedHashMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<WatchConnection> watches = new CopyOnWriteArrayList<>();
    private final List<HttpUrl> requests = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> recorded = new CopyOnWriteArrayList<>();
    private final Map<Predicate<HttpUrl>, Function<HttpUrl, @Nullable MockResponse>> faults = new LinkedHashMap<>();
    private final List<CountDownLatch> held = new CopyOnWriteArrayList<>();
    private final ObjectRequests single = new ObjectRequests(this);
    private final boolean http2;
    private int pageSize = 500;
    private long resourceVersion = 1000;
    private long compactedTo;
    private boolean closed;

    private FakeApiServer(boolean http2, @Nullable HeldCertificate certificate) {
        this.http2 = http2;
        server.setServerSocketFactory(new PromptSockets());
        server.setProtocols(List.of(http2 ? Protocol.H2_PRIOR_KNOWLEDGE : Protocol.HTTP_1_1));
        if (certificate != null) {
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
        }
        serve(INFERENCE_SERVICES, "v1beta1");
        serve("llminferenceservices", "v1alpha1", "v1alpha2");
        serve("routes", "v1");
        serve("services", "v1");
        serve("serviceaccounts", "v1");
        serve("configmaps", "v1");
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server without TLS. */
    public static FakeApiServer start() {
        return new FakeApiServer(false, null);
    }

    /** A server that speaks HTTP/2 without TLS. */
    public static FakeApiServer startHttp2() {
        return new FakeApiServer(true, null);
    }

    /** A server with a certificate. */
    public static FakeApiServer startTls(HeldCertificate certificate) {
        return new FakeApiServer(false, certificate);
    }

    /** A certificate that such a server can show, and its own CA. */
    public static HeldCertificate certificate() {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName(InetAddress.getLoopbackAddress().getCanonicalHostName())
                .addSubjectAlternativeName("localhost")
                .build();
    }

    /** Its URL. */
    public String url() {
        String url = server.url("/").toString();
        return url.substring(0, url.length() - 1);
    }

    /** A client of it. */
    public ApiClient client() {
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        if (http2) {
            http.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        }
        return new ApiClient(http.build()).setBasePath(url());
    }

    /** Serves a resource in these versions; in none, it is not there. */
    public synchronized void serve(String plural, String... versions) {
        served.put(plural, List.of(versions));
        objects.computeIfAbsent(plural, p -> new TreeMap<>());
    }

    /** Gives at most that many objects per page. */
    public synchronized void pageSize(int size) {
        pageSize = size;
    }

    /** Creates or replaces an object, written as in {@link Json}. */
    public void apply(String plural, String object) {
        apply(plural, Json.object(object));
    }

    /** Creates or replaces an object. */
    public synchronized void apply(String plural, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.put("resourceVersion", Long.toString(++resourceVersion));
        ObjectNode before = objects.get(plural).put(key(object), object);
        change(plural, before == null ? "ADDED" : "MODIFIED", object);
    }

    /** The requests for single objects. */
    public ObjectRequests single() {
        return single;
    }

    /** An object as it is; null if there is none. */
    public synchronized @Nullable ObjectNode object(String plural, String namespace, String name) {
        ObjectNode object = objects.get(plural).get(namespace + '/' + name);
        return object == null ? null : object.deepCopy();
    }

    /** Deletes an object. */
    public synchronized void delete(String plural, String namespace, String name) {
        ObjectNode gone = objects.get(plural).remove(namespace + '/' + name).deepCopy();
        ((ObjectNode) gone.get("metadata")).put("resourceVersion", Long.toString(++resourceVersion));
        change(plural, "DELETED", gone);
    }

    /** Forgets what happened, so that watches and page tokens from before get 410. */
    public synchronized void compact() {
        compactedTo = ++resourceVersion;
        history.clear();
    }

    /** Tells all watches how far they are. */
    public synchronized void bookmark() {
        resourceVersion++;
        watches.forEach(watch -> watch.send("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\""
                + resourceVersion + "\"}}}\n"));
    }

    /** The open watches of a resource. */
    public List<WatchConnection> watches(String plural) {
        return watches.stream()
                .filter(watch -> watch.plural().equals(plural) && watch.isOpen())
                .toList();
    }

    /** Answers what is asked for a resource, watches included, with a status. */
    public void refuse(String plural, int status) {
        answer(url -> isFor(url, plural), url -> status(status));
    }

    /** Answers watches of a resource with a status. */
    public void refuseWatches(String plural, int status) {
        answer(url -> isFor(url, plural) && isWatch(url), url -> status(status));
    }

    /** Answers requests in a way of the test's own; null for the usual one. */
    public synchronized void answer(Predicate<HttpUrl> which, Function<HttpUrl, @Nullable MockResponse> how) {
        faults.put(which, how);
    }

    /** Breaks the connection instead of an answer. */
    public void breakConnections() {
        answer(
                url -> true,
                url -> new MockResponse.Builder()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build());
        watches.forEach(WatchConnection::end);
    }

    /** Does not answer until the server is closed or mended. */
    public void hang(String plural) {
        CountDownLatch latch = new CountDownLatch(1);
        held.add(latch);
        answer(url -> isFor(url, plural), url -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    /** Answers as usual again. */
    public void mend() {
        synchronized (this) {
            faults.clear();
        }
        held.forEach(CountDownLatch::countDown);
    }

    /** The requests for a resource so far, lists and watches. */
    public List<HttpUrl> requests(String plural) {
        return requests.stream().filter(url -> isFor(url, plural)).toList();
    }

    /** The lists of a resource so far. */
    public List<HttpUrl> lists(String plural) {
        return requests(plural).stream().filter(url -> !isWatch(url)).toList();
    }

    /** All requests so far. */
    public List<RecordedRequest> recorded() {
        return recorded;
    }

    /** Whether it is for the objects of a resource. */
    public static boolean isFor(HttpUrl url, String plural) {
        return url.pathSegments().get(url.pathSize() - 1).equals(plural);
    }

    /** Whether it asks for a watch. */
    public static boolean isWatch(HttpUrl url) {
        return "true".equals(url.queryParameter("watch"));
    }

    /** An answer of the API server's kind. */
    public static MockResponse status(int code) {
        return json(code, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code + "}");
    }

    /** An answer. */
    public static MockResponse json(int code, String body) {
        return new MockResponse.Builder()
                .code(code)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** An answer that begins, and goes on for as long as somebody reads it. */
    public static MockResponse endless(String beginning, String more) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(new EndlessBody(beginning, more))
                .build();
    }

    @Override
    public void close() {
        mend();
        synchronized (this) {
            closed = true;
            watches.forEach(WatchConnection::end);
        }
        server.close();
    }

    private MockResponse answer(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        requests.add(url);
        recorded.add(request);
        List<Function<HttpUrl, @Nullable MockResponse>> matching = new ArrayList<>();
        synchronized (this) {
            faults.forEach((which, how) -> {
                if (which.test(url)) {
                    matching.add(how);
                }
            });
        }
        for (Function<HttpUrl, @Nullable MockResponse> how : matching) {
            MockResponse response = how.apply(url);
            if (response != null) {
                return response;
            }
        }
        MockResponse one = single.answer(request);
        return one != null ? one : usual(url);
    }

    private synchronized MockResponse usual(HttpUrl url) {
        String plural = url.pathSegments().get(url.pathSize() - 1);
        if (!objects.containsKey(plural)) {
            return discovery(url);
        }
        String version = url.pathSegments().get(url.pathSegments().get(0).equals("api") ? 1 : 2);
        if (!served.get(plural).contains(version)) {
            return new MockResponse.Builder()
                    .code(404)
                    .body("404 page not found\n")
                    .build();
        }
        return isWatch(url) ? watch(plural, url) : list(plural, url);
    }

    private MockResponse discovery(HttpUrl url) {
        String version = url.pathSegments().get(url.pathSize() - 1);
        ArrayNode resources = Json.MAPPER.createArrayNode();
        served.forEach((plural, versions) -> {
            if (versions.contains(version)) {
                resources.addObject().put("name", plural);
                resources.addObject().put("name", plural + "/status");
            }
        });
        return resources.isEmpty() ? status(404) : json(200, "{\"resources\":" + resources + "}");
    }

    private MockResponse list(String plural, HttpUrl url) {
        String token = url.queryParameter("continue");
        if (token != null && Long.parseLong(token.substring(0, token.indexOf('@'))) < compactedTo) {
            return status(410);
        }
        String after = token == null ? "" : token.substring(token.indexOf('@') + 1);
        String listed = token == null ? Long.toString(resourceVersion) : token.substring(0, token.indexOf('@'));
        ObjectNode list = Json.MAPPER.createObjectNode();
        ObjectNode metadata = list.put("kind", "List").putObject("metadata").put("resourceVersion", listed);
        ArrayNode items = list.putArray("items");
        for (Map.Entry<String, ObjectNode> entry :
                objects.get(plural).tailMap(after, false).entrySet()) {
            if (Selector.selects(url, entry.getValue())) {
                if (url.queryParameter("limit") != null && items.size() == pageSize) {
                    metadata.put("continue", listed + '@' + key((ObjectNode) items.get(items.size() - 1)));
                    break;
                }
                items.add(entry.getValue());
            }
        }
        return json(200, list.toString());
    }

    private MockResponse watch(String plural, HttpUrl url) {
        long from = Long.parseLong(url.queryParameter("resourceVersion"));
        WatchConnection watch = new WatchConnection(plural, http2, object -> Selector.selects(url, object));
        if (from < compactedTo) {
            watch.send("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n");
            watch.end();
        } else {
            history.stream()
                    .filter(change -> change.version() > from && change.plural().equals(plural))
                    .forEach(change -> watch.send(change.type(), change.object()));
            watches.add(watch);
        }
        if (closed) {
            watch.end();
        }
        return watch.response();
    }

    private void change(String plural, String type, ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        history.add(new Change(resourceVersion, plural, type, copy));
        watches.stream().filter(watch -> watch.plural().equals(plural)).forEach(watch -> watch.send(type, copy));
    }

    private static String key(ObjectNode object) {
        return object.at("/metadata/namespace").asText()
                + '/'
                + object.at("/metadata/name").asText();
    }

    private record Change(long version, String plural, String type, ObjectNode object) {}
}
