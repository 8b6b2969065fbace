package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Everything that a deployment talks to, behind one address: API server, registry, catalog, the other parts, the portal.
 * Answers what it is told to, 404 to the rest; access reviews as it is told who may do what; watches never say anything.
 */
final class FakePlatform implements AutoCloseable {
    static final String TOKEN = "token-canary";
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    static final String ROUTES = "/apis/route.openshift.io/v1/routes";
    static final String SERVICES = "/api/v1/services";
    static final String CONFIG_MAPS = "/api/v1/namespaces/ai-rhdh/configmaps";
    static final String MODELS = "/api/model_registry/v1alpha3/registered_models";
    static final String SOURCES = "/api/model_catalog/v1alpha1/sources";
    static final String CARDS = "/api/model_catalog/v1alpha1/models";
    static final String LOCATIONS = "/api/catalog/locations";

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<KubernetesAccess> opened = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    FakePlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-platform");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** One on which nothing is wrong. */
    static FakePlatform healthy() {
        FakePlatform platform = new FakePlatform();
        platform.on("GET", "/version", 200, "{\"gitVersion\": \"v1.31.4\"}");
        platform.on("POST", WHO, 201, """
                {"status": {"userInfo": {"username": "system:serviceaccount:ai-rhdh:rhdh-rhoai-connector"}}}""");
        platform.definition("inferenceservices", "v1beta1").definition("llminferenceservices", "v1alpha2");
        platform.on("GET", "/apis/route.openshift.io/v1", 200, "{\"resources\": [{\"name\": \"routes\"}]}");
        platform.lists(ROUTES);
        platform.lists(
                SERVICES,
                platform.service("modelregistry-public", "model-registry"),
                platform.service("model-catalog", "model-catalog"));
        platform.on("POST", CONFIG_MAPS, 201, "{}");
        platform.on(
                "GET", MODELS, 200, "{\"items\": [{\"id\": \"1\", \"name\": \"granite\"}], \"nextPageToken\": \"\"}");
        platform.on("GET", SOURCES, 200, "{\"items\": [{\"id\": \"redhat_ai_models\"}], \"nextPageToken\": \"\"}");
        platform.on("GET", CARDS, 200, "{\"items\": [{}, {}], \"nextPageToken\": \"\"}");
        return platform;
    }

    FakePlatform on(String method, String path, int status, String body) {
        answers.put(method + ' ' + path, new Answer(status, body));
        return this;
    }

    /** Answers a query of its own. */
    FakePlatform onQuery(String path, String query, String body) {
        answers.put("GET " + path + '?' + query, new Answer(200, body));
        return this;
    }

    /** Lists some objects, each as JSON. */
    FakePlatform lists(String path, String... objects) {
        return on("GET", path, 200, """
                {"metadata": {"resourceVersion": "7"}, "items": [%s]}""".formatted(String.join(",", objects)));
    }

    FakePlatform definition(String plural, String version) {
        return on("GET", definitionPath(plural), 200, """
                {"spec": {"versions": [{"name": "v1old", "served": false}, {"name": "%s", "served": true}]}}""".formatted(version));
    }

    static String definitionPath(String plural) {
        return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + ".serving.kserve.io";
    }

    /** A Service without TLS that leads here. */
    String service(String name, String component) {
        return """
                {"metadata": {"name": "%s", "namespace": "rhoai-model-registries", "resourceVersion": "5",
                              "labels": {"component": "%s", "app": "%s"}},
                 "spec": {"ports": [{"name": "http-api", "port": 8080}]}}
                """.formatted(name, component, name);
    }

    /** Does not answer. */
    FakePlatform hangs(String method, String path) {
        silent.add(method + ' ' + path);
        return this;
    }

    FakePlatform denies(String verb, String resource) {
        denied.add(verb + ' ' + resource);
        return this;
    }

    /** Method, path and query of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The bodies of the requests that had one and were no access reviews. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Writes a kubeconfig that leads here. */
    Path kubeconfig(Path directory) {
        try {
            return Files.writeString(directory.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test, namespace: ai-rhdh}}]
                    clusters: [{name: test, cluster: {server: "%s"}}]
                    users: [{name: test, user: {token: %s}}]
                    """.formatted(uri(), TOKEN));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    KubernetesAccess access(Path directory, String... token) {
        KubernetesAccess access = KubernetesAccess.from(
                token.length == 0
                        ? Map.of("KUBECONFIG", kubeconfig(directory).toString())
                        : Map.of("KUBECONFIG", kubeconfig(directory).toString(), "K8S_TOKEN", token[0]));
        opened.add(access);
        return access;
    }

    Cluster cluster(Path directory) {
        return new Cluster(access(directory), PATIENCE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        String what = exchange.getRequestMethod() + ' ' + path;
        requests.add(query == null ? what : what + '?' + query);
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            if (silent.contains(what)) {
                closing.await();
                return;
            }
            Answer answer = path.equals(REVIEWS) && !answers.containsKey(what)
                    ? review(request)
                    : answers.getOrDefault(what + '?' + query, answers.getOrDefault(what, notFound()));
            if (request.length > 0 && !path.equals(REVIEWS)) {
                bodies.add(new String(request, StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() == 200 && String.valueOf(query).contains("watch=")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                closing.await();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.status() >= 300 && answer.status() < 400) {
                exchange.getResponseHeaders().set("Location", answer.body());
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer review(byte[] request) throws IOException {
        JsonNode wanted = Reply.JSON.readTree(request).path("spec").path("resourceAttributes");
        boolean allowed = !denied.contains(
                wanted.path("verb").asText() + ' ' + wanted.path("resource").asText());
        return new Answer(201, "{\"status\": {\"allowed\": " + allowed + "}}");
    }

    private static Answer notFound() {
        return new Answer(404, "{\"kind\": \"Status\", \"reason\": \"NotFound\", \"code\": 404}");
    }

    @Override
    public void close() {
        closing.countDown();
        opened.forEach(KubernetesAccess::close);
        server.stop(0);
    }
}
