package io.modelconnector.examples.sidecars;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.backstage.BackstageSettings;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.settings.AllSettings;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.PortalSettings;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.kserve.leader.LeaderElection;
import io.modelconnector.kserve.store.ConfigMapEntryStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole connector in one process: registries and served models in, the feed out. */
@Command(
        name = "all",
        description = "Reads registries and served models, and serves them to the portal. Settings are environment"
                + " variables.")
final class AllRole extends Role {
    @Option(
            names = {"--address", "-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where the portal reads the models; port 0 is any free one. Default: 9090")
    private ListenAddress address = ListenAddress.port(9090);

    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where to serve metrics, probes and health; 0 for nowhere. Default: :8081")
    private ListenAddress operations = ListenAddress.port(8081);

    AllRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) {
        Map<String, String> environment = surroundings().environment();
        AllSettings settings = AllSettings.from(environment);
        ConnectorSettings connector = settings.connector();
        connector.log().apply();
        FeedServer server = new FeedServer(lifetime, address, settings.documentation());
        server.addOperations(operations);
        ConnectorSources sources = new ConnectorSources(environment, connector, lifetime, server.metrics());
        PortalContracts contracts = PortalContracts.of(PortalSettings.from(environment), lifetime, sources.cluster());
        ConfigMapEntryStore maps = store(sources.cluster(), settings);
        if (maps == null) {
            log().info("models are not kept in the cluster: {}", ConnectorFeed.missing(sources.cluster()));
        }
        log().info(
                        "{} {}, role all, serves models on port {}, metrics and health on {}; {}; links to model cards start"
                                + " with {}; the connector contract is read by {}",
                        Main.NAME,
                        ProgramVersion.text(),
                        server.port(),
                        server.operationsInWords(),
                        sources.description(),
                        connector.publicBase(),
                        contracts.readers());
        ConnectorFeed.warn(connector);
        if (maps == null) {
            server.start(ConnectorFeed.of(connector, sources, contracts, null, null), contracts);
        } else {
            startWithStore(lifetime, server, sources, contracts, settings, lifetime.add(maps));
        }
    }

    private static @Nullable ConfigMapEntryStore store(@Nullable KubernetesAccess cluster, AllSettings settings) {
        String namespace = cluster == null ? null : cluster.namespace().orElse(null);
        return cluster == null || namespace == null ? null : ClusterStore.of(cluster, namespace, settings.store());
    }

    private void startWithStore(
            Lifetime lifetime,
            FeedServer server,
            ConnectorSources sources,
            PortalContracts contracts,
            AllSettings settings,
            ConfigMapEntryStore maps) {
        KubernetesAccess cluster = requireNonNull(sources.cluster());
        ObservedStore store = new ObservedStore(maps);
        LeaderElection election =
                ConnectorFeed.election(cluster).map(lifetime::add).orElse(null);
        BackstagePush push = PortalPush.of(
                        BackstageSettings.from(surroundings().environment()),
                        maps,
                        settings.location(),
                        settings.connector().format().fileName(),
                        cluster,
                        server.peerListener())
                .map(lifetime::add)
                .orElse(null);
        ConnectorMetrics metrics = server.metrics();
        if (metrics != null) {
            metrics.show(maps);
        }
        ModelFeed feed = ConnectorFeed.of(settings.connector(), sources, contracts, store, election);
        server.start(feed, contracts, election, push);
        if (election != null) {
            election.start();
        }
        if (push != null) {
            store.observe(push::changed);
            push.start();
        }
    }
}
