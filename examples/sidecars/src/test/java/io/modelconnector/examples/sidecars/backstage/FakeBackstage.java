package io.modelconnector.examples.sidecars.backstage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * A Backstage catalog with the part of its API that is about locations: ids, conflicts, the token, and what goes wrong
 * with it.
 */
final class FakeBackstage implements AutoCloseable {
    static final String TOKEN = "aW50ZXJuYWwtbW9kZWxz";
    private static final String PATH = "/api/catalog/locations";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What goes wrong with a request; null for nothing. */
    @FunctionalInterface
    interface Fault {
        Answer of(String method, String path, String body);
    }

    /** An answer, as far as it is of interest. */
    record Answer(int status, String body, Map<String, String> headers) {
        static Answer status(int status) {
            return new Answer(status, "{\"error\":{\"name\":\"Error\",\"message\":\"as scripted\"}}", Map.of());
        }

        Answer with(String header, String value) {
            return new Answer(status, body, Map.of(header, value));
        }
    }

    /** Closes the connection without an answer. */
    static final Answer DROPPED = Answer.status(0);

    private final Map<String, CatalogLocation> locations = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final MockWebServer server = new MockWebServer();
    private int ids;
    private boolean hidden;
    private boolean unlisted;
    private volatile BooleanSupplier lostAnswers = () -> false;
    private volatile Fault fault = (method, path, body) -> null;
    private final AtomicReference<Runnable> afterList = new AtomicReference<>(() -> {});
    private final URI url;

    FakeBackstage() {
        this(null);
    }

    /**
     * Serves https.
     *
     * @param tls makes the sockets; null for http
     */
    FakeBackstage(SSLSocketFactory tls) {
        server.setServerSocketFactory(new PromptSockets());
        if (tls != null) {
            server.useHttps(tls);
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return response(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + server.getPort());
    }

    URI url() {
        return url;
    }

    /** Has every request go wrong as the fault says. */
    void fails(Fault with) {
        fault = with;
    }

    void isDown() {
        fails((method, path, body) -> DROPPED);
    }

    void isUp() {
        losesAnswers(() -> false);
        fails((method, path, body) -> null);
    }

    /** Does what it is asked for, but every answer for which this says so is lost. */
    void losesAnswers(BooleanSupplier which) {
        lostAnswers = which;
    }

    /** Does something once, right after the locations were listed. */
    void afterNextList(Runnable action) {
        afterList.set(action);
    }

    /** Answers 404 to whoever asks for all locations. */
    synchronized void doesNotList() {
        unlisted = true;
    }

    /** Shows no location to the token, as where its accessRestrictions lack the permission. */
    synchronized void hidesLocations() {
        hidden = true;
    }

    synchronized void losesItsDatabase() {
        locations.clear();
    }

    /** Registers a location, as somebody else does. */
    synchronized CatalogLocation has(String type, String target) {
        CatalogLocation location = new CatalogLocation("0a4f-" + ++ids, type, target);
        locations.put(location.id(), location);
        return location;
    }

    synchronized void has(CatalogLocation location) {
        locations.put(location.id(), location);
    }

    synchronized List<CatalogLocation> locations() {
        return List.copyOf(locations.values());
    }

    List<String> targets() {
        return locations().stream().map(CatalogLocation::target).sorted().toList();
    }

    String idOf(String target) {
        return locations().stream()
                .filter(location -> location.target().equals(target))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** How many requests of a method there were. */
    long count(String method) {
        return requests.stream().filter(request -> request.startsWith(method)).count();
    }

    void forgetRequests() {
        requests.clear();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    private MockResponse response(RecordedRequest request) {
        mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            String method = request.getMethod();
            String path = request.getUrl().encodedPath();
            String body = request.getBody() == null ? "" : request.getBody().utf8();
            requests.add(method + ' ' + path);
            Answer answer = fault.of(method, path, body);
            if (answer == null) {
                boolean known = ("Bearer " + TOKEN).equals(request.getHeaders().get("Authorization"));
                answer = known ? answer(method, path, body) : Answer.status(401);
            }
            if (method.equals("GET") && path.equals(PATH)) {
                afterList.getAndSet(() -> {}).run();
            }
            return response(lostAnswers.getAsBoolean() ? DROPPED : answer);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static MockResponse response(Answer answer) {
        MockResponse.Builder response = new MockResponse.Builder();
        if (answer == DROPPED) {
            return response.onResponseStart(new SocketEffect.CloseSocket()).build();
        }
        response.code(answer.status()).addHeader("Content-Type", "application/json; charset=utf-8");
        answer.headers().forEach(response::addHeader);
        return answer.status() == 204
                ? response.build()
                : response.body(answer.body()).build();
    }

    private synchronized Answer answer(String method, String path, String body) {
        if (path.equals(PATH)) {
            return method.equals("POST") ? register(body) : list();
        }
        CatalogLocation location = hidden ? null : locations.get(path.substring(PATH.length() + 1));
        if (location == null) {
            return Answer.status(404);
        }
        if (method.equals("DELETE")) {
            locations.remove(location.id());
            return Answer.status(204);
        }
        return new Answer(200, json(location).toString(), Map.of());
    }

    private Answer list() {
        if (unlisted) {
            return Answer.status(404);
        }
        ArrayNode list = JSON.createArrayNode();
        if (!hidden) {
            locations.values().forEach(location -> list.addObject().set("data", json(location)));
        }
        return new Answer(200, list.toString(), Map.of());
    }

    private Answer register(String body) {
        JsonNode wanted = json(body);
        String type = wanted.path("type").asText();
        String target = wanted.path("target").asText();
        for (CatalogLocation location : locations.values()) {
            if (location.type().equals(type) && location.target().equals(target)) {
                return Answer.status(409);
            }
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("entities");
        answer.set("location", json(has(type, target)));
        return new Answer(201, answer.toString(), Map.of());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode json(CatalogLocation location) {
        return JSON.createObjectNode()
                .put("id", location.id())
                .put("type", location.type())
                .put("target", location.target());
    }

    @Override
    public void close() {
        server.close();
    }
}
