package io.modelconnector.examples.sidecars;

import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.http.HttpHost;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.remote.RestEntryStore;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.NormalizerSettings;
import io.modelconnector.kserve.credentials.SharedToken;
import io.modelconnector.kserve.leader.LeaderElection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads registries and served models, and has storage-rest keep what it finds. */
@Command(
        name = "rhoai-normalizer",
        description = "Reads registries and served models, and has storage-rest keep them. Settings are environment"
                + " variables.")
final class NormalizerRole extends Role {
    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where to serve metrics, probes and health; 0 for nowhere. Default: :8081")
    private ListenAddress operations = ListenAddress.port(8081);

    NormalizerRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) {
        Map<String, String> environment = surroundings().environment();
        NormalizerSettings settings = NormalizerSettings.from(environment);
        settings.connector().log().apply();
        SharedToken token = SharedToken.from(environment);
        RoleServer server = new RoleServer(lifetime, HttpHost.forReading());
        server.bindOperations(operations);
        ConnectorSources sources = new ConnectorSources(environment, settings.connector(), lifetime, server.metrics());
        RestEntryStore store = lifetime.add(RestEntryStore.builder(settings.storage())
                .bearerToken(token)
                .listener(server.peerListener())
                .build());
        LeaderElection election =
                ConnectorFeed.election(sources.cluster()).map(lifetime::add).orElse(null);
        ModelFeed feed = lifetime.add(ConnectorFeed.of(settings.connector(), sources, null, store, election));
        ConnectorFeed.warn(settings.connector());
        server.serveOperations(new FeedHealthPages(feed, election, null)::handle);
        show(server.metrics(), feed, election);
        log().info(
                        "{} {}, role rhoai-normalizer, metrics and health on {}; {}; models go to {} with the token of {};"
                                + " links to model cards start with {}",
                        Main.NAME,
                        ProgramVersion.text(),
                        server.operationsInWords(),
                        sources.description(),
                        settings.storage(),
                        token,
                        settings.connector().publicBase());
        server.start();
        if (election != null) {
            election.start();
        }
        feed.start();
    }

    private static void show(@Nullable ConnectorMetrics metrics, ModelFeed feed, @Nullable LeaderElection election) {
        if (metrics != null) {
            metrics.show(feed);
            metrics.showLeading(
                    () -> election == null || election.leadingSince().isPresent());
        }
    }
}
