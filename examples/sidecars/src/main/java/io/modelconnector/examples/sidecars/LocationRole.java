package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.LocationEndpoint;
import io.modelconnector.examples.sidecars.http.EndpointHandler;
import io.modelconnector.examples.sidecars.http.HealthPages;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.ProbedHandler;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.remote.ReplicaLoader;
import io.modelconnector.examples.sidecars.remote.RestEntryStore;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.LocationSettings;
import io.modelconnector.kserve.credentials.SharedToken;
import io.modelconnector.techdocs.ModelCards;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves what storage-rest keeps and forwards to the portal, from memory. Needs no cluster. */
@Command(
        name = "location",
        description = "Serves the models that storage-rest keeps to the portal. Settings are environment variables.")
final class LocationRole extends Role {
    @Option(
            names = {"--address", "-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where the portal reads the models; port 0 is any free one. Default: 9090")
    private ListenAddress address = ListenAddress.port(9090);

    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where to serve metrics, probes and health; 0 for nowhere. Default: nowhere. /healthz and"
                    + " /readyz are at --address as well")
    private @Nullable ListenAddress operations;

    LocationRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) {
        Map<String, String> environment = surroundings().environment();
        LocationSettings settings = LocationSettings.from(environment);
        settings.log().apply();
        SharedToken token = SharedToken.from(environment);
        RoleServer server = new RoleServer(lifetime, HttpHost.forReading());
        server.bind(address);
        server.bindOperations(operations);
        EntryReplica replica = EntryReplica.builder(settings.format()).build();
        RestEntryStore storage = lifetime.add(RestEntryStore.builder(settings.storage())
                .bearerToken(token)
                .listener(server.peerListener())
                .build());
        ReplicaLoader loader = lifetime.add(new ReplicaLoader(storage, replica));
        ModelCards cards = lifetime.add(ShownCards.configure(
                        ModelCards.builder(LocationCards.of(replica, settings, token, lifetime)),
                        settings.documentation())
                .build());
        FeedEndpoint reads = FeedEndpoint.builder(replica).documentation(cards).build();
        serve(server, replica, loader, LocationEndpoint.of(replica, reads, token));
        log().info(
                        "{} {}, role location, serves models on port {}, metrics and health on {}; loads them from {};"
                                + " writes need the token of {}",
                        Main.NAME,
                        ProgramVersion.text(),
                        server.port(),
                        server.operationsInWords(),
                        settings.storage(),
                        token);
        server.start();
        loader.start();
    }

    private static void serve(
            RoleServer server, EntryReplica replica, ReplicaLoader loader, LocationEndpoint endpoint) {
        HealthPages pages = new HealthPages(new LocationHealth(replica, loader));
        server.serve(new ProbedHandler(
                pages,
                EndpointHandler.of(endpoint::handle, endpoint::mayWait, server.workers(), server.observer()),
                server.observer()));
        server.serveOperations(pages::handle);
        ConnectorMetrics metrics = server.metrics();
        if (metrics != null) {
            metrics.showEntries(replica::size, () -> loader.problems().size());
        }
    }
}
