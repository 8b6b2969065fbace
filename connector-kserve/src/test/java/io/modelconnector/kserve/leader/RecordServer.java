package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.Json;
import io.modelconnector.kserve.testing.PromptSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * An API server that reads, creates and replaces Leases and ConfigMaps, of which each has a version, and refuses or breaks
 * as told. Requests are named by method and plural: {@code "PUT leases"}. Thread-safe.
 */
final class RecordServer implements AutoCloseable {
    static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/ai/leases";
    static final String CONFIG_MAPS = "/api/v1/namespaces/ai/configmaps";

    private static final String MICROS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Runnable>> before = new ConcurrentHashMap<>();
    private volatile @Nullable String lost;
    private volatile boolean down;
    private int version = 100;

    RecordServer() {
        server.setServerSocketFactory(new PromptSockets());
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

    ApiClient client() {
        return new ApiClient(new OkHttpClient()).setBasePath(url());
    }

    String url() {
        return server.url("/").toString().replaceFirst("/$", "");
    }

    /** The requests so far, for instance {@code "GET leases"}. */
    List<String> requests() {
        return requests;
    }

    /** Answers such requests with 403, or with 404 as if there was no such resource. */
    void refuse(String request, int status) {
        answer(
                request,
                status == 404
                        ? new MockResponse.Builder()
                                .code(404)
                                .body("404 page not found\n")
                                .build()
                        : FakeApiServer.status(status));
    }

    /** Answers such requests in a way of the test's own. */
    void answer(String request, MockResponse response) {
        answers.put(request, response);
    }

    /** Does what the next such request asks for, but breaks the connection instead of an answer. */
    void loseTheAnswerTo(String request) {
        lost = request;
    }

    /** Breaks every connection instead of an answer. */
    void goDown() {
        down = true;
    }

    /** Answers as usual again. */
    void mend() {
        answers.clear();
        down = false;
    }

    /** Runs something once, before the next such request is looked at. */
    void beforeNext(String request, Runnable action) {
        before.computeIfAbsent(request, r -> new ConcurrentLinkedQueue<>()).add(action);
    }

    /** The object at a path. */
    synchronized ObjectNode object(String path) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            throw new AssertionError("there is nothing at " + path + " but at " + objects.keySet());
        }
        return object.deepCopy();
    }

    synchronized boolean has(String path) {
        return objects.containsKey(path);
    }

    /** Creates or replaces an object, as somebody with {@code kubectl} does. */
    synchronized void put(String path, ObjectNode object) {
        object.withObjectProperty("metadata").put("resourceVersion", Integer.toString(++version));
        objects.put(path, object);
    }

    synchronized void delete(String path) {
        objects.remove(path);
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        String plural = path.contains("/leases") ? "leases" : "configmaps";
        String what = request.getMethod() + ' ' + plural;
        requests.add(what);
        ConcurrentLinkedQueue<Runnable> actions = before.get(what);
        Runnable action = actions == null ? null : actions.poll();
        if (action != null) {
            action.run();
        }
        if (down) {
            return broken();
        }
        MockResponse fixed = answers.get(what);
        if (fixed != null) {
            return fixed;
        }
        MockResponse usual = usual(request, path);
        if (what.equals(lost)) {
            lost = null;
            return broken();
        }
        return usual;
    }

    private synchronized MockResponse usual(RecordedRequest request, String path) {
        ObjectNode before = objects.get(path);
        return switch (request.getMethod()) {
            case "GET" -> before == null ? FakeApiServer.status(404) : FakeApiServer.json(200, before.toString());
            case "POST" -> create(path, body(request));
            case "PUT" -> before == null ? FakeApiServer.status(404) : replace(path, before, body(request));
            default -> FakeApiServer.status(405);
        };
    }

    private MockResponse create(String collection, ObjectNode object) {
        String path = collection + '/' + object.at("/metadata/name").asText();
        if (objects.containsKey(path)) {
            return FakeApiServer.status(409);
        }
        return store(201, path, object);
    }

    private MockResponse replace(String path, ObjectNode before, ObjectNode object) {
        if (!before.at("/metadata/resourceVersion").equals(object.at("/metadata/resourceVersion"))) {
            return FakeApiServer.status(409);
        }
        return object.equals(before) ? FakeApiServer.json(200, before.toString()) : store(200, path, object);
    }

    private MockResponse store(int status, String path, ObjectNode object) {
        JsonNode spec = object.path("spec");
        if (object.path("kind").asText().equals("Lease")
                && !(spec.path("renewTime")
                                .asText("1970-01-01T00:00:00.000000Z")
                                .matches(MICROS)
                        && spec.path("acquireTime")
                                .asText("1970-01-01T00:00:00.000000Z")
                                .matches(MICROS)
                        && spec.path("leaseDurationSeconds").asInt(1) > 0)) {
            return FakeApiServer.status(422);
        }
        put(path, object);
        return FakeApiServer.json(status, object.toString());
    }

    private static ObjectNode body(RecordedRequest request) {
        return Json.object(request.getBody().utf8());
    }

    private static MockResponse broken() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build();
    }
}
