package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.http.EndpointHandler;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.remote.PeerListener;
import io.modelconnector.examples.sidecars.settings.DocumentationSettings;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.kserve.leader.LeaderElection;
import io.modelconnector.techdocs.ModelCards;
import org.jspecify.annotations.Nullable;

/** The ports of a role that serves a feed: one for the feed and, unless it is turned off, one for operators. */
final class FeedServer {
    private final Lifetime lifetime;
    private final DocumentationSettings documentation;
    private final RoleServer server;

    /** Binds the feed's port, before anything else is started: most starts that fail, fail here. */
    FeedServer(Lifetime lifetime, ListenAddress address, DocumentationSettings documentation) {
        this.lifetime = lifetime;
        this.documentation = documentation;
        this.server = new RoleServer(lifetime, HttpHost.forReading());
        server.bind(address);
    }

    /** Binds the operators' port and starts to measure; port 0 is for neither. */
    void addOperations(ListenAddress address) {
        server.bindOperations(address);
    }

    /** The feed's port. */
    int port() {
        return server.port();
    }

    /** The operators' port; 0 if there is none. */
    int operationsPort() {
        return server.operationsPort();
    }

    /** What measures; null if nothing does. */
    @Nullable
    ConnectorMetrics metrics() {
        return server.metrics();
    }

    /** The operators' port in words, for the log. */
    String operationsInWords() {
        return server.operationsInWords();
    }

    /** Who is told of requests to Backstage. */
    PeerListener peerListener() {
        return server.peerListener();
    }

    /** Starts the server, then the feed: requests are answered, with 503, before the first read has ended. */
    void start(ModelFeed feed, PortalContracts contracts) {
        start(feed, contracts, null, null);
    }

    /** As {@link #start(ModelFeed, PortalContracts)}, and shows the election of who writes and the telling of Backstage, if there are. */
    void start(
            ModelFeed feed,
            PortalContracts contracts,
            @Nullable LeaderElection election,
            @Nullable BackstagePush push) {
        lifetime.add(feed);
        ModelCards cards = lifetime.add(
                ShownCards.configure(ModelCards.builder(feed), documentation).build());
        FeedEndpoint endpoint = contracts
                .addRoutes(FeedEndpoint.builder(feed).documentation(cards), feed)
                .build();
        server.serve(EndpointHandler.ofFeed(endpoint, server.workers(), server.observer()));
        ConnectorMetrics metrics = server.metrics();
        if (metrics != null) {
            metrics.show(feed);
            if (election != null) {
                metrics.showLeading(() -> election.leadingSince().isPresent());
            }
            if (push != null) {
                metrics.show(push);
            }
            server.serveOperations(new FeedHealthPages(feed, election, push)::handle);
        }
        server.start();
        feed.start();
    }
}
