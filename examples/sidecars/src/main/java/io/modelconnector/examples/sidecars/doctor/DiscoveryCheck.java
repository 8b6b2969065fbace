package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.source.Problem;
import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.kserve.discovery.DiscoveredService;
import io.modelconnector.kserve.discovery.RegistryDiscovery;
import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.RegistryLocations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which registries and which catalog there are: those that are configured, else those that the cluster has. */
final class DiscoveryCheck implements Check {
    private static final String REGISTRIES = "find registries";
    private static final String CATALOG = "find catalog";
    private static final String NO_CLUSTER = "not configured, and the rest needs the cluster, see above";
    private static final RegistryLocations NONE = new RegistryLocations(List.of(), null);

    private final ConnectorSettings settings;
    private final @Nullable Cluster cluster;
    private final Duration limit;
    private volatile RegistryLocations locations = NONE;
    /** Whether what was not found may be there all the same. */
    private boolean blind;

    /**
     * Makes the check.
     *
     * @param settings what is configured
     * @param cluster where to look for the rest; null if there is none
     * @param limit how long to look
     */
    DiscoveryCheck(ConnectorSettings settings, @Nullable Cluster cluster, Duration limit) {
        this.settings = settings;
        this.cluster = cluster;
        this.limit = limit;
    }

    /** Whether anything is left to be found in a cluster. */
    static boolean isNeeded(ConnectorSettings settings) {
        return settings.registries().isEmpty() || settings.catalog() == null;
    }

    @Override
    public String name() {
        return "discovery";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        RegistryLocations found = cluster == null || !isNeeded(settings) ? NONE : search(cluster, findings);
        boolean configured = !settings.registries().isEmpty();
        List<RegistryLocation> registries =
                configured ? configured(settings.registries()) : unique(found.registries(), findings);
        URI catalog = settings.catalog() == null ? found.catalog() : settings.catalog();
        locations = new RegistryLocations(registries, catalog);
        findings.add(0, registries(registries));
        findings.add(1, catalog(catalog));
        return findings;
    }

    private RegistryLocations search(Cluster where, List<Finding> findings) throws InterruptedException {
        try (RegistryDiscovery discovery = RegistryDiscovery.builder(where.client())
                .syncTimeout(limit)
                .registryRoutes(settings.registryRoutes().toArray(String[]::new))
                .build()) {
            discovery.start();
            boolean whole = discovery.awaitSync();
            blind = !whole || !discovery.problems().isEmpty();
            for (Problem problem : discovery.problems()) {
                findings.add(Finding.warn(name(), problem.item() + ": " + problem.message(), null));
            }
            if (!whole) {
                findings.add(Finding.fail(
                        name(),
                        "the cluster could not be looked through within " + limit.toSeconds() + " s",
                        "see whether listing Routes and Services is slow, and try again"));
            }
            return new RegistryLocations(
                    discovery.registries().stream()
                            .map(each -> new RegistryLocation(each.name(), each.baseUri(), each.namespace()))
                            .toList(),
                    discovery.catalog().map(DiscoveredService::baseUri).orElse(null));
        }
    }

    private static List<RegistryLocation> configured(Map<String, URI> registries) {
        return registries.entrySet().stream()
                .map(each -> new RegistryLocation(each.getKey(), each.getValue(), null))
                .toList();
    }

    private List<RegistryLocation> unique(List<RegistryLocation> found, List<Finding> findings) {
        List<RegistryLocation> unique = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RegistryLocation each : found) {
            if (names.add(each.name())) {
                unique.add(each);
            } else {
                findings.add(Finding.warn(
                        name(),
                        "registry " + each.name() + " of namespace " + each.namespace()
                                + " is left out: there is another one of that name",
                        "give both with different names in REGISTRY_URLS"));
            }
        }
        return unique;
    }

    private Finding registries(List<RegistryLocation> registries) {
        if (!registries.isEmpty()) {
            return Finding.ok(
                    REGISTRIES,
                    (settings.registries().isEmpty() ? "" : "REGISTRY_URLS: ")
                            + registries.stream().map(DiscoveryCheck::inWords).collect(Collectors.joining(", ")));
        }
        if (cluster == null) {
            return Finding.skip(REGISTRIES, NO_CLUSTER);
        }
        if (blind) {
            return Finding.fail(
                    REGISTRIES,
                    "none; the lines \"discovery\" say what is in the way",
                    "do what they say, or give the address of a registry in REGISTRY_URLS (name=https://host)");
        }
        return Finding.fail(
                REGISTRIES,
                "none: looked in all namespaces for Routes labelled app.kubernetes.io/managed-by=model-registry-operator"
                        + " and for Services labelled component=model-registry",
                "create a model registry, name its Route in MR_ROUTE (namespace:name), or give its address in"
                        + " REGISTRY_URLS (name=https://host)");
    }

    private static String inWords(RegistryLocation registry) {
        String place = registry.namespace() == null ? "" : " in namespace " + registry.namespace();
        return registry.name() + place + " at " + registry.base();
    }

    private Finding catalog(@Nullable URI catalog) {
        if (catalog != null) {
            return Finding.ok(CATALOG, (settings.catalog() == null ? "" : "CATALOG_URL: ") + catalog);
        }
        if (cluster == null) {
            return Finding.skip(CATALOG, NO_CLUSTER);
        }
        return Finding.warn(
                CATALOG,
                "none, so models have no cards: looked in all namespaces for a Route labelled"
                        + " app.kubernetes.io/managed-by=model-registry-operator with \"catalog\" in its name, and for a Service"
                        + " labelled component=model-catalog",
                "enable the model catalog of the platform, or give its address in CATALOG_URL");
    }

    /** What there is; nothing before it was looked for. */
    RegistryLocations locations() {
        return locations;
    }
}
