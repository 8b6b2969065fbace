package io.modelconnector.examples.sidecars;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.discovery.DiscoveredService;
import io.modelconnector.kserve.discovery.RegistryDiscovery;
import io.modelconnector.rhoai.RegistryDirectory;
import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.RegistryLocations;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The registries and the catalog that a cluster has, as the registry source asks for them. It says that there are none
 * only once the cluster was looked through: an empty feed makes a portal delete everything. Thread-safe.
 */
final class ClusterRegistries implements RegistryDirectory {
    private final RegistryDiscovery discovery;
    private final boolean catalogOnly;
    private volatile boolean looked;

    /**
     * Makes the directory.
     *
     * @param discovery looks through the cluster; borrowed, and started with the first question
     * @param catalogOnly whether the cluster's registries are left aside, because others are configured
     */
    ClusterRegistries(RegistryDiscovery discovery, boolean catalogOnly) {
        this.discovery = discovery;
        this.catalogOnly = catalogOnly;
    }

    @Override
    public void onChange(Runnable changed) {
        discovery.onChange(changed);
    }

    @Override
    public RegistryLocations locations() {
        discovery.start();
        if (!looked) {
            awaitLook();
        }
        List<RegistryLocation> registries = catalogOnly
                ? List.of()
                : discovery.registries().stream()
                        .map(found -> new RegistryLocation(found.name(), found.baseUri(), found.namespace()))
                        .toList();
        URI catalog = discovery.catalog().map(DiscoveredService::baseUri).orElse(null);
        if (registries.isEmpty() && !catalogOnly && !discovery.problems().isEmpty()) {
            throw new SourceUnavailableException("no model registry was found in the cluster: " + problems());
        }
        return new RegistryLocations(registries, catalog);
    }

    private void awaitLook() {
        try {
            // Registries that are configured do not wait for a catalog any longer than once: it may be found later.
            looked = discovery.awaitSync() || catalogOnly;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException("looking for model registries in the cluster was interrupted", e);
        }
        if (!looked) {
            throw new SourceUnavailableException(
                    "the cluster could not be looked through for model registries yet: " + problems());
        }
    }

    private String problems() {
        return discovery.problems().stream()
                .map(problem -> problem.item() + ": " + problem.message())
                .collect(Collectors.joining("; "));
    }

    /** What is wrong with the search. */
    List<Problem> currentProblems() {
        return discovery.problems();
    }
}
