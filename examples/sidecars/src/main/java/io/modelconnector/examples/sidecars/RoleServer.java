package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.OperationsHandler;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.remote.PeerListener;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/** The ports of a role: its main one, if it has one, and one for operators, unless that is turned off. */
final class RoleServer {
    private final Lifetime lifetime;
    private final HttpHost host;
    private HttpHost.@Nullable Listener main;
    private HttpHost.@Nullable Listener operations;
    private @Nullable ConnectorMetrics metrics;

    RoleServer(Lifetime lifetime, HttpHost host) {
        this.lifetime = lifetime;
        this.host = lifetime.add(host);
    }

    /** Binds the main port, before anything else is started: most starts that fail, fail here. */
    void bind(ListenAddress address) {
        main = host.bind("--address", address);
    }

    /** Binds the operators' port and starts to measure; null and port 0 are for neither. */
    void bindOperations(@Nullable ListenAddress address) {
        if (address != null && address.port() != 0) {
            operations = host.bind("--metrics-address", address);
            metrics = lifetime.add(new ConnectorMetrics(InstantSource.system()));
        }
    }

    /** The main port. */
    int port() {
        return main == null ? 0 : main.port();
    }

    /** The operators' port; 0 if there is none. */
    int operationsPort() {
        return operations == null ? 0 : operations.port();
    }

    /** The operators' port in words, for the log. */
    String operationsInWords() {
        return operations == null ? "no port" : "port " + operations.port();
    }

    /** What measures; null if nothing does. */
    @Nullable
    ConnectorMetrics metrics() {
        return metrics;
    }

    /** Who is told of answers. */
    RequestObserver observer() {
        return metrics == null ? RequestObserver.NONE : metrics;
    }

    /** Who is told of requests to other parts. */
    PeerListener peerListener() {
        return metrics == null ? PeerListener.NONE : metrics::upstream;
    }

    /** Where answers that may have to wait are made. */
    Executor workers() {
        return host.waiting();
    }

    /** Sets what answers at the main port. */
    void serve(Handler handler) {
        if (main != null) {
            main.serve(handler);
        }
    }

    /** Sets what answers probes, and everything but metrics, at the operators' port. */
    void serveOperations(Function<FeedRequest, FeedResponse> health) {
        if (operations != null && metrics != null) {
            operations.serve(new OperationsHandler(health, metrics::scrape));
        }
    }

    /**
     * Answers requests from now on. What was opened until now is closed after the server: what is served is complete to the
     * end.
     */
    void start() {
        lifetime.add(host);
        host.start();
    }
}
