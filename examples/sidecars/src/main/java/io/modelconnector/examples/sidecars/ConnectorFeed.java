package io.modelconnector.examples.sidecars;

import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ModelFeedBuilder;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.kserve.leader.LeaderElection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the roles that read models have in common: how these become a feed, and who of several processes writes it. */
final class ConnectorFeed {
    private static final Logger log = LoggerFactory.getLogger(ConnectorFeed.class);

    /** All that write the same store elect one of them under this name, whatever their role. */
    private static final String ELECTION = "rhdh-rhoai-connector-leader";

    private ConnectorFeed() {}

    /**
     * Makes a feed of all sources, which starts nothing yet.
     *
     * @param store where to keep it; null for nowhere
     * @param contracts who reads it beside the location contract; null for nobody
     * @param election who writes; null if this process always does
     */
    static ModelFeed of(
            ConnectorSettings settings,
            ConnectorSources sources,
            @Nullable PortalContracts contracts,
            @Nullable EntryStore store,
            @Nullable LeaderElection election) {
        ModelFeedBuilder feed = ModelFeed.builder()
                .normalizer(normalizer(settings))
                .format(settings.format())
                .pollInterval(settings.pollInterval())
                .startupDeadline(settings.startupDeadline());
        if (contracts != null) {
            contracts.addFormats(feed);
        }
        sources.build(store).forEach(feed::source);
        if (store != null) {
            feed.store(store);
            if (election != null) {
                feed.storePermit(election::leadingSince);
            }
        }
        ModelFeed made = feed.build();
        if (election != null) {
            // Nothing that was read before is written, and without this it would be read at the next poll only.
            election.onChange(made::refresh);
        }
        return made;
    }

    private static Normalizer normalizer(ConnectorSettings settings) {
        Normalizer.Builder normalizer = Normalizer.builder();
        if (settings.defaultOwner() != null) {
            normalizer.defaultOwner(settings.defaultOwner());
        }
        if (settings.defaultLifecycle() != null) {
            normalizer.defaultLifecycle(settings.defaultLifecycle());
        }
        return normalizer
                .techDocsHosts(settings.techDocsHosts().toArray(String[]::new))
                .build();
    }

    /** The election of the one that writes, not started yet; nothing where there is nobody to hold it among. */
    static Optional<LeaderElection> election(@Nullable KubernetesAccess cluster) {
        Optional<String> namespace = Optional.ofNullable(cluster).flatMap(KubernetesAccess::namespace);
        if (cluster == null || namespace.isEmpty()) {
            log.info("no other process is expected to write the same models: {}", missing(cluster));
            return Optional.empty();
        }
        return Optional.of(LeaderElection.builder(cluster.client(), namespace.get(), ELECTION)
                .build());
    }

    /** Why nothing can be kept in the cluster. */
    static String missing(@Nullable KubernetesAccess cluster) {
        return cluster == null ? "there is no cluster" : "no namespace is known; set NAMESPACE";
    }

    /** Warns of what endangers secrets. */
    static void warn(ConnectorSettings settings) {
        if (settings.registryTlsInsecure()) {
            log.warn("REGISTRY_TLS_INSECURE is set: whoever is on the way to the registries can read the token and"
                    + " forge models; give their CA with REGISTRY_CA_FILE instead");
        }
    }
}
