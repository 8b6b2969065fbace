package io.modelconnector.examples.mlflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracking server that answers the two searches that the source uses, two items to a page. */
final class MlflowStub implements AutoCloseable {
    private static final int PAGE_SIZE = 2;
    private static final Pattern PAGE_TOKEN = Pattern.compile("(?:^|&)page_token=after(?:%3A|:)(\\d+)(?:&|$)");
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Map<String, Object>> models = new CopyOnWriteArrayList<>();
    final List<Map<String, Object>> versions = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** The client that a user would lend to the source. */
    final HttpClient http = HttpClient.newHttpClient();

    /** What to answer instead, from the second page of a collection on. */
    volatile Answer later = null;
    /** What to answer instead, always. */
    volatile Answer always = null;

    private volatile CountDownLatch answering = new CountDownLatch(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    MlflowStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/mlflow/api/2.0/mlflow/registered-models/search", exchange -> {
            answer(exchange, "registered_models", models);
        });
        server.createContext("/mlflow/api/2.0/mlflow/model-versions/search", exchange -> {
            answer(exchange, "model_versions", versions);
        });
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/mlflow/");
    }

    void stall() {
        answering = new CountDownLatch(1);
    }

    void goOn() {
        answering.countDown();
    }

    private void answer(HttpExchange exchange, String field, List<Map<String, Object>> items) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        requests.add(field + '?' + query);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Matcher token = PAGE_TOKEN.matcher(query);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        try {
            answering.await();
        } catch (InterruptedException e) {
            throw new IOException("the stub was closed while it stalled", e);
        }
        Answer other = always == null && from > 0 ? later : always;
        send(exchange, other == null ? page(field, items, from) : other);
    }

    private static Answer page(String field, List<Map<String, Object>> items, int from) throws IOException {
        int to = Math.min(from + PAGE_SIZE, items.size());
        String next = to < items.size() ? "after:" + to : "";
        return new Answer(
                200,
                JSON.writeValueAsString(
                        Map.of(field, new ArrayList<>(items.subList(from, to)), "next_page_token", next)));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }

    record Answer(int status, String body) {}
}
