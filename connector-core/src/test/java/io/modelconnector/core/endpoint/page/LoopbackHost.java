package io.modelconnector.core.endpoint.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Mounts an endpoint in the JDK's server, on a free port of the loopback interface, and notes what is asked for. */
final class LoopbackHost implements AutoCloseable {
    private final FeedEndpoint endpoint;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    LoopbackHost(FeedEndpoint endpoint) throws IOException {
        this(endpoint, 0);
    }

    LoopbackHost(FeedEndpoint endpoint, int port) throws IOException {
        this.endpoint = endpoint;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it is, with a slash at the end. */
    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The paths and queries that were asked for, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        FeedResponse response = endpoint.handle(new FeedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders()::getFirst));
        response.headers().forEach((name, value) -> {
            if (!name.equals("Content-Length")) {
                exchange.getResponseHeaders().set(name, value);
            }
        });
        int length = response.body().remaining();
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        try (exchange) {
            if (length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    response.writeTo(out);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
