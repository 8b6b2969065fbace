package io.modelconnector.examples.sidecars;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An API server that lists what it is told, has the ConfigMaps of one namespace, knows nothing else, and whose other
 * watches never say anything. */
final class FakeCluster implements AutoCloseable {
    static final String SERVICES = "/api/v1/services";

    /** The namespace whose ConfigMaps it has. */
    static final String NAMESPACE = "ai-rhdh";

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final FakeConfigMaps configMaps = new FakeConfigMaps(NAMESPACE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    FakeCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** Lists some objects, each as JSON. */
    FakeCluster lists(String path, String... objects) {
        String document =
                "{\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": [" + String.join(",", objects) + "]}";
        answers.put(path, new Answer(200, document));
        return this;
    }

    FakeCluster refuses(String path) {
        answers.put(path, new Answer(403, status(403, "Forbidden")));
        return this;
    }

    /** A Service of a registry or of the catalog, with an external address. */
    static String service(String name, String component, String address) {
        return """
                {"metadata": {"name": "%s", "namespace": "registries", "resourceVersion": "5",
                              "labels": {"component": "%s", "app": "%s"},
                              "annotations": {"routing.opendatahub.io/external-address-rest": "%s"}},
                 "spec": {"ports": [{"name": "https-api", "port": 8443}]}}
                """.formatted(name, component, name, address);
    }

    /** The ConfigMaps in {@link #NAMESPACE}. */
    FakeConfigMaps configMaps() {
        return configMaps;
    }

    /** What lets a program reach it. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {token: cluster-token}}]
                """.formatted(url());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ApiClient client() throws IOException {
        return new ClientBuilder().setBasePath(url()).build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (configMaps.serves(exchange.getRequestURI().getPath())) {
            try (exchange) {
                configMaps.answer(exchange);
            }
            return;
        }
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Answer answer =
                answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, status(404, "NotFound")));
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() == 200 && query.contains("watch=")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                closing.await();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String status(int code, String reason) {
        return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"reason\": \"" + reason
                + "\", \"code\": " + code + "}";
    }

    @Override
    public void close() {
        closing.countDown();
        configMaps.close();
        server.stop(0);
    }
}
