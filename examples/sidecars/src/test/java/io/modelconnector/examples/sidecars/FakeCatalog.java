package io.modelconnector.examples.sidecars;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A model catalog with one model. */
final class FakeCatalog implements AutoCloseable {
    private static final String API = "/api/model_catalog/v1alpha1/";

    private final HttpServer server;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    FakeCatalog(String source, String name, String readme) throws IOException {
        Map<String, String> model = Map.of("source_id", source, "name", name, "readme", readme);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(API + "sources", exchange -> answer(exchange, page(Map.of("id", source))));
        server.createContext(API + "models", exchange -> answer(exchange, page(model)));
        server.createContext(API + "sources/" + source + "/models/" + name, exchange -> answer(exchange, model));
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What requests had as authorization. */
    Set<String> tokens() {
        return tokens;
    }

    private static Map<String, Object> page(Map<String, String> item) {
        return Map.of("items", List.of(item), "nextPageToken", "", "pageSize", 100, "size", 1);
    }

    private void answer(HttpExchange exchange, Map<String, ?> document) throws IOException {
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] body = new ObjectMapper().writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
