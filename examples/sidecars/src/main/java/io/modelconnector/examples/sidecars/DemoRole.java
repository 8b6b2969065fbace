package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.source.file.StaticModelSource;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.DocumentationSettings;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.LogSettings;
import io.modelconnector.examples.sidecars.settings.PortalSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves sample models from a file: to see what the portal gets, without a cluster. */
@Command(name = "demo", description = "Serves sample models from a file that can be edited; needs nothing.")
final class DemoRole extends Role {
    private static final ListenAddress USUAL_OPERATIONS = ListenAddress.port(8081);
    private static final Duration FIRST_READ = Duration.ofSeconds(5);
    private static final String LINK = "  %-70s %s%n";

    @Option(
            names = {"--address", "-address"},
            paramLabel = "[HOST:]PORT",
            description = "Where to serve the models; port 0 is any free one. Default: 9090")
    private ListenAddress address = ListenAddress.port(9090);

    @Option(
            names = {"--metrics-address", "-metrics-address"},
            paramLabel = "[HOST]:PORT",
            description = "Where to serve health and metrics; 0 for nowhere. Default: :8081 if it is free")
    private @Nullable ListenAddress operations;

    @Option(
            names = {"--file", "-file"},
            paramLabel = "PATH",
            description = "The models, as YAML or JSON. Default: a copy of the sample that comes with the program")
    private @Nullable Path file;

    DemoRole(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void open(Lifetime lifetime) throws Exception {
        Map<String, String> environment = surroundings().environment();
        LogSettings.from(environment).apply();
        FeedServer server = new FeedServer(lifetime, address, DocumentationSettings.from(environment));
        openOperations(server);
        Path models = file == null ? lifetime.add(new SampleFile()).path() : file;
        URI base = URI.create("http://localhost:" + server.port());
        PortalContracts contracts = PortalContracts.of(PortalSettings.from(environment), lifetime, null);
        ModelFeed feed = contracts
                .addFormats(ModelFeed.builder().format(format(environment, base)))
                .source(source(models))
                .pollInterval(Duration.ofSeconds(10))
                // Whoever empties a file in an editor means it.
                .removalGuard(0, 1)
                .build();
        server.start(feed, contracts);
        if (feed.awaitPublished(FIRST_READ)) {
            welcome(feed, base, server, models);
        } else {
            log().warn("nothing is served yet; correct {} and it will be", models);
        }
    }

    /** Links to model cards lead to the demo itself, unless the portal is told to have it under another name. */
    private static FeedFormat format(Map<String, String> environment, URI base) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("BRIDGE_URL", base.toString());
        return ConnectorSettings.from(variables).format();
    }

    private void openOperations(FeedServer server) {
        if (operations != null) {
            server.addOperations(operations);
            return;
        }
        try {
            server.addOperations(USUAL_OPERATIONS);
        } catch (ConfigurationException e) {
            log().info("health and metrics are not served: {}", e.getMessage());
        }
    }

    private static StaticModelSource source(Path models) {
        try {
            return StaticModelSource.builder(models).name("demo").build();
        } catch (ConfigurationException e) {
            throw new ConfigurationException("--file=" + models + ": " + e.getMessage(), e);
        }
    }

    private void welcome(ModelFeed feed, URI base, FeedServer server, Path models) {
        PrintWriter out = surroundings().out();
        List<FeedEntry> entries = feed.snapshot().entries();
        out.printf("%nThe demo serves %d entries. Try these:%n%n", entries.size());
        out.printf(LINK, base + "/", "the models, as a page");
        out.printf(LINK, base + "/list", "all entries");
        entries.stream()
                .max(Comparator.comparing(DemoRole::worthSeeing))
                .ifPresent(entry -> showEntry(out, feed, base, entry));
        if (server.operationsPort() != 0) {
            String operations = "http://localhost:" + server.operationsPort();
            out.printf(LINK, operations + "/health", "what is wrong, if anything");
            out.printf(LINK, operations + "/metrics", "metrics for Prometheus");
        }
        out.printf("%nEdit %s and look again: a change is served within a second.%n", models);
        out.printf("Ctrl-C ends the demo.%n%n");
        out.flush();
    }

    private static void showEntry(PrintWriter out, ModelFeed feed, URI base, FeedEntry entry) {
        String path = entry.key().path(feed.formats().get(0).fileName());
        out.printf(LINK, base + path, "one entry");
        CardVersion card = entry.entry().card();
        if (card != null) {
            out.printf(LINK, TechDocsUrl.ofLocation(base, card.reference()).text(), "its model card");
        }
    }

    private static int worthSeeing(FeedEntry entry) {
        int card = entry.entry().card() == null ? 0 : 2;
        return card + (entry.entry().catalog().modelServer() == null ? 0 : 1);
    }
}
