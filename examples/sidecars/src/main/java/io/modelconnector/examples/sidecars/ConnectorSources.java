package io.modelconnector.examples.sidecars;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoredCardVersions;
import io.modelconnector.examples.sidecars.metrics.ConnectorMetrics;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.RegistryCalls;
import io.modelconnector.kserve.KServeModelSource;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.kserve.discovery.RegistryDiscovery;
import io.modelconnector.rhoai.RegistryLocations;
import io.modelconnector.rhoai.RhoaiModelSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources that the settings ask for: the registries, configured or found in the cluster, and the cluster's served
 * models.
 */
final class ConnectorSources {
    private static final Logger log = LoggerFactory.getLogger(ConnectorSources.class);

    /** Whoever sets one of these means a cluster; one that cannot be used is a mistake to be told of. */
    private static final List<String> CLUSTER_VARIABLES = List.of("KUBECONFIG", "token");

    /** A small heap must hold more than model cards; one that is not kept is fetched again. */
    private static final long CARD_STORE_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** Where registries are that are not configured, if that is all there is to know. */
    private static final RegistryLocations NOWHERE_ELSE = new RegistryLocations(List.of(), null);

    /** How long the first read waits for the cluster before health says what is wrong; it goes on waiting all the same. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final ConnectorSettings settings;
    private final Lifetime lifetime;
    private final @Nullable ConnectorMetrics metrics;
    private final @Nullable KubernetesAccess cluster;

    /**
     * Looks for access to a cluster.
     *
     * @throws ConfigurationException if there is none, and no registry is configured that could be read without
     */
    ConnectorSources(
            Map<String, String> environment,
            ConnectorSettings settings,
            Lifetime lifetime,
            @Nullable ConnectorMetrics metrics) {
        this.environment = environment;
        this.settings = settings;
        this.lifetime = lifetime;
        this.metrics = metrics;
        this.cluster = access();
    }

    private @Nullable KubernetesAccess access() {
        try {
            return lifetime.add(KubernetesAccess.from(environment));
        } catch (ConfigurationException e) {
            if (CLUSTER_VARIABLES.stream().anyMatch(this::isSet)) {
                throw e;
            }
            if (settings.registries().isEmpty()) {
                throw new ConfigurationException(e.getMessage() + "; or set REGISTRY_URLS to do without a cluster", e);
            }
            log.info("only the configured registries are read: {}", e.getMessage());
            return null;
        }
    }

    private boolean isSet(String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    /** The access to the cluster; null if there is none. */
    @Nullable
    KubernetesAccess cluster() {
        return cluster;
    }

    /**
     * The sources, which have started nothing yet.
     *
     * @param store what knows of the time before the start; null if nothing does
     */
    List<ModelSource> build(@Nullable EntryStore store) {
        List<ModelSource> sources = new ArrayList<>();
        sources.add(registries(store));
        if (cluster != null) {
            KServeModelSource.Builder served = KServeModelSource.builder(cluster.client())
                    .syncTimeout(FIRST_LOOK)
                    .namespaces(settings.namespaces().toArray(String[]::new));
            if (settings.labelSelector() != null) {
                served.labelSelector(settings.labelSelector());
            }
            sources.add(served.build());
        }
        return sources;
    }

    /** In words, for the log: what is read, and with what access. */
    String description() {
        String access = cluster == null ? "no cluster" : "cluster by " + cluster;
        return access + "; registries " + registriesInWords() + "; " + catalogInWords();
    }

    private String registriesInWords() {
        if (!settings.registries().isEmpty()) {
            return String.join(", ", settings.registries().keySet()) + " from REGISTRY_URLS";
        }
        return settings.registryRoutes().isEmpty()
                ? "as found in the cluster"
                : "of the Routes " + String.join(", ", settings.registryRoutes());
    }

    private String catalogInWords() {
        if (settings.catalog() != null) {
            return "catalog from CATALOG_URL";
        }
        return cluster == null ? "no catalog" : "catalog as found in the cluster";
    }

    private ModelSource registries(@Nullable EntryStore store) {
        boolean configured = !settings.registries().isEmpty();
        if (cluster == null || (configured && settings.catalog() != null)) {
            return configure(RhoaiModelSource.builder(() -> NOWHERE_ELSE), store)
                    .build();
        }
        RegistryDiscovery discovery = lifetime.add(RegistryDiscovery.builder(cluster.client())
                .syncTimeout(FIRST_LOOK)
                .registryRoutes(settings.registryRoutes().toArray(String[]::new))
                .build());
        ClusterRegistries search = new ClusterRegistries(discovery, configured);
        return new DiscoveringSource(
                configure(RhoaiModelSource.builder(search), store).build(), search);
    }

    private RhoaiModelSource.Builder configure(RhoaiModelSource.Builder source, @Nullable EntryStore store) {
        if (store != null) {
            source.earlierCards(new StoredCardVersions(store));
        }
        settings.registries().forEach(source::registry);
        if (settings.catalog() != null) {
            source.catalog(settings.catalog());
        }
        if (metrics != null) {
            source.listener(metrics::upstream);
        }
        return source.bearerToken(RegistryCalls.token(environment, settings, cluster))
                .settings(RegistryCalls.http(settings, cluster).build())
                .fullReadInterval(settings.fullReadInterval())
                .maxCardStoreBytes(CARD_STORE_BYTES);
    }
}
