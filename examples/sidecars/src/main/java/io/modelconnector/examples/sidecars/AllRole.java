package io.modelconnector.examples.sidecars;

import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ModelFeedBuilder;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.util.Map;
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
        ConnectorSettings settings = ConnectorSettings.from(environment);
        settings.log().apply();
        FeedServer server = new FeedServer(lifetime, address);
        server.addOperations(operations);
        ConnectorSources sources = new ConnectorSources(environment, settings, lifetime, server.metrics());
        ModelFeed feed = feed(settings, sources);
        if (settings.registryTlsInsecure()) {
            log().warn("REGISTRY_TLS_INSECURE is set: whoever is on the way to the registries can read the token and"
                    + " forge models; give their CA with REGISTRY_CA_FILE instead");
        }
        log().info(
                        "{} {}, role all, serves models on port {}, metrics and health on {}; {}; links to model cards start"
                                + " with {}",
                        Main.NAME,
                        ProgramVersion.text(),
                        server.port(),
                        server.operationsPort() == 0 ? "no port" : "port " + server.operationsPort(),
                        sources.description(),
                        settings.publicBase());
        server.start(feed);
    }

    private static ModelFeed feed(ConnectorSettings settings, ConnectorSources sources) {
        Normalizer.Builder normalizer = Normalizer.builder();
        if (settings.defaultOwner() != null) {
            normalizer.defaultOwner(settings.defaultOwner());
        }
        if (settings.defaultLifecycle() != null) {
            normalizer.defaultLifecycle(settings.defaultLifecycle());
        }
        ModelFeedBuilder feed = ModelFeed.builder()
                .normalizer(normalizer.build())
                .publicBase(settings.publicBase())
                .pollInterval(settings.pollInterval());
        sources.build().forEach(feed::source);
        return feed.build();
    }
}
