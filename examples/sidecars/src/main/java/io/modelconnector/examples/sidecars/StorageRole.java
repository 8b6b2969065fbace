package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.StorageEndpoint;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.backstage.BackstageSettings;
import io.modelconnector.examples.sidecars.http.EndpointHandler;
import io.modelconnector.examples.sidecars.http.HealthPages;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.http.ProbedHandler;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.remote.LocationReplicator;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.StorageSettings;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.kserve.credentials.SharedToken;
import io.modelconnector.kserve.store.ConfigMapEntryStore;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps what rhoai-normalizer finds in ConfigMaps, and forwards it to location. */
@Command(
        name = "storage-rest",
        description = "Keeps models in ConfigMaps and forwards them to location. Settings are environment variables.")
final class StorageRole extends Role {
    @Option(
            names = {"--address", "-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where the other roles store and read models; port 0 is any free one. Default: 7070")
    private ListenAddress address = ListenAddress.port(7070);

    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where to serve metrics, probes and health; 0 for nowhere. Default: nowhere. /healthz and"
                    + " /readyz are at --address as well")
    private @Nullable ListenAddress operations;

    StorageRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) {
        Map<String, String> environment = surroundings().environment();
        StorageSettings settings = StorageSettings.from(environment);
        settings.log().apply();
        SharedToken token = SharedToken.from(environment);
        RoleServer server = new RoleServer(lifetime, HttpHost.forStoring());
        server.bind(address);
        server.bindOperations(operations);
        KubernetesAccess cluster = lifetime.add(KubernetesAccess.from(environment));
        String namespace = cluster.namespace()
                .orElseThrow(() -> new ConfigurationException("NAMESPACE was not set, must be the namespace of the"
                        + " ConfigMaps; neither the kubeconfig nor the pod says it"));
        ConfigMapEntryStore maps = lifetime.add(ClusterStore.of(cluster, namespace, settings.store()));
        ObservedStore store = new ObservedStore(maps);
        LocationReplicator replicator = lifetime.add(LocationReplicator.builder(store, settings.location())
                .bearerToken(token)
                .listener(server.peerListener())
                .build());
        store.observe(replicator::changed);
        BackstagePush push = PortalPush.of(
                        BackstageSettings.from(environment),
                        maps,
                        settings.location(),
                        settings.format().fileName(),
                        cluster,
                        server.peerListener())
                .map(lifetime::add)
                .orElse(null);
        serve(server, endpoint(store, settings.format(), token), new StorageHealth(store, replicator, push));
        show(server, maps, store, replicator, push);
        log().info(
                        "{} {}, role storage-rest, serves on port {}, metrics and health on {}; keeps models in namespace"
                                + " {} of cluster by {} and forwards them to {}; writes need the token of {}",
                        Main.NAME,
                        ProgramVersion.text(),
                        server.port(),
                        server.operationsInWords(),
                        namespace,
                        cluster,
                        settings.location(),
                        token);
        server.start();
        replicator.start();
        if (push != null) {
            store.observe(push::changed);
            push.start();
        }
    }

    /** What takes the entries, which are all in one format. */
    static StorageEndpoint endpoint(EntryStore store, FeedFormat format, Supplier<String> token) {
        return StorageEndpoint.builder(store, token).format(format).build();
    }

    private static void serve(RoleServer server, StorageEndpoint endpoint, StorageHealth health) {
        HealthPages pages = new HealthPages(health);
        server.serve(new ProbedHandler(
                pages,
                EndpointHandler.ofStore(endpoint::handle, server.workers(), server.observer()),
                server.observer()));
        server.serveOperations(pages::handle);
    }

    private static void show(
            RoleServer server,
            ConfigMapEntryStore maps,
            ObservedStore store,
            LocationReplicator replicator,
            @Nullable BackstagePush push) {
        ConnectorMetrics metrics = server.metrics();
        if (metrics == null) {
            return;
        }
        metrics.show(maps);
        metrics.showEntries(
                () -> Math.max(0, store.entries()), () -> store.problems().size());
        metrics.show(replicator);
        if (push != null) {
            metrics.show(push);
        }
    }
}
