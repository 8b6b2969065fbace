package io.modelconnector.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.kserve.KServeModelSource;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.rhoai.RhoaiModelSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Feeds the models of a registry and of KServe to Backstage, with the JDK's HTTP server:
 *
 * <pre>java … Quickstart REGISTRY_URL CATALOG_URL TOKEN_FILE</pre>
 *
 * <p>Access to the cluster is that of the environment, for instance {@code KUBECONFIG}.
 */
public final class Quickstart {
    private Quickstart() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("usage: Quickstart REGISTRY_URL CATALOG_URL TOKEN_FILE");
            System.exit(2);
        }
        // Without this the server waits 40 ms with each answer on a connection that is kept.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // It closes what is idle beyond this many connections, which a portal may be about to use again.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        KubernetesAccess cluster = KubernetesAccess.from(System.getenv());
        ModelFeed feed = feed(URI.create(args[0]), URI.create(args[1]), Path.of(args[2]), cluster.client());
        Runtime.getRuntime().addShutdownHook(new Thread(feed::close));
        serve(feed, new InetSocketAddress(9090));
    }

    // tag::embed[]
    static ModelFeed feed(URI registry, URI catalog, Path tokenFile, ApiClient cluster) {
        return ModelFeed.builder()
                .source(RhoaiModelSource.builder("modelregistry-public", registry)
                        .catalog(catalog)
                        .bearerToken(() -> Files.readString(tokenFile))
                        .build())
                .source(KServeModelSource.builder(cluster).build())
                .build();
    }

    static HttpServer serve(ModelFeed feed, InetSocketAddress address) throws IOException {
        FeedEndpoint endpoint = FeedEndpoint.of(feed);
        HttpServer server = HttpServer.create(address, 1024);
        server.createContext("/", exchange -> {
            URI uri = exchange.getRequestURI();
            FeedResponse response = endpoint.handle(
                    new FeedRequest(exchange.getRequestMethod(), uri.getRawPath(), uri.getRawQuery(), name -> {
                        List<String> values = exchange.getRequestHeaders().get(name);
                        return values == null ? null : String.join(",", values);
                    }));
            response.headers().forEach(exchange.getResponseHeaders()::set);
            int length = response.body().remaining();
            exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
            response.writeTo(exchange.getResponseBody());
            exchange.close();
        });
        server.setExecutor(Executors.newFixedThreadPool(8));
        feed.start();
        server.start();
        return server;
    }
    // end::embed[]
}
