package io.modelconnector.kserve.discovery;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.internal.ClusterApi;
import io.modelconnector.kserve.internal.ClusterResource;
import io.modelconnector.kserve.internal.ResourceWatch;
import io.modelconnector.kserve.internal.SettingChecks;
import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.internal.WatchGroup;
import io.modelconnector.kserve.internal.WatchScope;
import io.modelconnector.kserve.internal.WatchSettings;
import io.modelconnector.kserve.internal.WatchState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the model registries and the model catalog of a cluster, and notices when they come and go.
 *
 * <pre>{@code
 * try (RegistryDiscovery discovery = RegistryDiscovery.builder(apiClient).build()) {
 *     discovery.onChange(() -> use(discovery.registries(), discovery.catalog()));
 *     discovery.start();
 *     discovery.awaitSync();
 * }
 * }</pre>
 *
 * <p>Registries and catalog are the Routes that the model registry operator labels as managed by it (one whose name
 * contains {@code catalog} is the catalog, unless it is named as a registry), and the Services labelled {@code component=model-registry} or
 * {@code component=model-catalog}, by the external address in an annotation, else by their port. One that has both is
 * found once, by its Route. A cluster without Routes is normal. No namespace is assumed.
 *
 * <p>The account needs list and watch on {@code routes} of {@code route.openshift.io} and on {@code services}; what is
 * refused is a problem, and asked for again, as is what cannot be reached. What was found stays meanwhile.
 *
 * <p>Thread-safe. {@link #start()} starts two threads, and one for each Route that is named; {@link #close()} ends them.
 * The given client is neither changed nor closed.
 */
public final class RegistryDiscovery implements AutoCloseable {
    private static final ClusterResource ROUTES =
            new ClusterResource("route.openshift.io", List.of("v1"), "routes", false);
    private static final ClusterResource SERVICES = new ClusterResource("", List.of("v1"), "services", false);

    private static final String MANAGED_ROUTES = "app.kubernetes.io/managed-by=model-registry-operator";
    private static final String COMPONENT_SERVICES = "component in (model-registry,model-catalog)";

    private final WatchGroup watches;
    private final List<ResourceWatch<ExposedRoute>> routes = new ArrayList<>();
    private final ResourceWatch<ExposedService> services;
    private final List<RouteName> registryRoutes;
    private final Duration syncTimeout;
    private final DiscoveryLog log = new DiscoveryLog();

    private volatile Runnable changed = () -> {};
    private volatile Findings findings = Findings.NONE;
    private boolean published;

    private RegistryDiscovery(Builder builder) {
        this.registryRoutes = builder.registryRoutes;
        this.syncTimeout = builder.syncTimeout;
        WatchSettings settings = new WatchSettings(
                WatchSettings.DEFAULT_CALL_TIMEOUT, WatchSettings.DEFAULT_IDLE_TIMEOUT, builder.timing);
        this.watches = new WatchGroup("discovery", builder.client, settings, this::refresh);
        routes.add(watches.add(WatchScope.of(ROUTES, null).withLabels(MANAGED_ROUTES), "Route", ExposedRoute::read));
        for (RouteName route : registryRoutes) {
            WatchScope scope = WatchScope.of(ROUTES, route.namespace()).withName(route.name());
            routes.add(watches.add(scope, "Route", ExposedRoute::read));
        }
        this.services = watches.add(
                WatchScope.of(SERVICES, null).withLabels(COMPONENT_SERVICES), "Service", ExposedService::read);
    }

    /**
     * Starts to build a discovery.
     *
     * @param client a client of the cluster; borrowed
     * @throws ConfigurationException if the client's base path is no URL
     */
    public static Builder builder(ApiClient client) {
        return new Builder(client);
    }

    /**
     * Takes a callback to call whenever {@link #registries()}, {@link #catalog()} or {@link #problems()} changed. It is
     * called from a thread of the discovery and returns at once.
     */
    public void onChange(Runnable listener) {
        changed = requireNonNull(listener, "listener");
    }

    /** Starts to look. Does nothing the second time. */
    public void start() {
        watches.start();
    }

    /**
     * Waits until Routes and Services were looked through, or are known not to be there or not to be allowed, but no
     * longer than the sync timeout.
     *
     * @return whether that was so; if not, {@link #problems()} says what is missing, and the search goes on
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitSync() throws InterruptedException {
        boolean settled = watches.awaitSettled(syncTimeout);
        publish(true);
        return settled;
    }

    /** The registries that are there now, by name, then namespace; empty before the first look through. */
    public List<DiscoveredService> registries() {
        return findings.registries();
    }

    /** The catalog, if there is one now. */
    public Optional<DiscoveredService> catalog() {
        return Optional.ofNullable(findings.catalog());
    }

    /** What is refused, cannot be reached or cannot be used now. */
    public List<Problem> problems() {
        return find().problems();
    }

    /** Ends the search and its threads, within seconds. Idempotent. What was found can still be asked for. */
    @Override
    public void close() {
        watches.close();
    }

    private void refresh() {
        publish(false);
    }

    /** Publishes nothing half: a registry must not be taken by its Service just because Routes came a moment later. */
    private void publish(boolean evenIfUnsettled) {
        synchronized (this) {
            if (!published && !evenIfUnsettled && !watches.isSettled()) {
                return;
            }
            published = true;
            Findings now = find();
            if (now.equals(findings)) {
                return;
            }
            log.changed(findings, now);
            findings = now;
        }
        changed.run();
    }

    private Findings find() {
        Set<ExposedRoute> found = new LinkedHashSet<>();
        Set<Problem> problems = new LinkedHashSet<>();
        for (ResourceWatch<ExposedRoute> watch : routes) {
            WatchState<ExposedRoute> state = watch.state();
            found.addAll(state.objects());
            addProblems(problems, watch.scope(), state);
        }
        WatchState<ExposedService> exposed = services.state();
        addProblems(problems, services.scope(), exposed);
        Findings all = Findings.of(List.copyOf(found), exposed.objects(), registryRoutes);
        problems.addAll(all.problems());
        return new Findings(all.registries(), all.catalog(), List.copyOf(problems));
    }

    private static void addProblems(Set<Problem> problems, WatchScope scope, WatchState<?> state) {
        ConnectorException failure = state.failure();
        if (failure != null) {
            problems.add(new Problem(
                    scope.resource().qualifiedName(), failure.getMessage() + "; until then what was found stays"));
        }
        problems.addAll(state.problems());
    }

    /** Settings of a discovery. Not thread-safe. */
    public static final class Builder {
        private final ApiClient client;
        private List<RouteName> registryRoutes = List.of();
        private Duration syncTimeout = WatchSettings.DEFAULT_SYNC_TIMEOUT;
        private Timing timing = Timing.system();

        private Builder(ApiClient client) {
            this.client = ClusterApi.checked(client);
        }

        /**
         * The only Routes to take for registries, whatever their labels and even if their names contain {@code catalog};
         * by default every registry is taken. The catalog is looked for among the others.
         *
         * @param routes the Routes, each {@code name} or {@code namespace:name}
         * @throws ConfigurationException if one is neither
         */
        public Builder registryRoutes(String... routes) {
            this.registryRoutes =
                    Arrays.stream(routes).map(RouteName::parse).distinct().toList();
            return this;
        }

        /**
         * How long {@link #awaitSync()} waits; 30 seconds by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder syncTimeout(Duration syncTimeout) {
            this.syncTimeout = SettingChecks.positive("syncTimeout", syncTimeout);
            return this;
        }

        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        /** Makes the discovery. Nothing is started before {@link #start()}. */
        public RegistryDiscovery build() {
            return new RegistryDiscovery(this);
        }
    }
}
