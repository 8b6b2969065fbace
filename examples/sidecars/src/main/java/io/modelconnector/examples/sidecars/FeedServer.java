package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.HealthEndpoint;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.http.FeedHandler;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.OperationsHandler;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The ports of a role that serves a feed: one for the feed and, unless it is turned off, one for operators. */
final class FeedServer {
    private final Lifetime lifetime;
    private final HttpHost host;
    private final HttpHost.Listener feedListener;
    private HttpHost.@Nullable Listener operationsListener;
    private @Nullable ConnectorMetrics metrics;

    /** Binds the feed's port, before anything else is started: most starts that fail, fail here. */
    FeedServer(Lifetime lifetime, ListenAddress address) {
        this.lifetime = lifetime;
        this.host = lifetime.add(new HttpHost());
        this.feedListener = host.bind("--address", address);
    }

    /** Binds the operators' port and starts to measure; port 0 is for neither. */
    void addOperations(ListenAddress address) {
        if (address.port() != 0) {
            operationsListener = host.bind("--metrics-address", address);
            metrics = lifetime.add(new ConnectorMetrics(InstantSource.system()));
        }
    }

    /** The feed's port. */
    int port() {
        return feedListener.port();
    }

    /** The operators' port; 0 if there is none. */
    int operationsPort() {
        return operationsListener == null ? 0 : operationsListener.port();
    }

    /** What measures; null if nothing does. */
    @Nullable
    ConnectorMetrics metrics() {
        return metrics;
    }

    /** Starts the server, then the feed: requests are answered, with 503, before the first read has ended. */
    void start(ModelFeed feed) {
        lifetime.add(feed);
        // Taken over once more, so that it is closed before the feed: what is served is complete to the end.
        lifetime.add(host);
        ConnectorMetrics measured = metrics;
        RequestObserver observer = measured == null ? RequestObserver.NONE : measured;
        feedListener.serve(new FeedHandler(FeedEndpoint.of(feed), host.waiting(), observer));
        if (operationsListener != null && measured != null) {
            measured.show(feed);
            operationsListener.serve(new OperationsHandler(HealthEndpoint.of(feed), measured::scrape));
        }
        host.start();
        feed.start();
    }
}
