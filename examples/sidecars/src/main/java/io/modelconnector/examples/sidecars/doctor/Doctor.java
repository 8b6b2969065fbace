package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.examples.sidecars.settings.ConnectorSettings;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import io.modelconnector.examples.sidecars.settings.RegistryCalls;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.RegistryLocations;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Checks a deployment, in the order in which a person would: the settings, the cluster, what may be done there, what is to
 * be read, and what is around. Checks that do not depend on each other run side by side. Used once.
 */
final class Doctor implements AutoCloseable {
    static final String METRICS = "metrics";

    private static final String NO_CLUSTER = "needs the cluster, see above";
    private static final String NO_SETTINGS = "needs valid settings, see above";

    private final Map<String, String> environment;
    private final Ports ports;
    private final InstantSource clock = InstantSource.system();
    private final Duration callLimit;
    private final OkHttpClient connections = new OkHttpClient();
    private final Examiner examiner;
    private final SettingsCheck settings;
    /** The resources that the cluster is known not to have. */
    private final Set<String> absent = new HashSet<>();

    private @Nullable KubernetesAccess access;
    private @Nullable Cluster cluster;
    private Account account = Account.UNKNOWN;

    /**
     * Where the parts are to listen.
     *
     * @param location the flag of location and of role all
     * @param storage the flag of storage-rest
     * @param metrics the flag of the metrics
     */
    record Ports(ListenAddress location, ListenAddress storage, ListenAddress metrics) {}

    /**
     * Makes a doctor.
     *
     * @param environment the environment variables of the deployment
     * @param ports where its parts are to listen
     * @param limit how long a check may take
     * @param report takes what is found
     */
    Doctor(Map<String, String> environment, Ports ports, Duration limit, Consumer<Finding> report) {
        this.environment = environment;
        this.ports = ports;
        // A request that ends by itself says more than a check that is cut off.
        this.callLimit = limit.multipliedBy(7).dividedBy(10);
        this.examiner = new Examiner(limit, report);
        this.settings = new SettingsCheck(environment);
    }

    /** Does all checks. */
    void examine() throws InterruptedException {
        examiner.examine(List.of(settings));
        findCluster();
        ConnectorSettings connector = settings.connector();
        DiscoveryCheck discovery = connector == null ? null : new DiscoveryCheck(connector, cluster, callLimit);
        List<Check> checks = new ArrayList<>(clusterRights(connector));
        checks.add(discovery == null ? Check.skipped("find registries", NO_SETTINGS) : discovery);
        examiner.examine(checks);
        examiner.examine(surroundings(
                connector, discovery == null ? new RegistryLocations(List.of(), null) : discovery.locations()));
    }

    private void findCluster() throws InterruptedException {
        ConnectorSettings connector = settings.connector();
        CredentialsCheck credentials = new CredentialsCheck(
                environment, connector != null && !connector.registries().isEmpty());
        examiner.examine(List.of(credentials));
        access = credentials.access();
        if (access == null) {
            return;
        }
        Cluster candidate = new Cluster(access, callLimit);
        ClusterCheck reachable = new ClusterCheck(candidate);
        examiner.examine(List.of(reachable));
        if (!reachable.isReachable()) {
            return;
        }
        AccountCheck accepted = new AccountCheck(candidate, access, clock);
        examiner.examine(List.of(accepted));
        Account known = accepted.account();
        if (known != null) {
            account = known;
            cluster = candidate;
            findResources(candidate);
        }
    }

    private void findResources(Cluster found) throws InterruptedException {
        KServeCheck served = KServeCheck.inferenceServices(found);
        KServeCheck languageModels = KServeCheck.llmInferenceServices(found);
        RoutesCheck routes = new RoutesCheck(found);
        examiner.examine(List.of(served, languageModels, routes));
        if (served.isAbsent()) {
            absent.add(KServeCheck.INFERENCE_SERVICES);
        }
        if (languageModels.isAbsent()) {
            absent.add(KServeCheck.LLM_INFERENCE_SERVICES);
        }
        if (routes.isAbsent()) {
            absent.add(RoutesCheck.ROUTES);
        }
    }

    private List<Check> clusterRights(@Nullable ConnectorSettings connector) {
        Cluster found = cluster;
        if (found == null || connector == null) {
            return List.of(Check.skipped("rbac", found == null ? NO_CLUSTER : NO_SETTINGS));
        }
        List<AccessRule> rules = new ArrayList<>(AccessRules.ofServedModels(connector.namespaces()));
        if (DiscoveryCheck.isNeeded(connector)) {
            rules.addAll(AccessRules.ofDiscovery());
        }
        rules.add(AccessRules.ofDefinitions());
        String namespace = found.namespace();
        if (namespace != null) {
            rules.addAll(AccessRules.ofStore(namespace));
        }
        List<Check> checks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (AccessRule rule : rules) {
            // Served models and discovery may both ask for Services.
            if (names.add(rule.name())) {
                checks.add(right(found, rule));
            }
        }
        return checks;
    }

    private Check right(Cluster found, AccessRule rule) {
        return absent.contains(rule.resource())
                ? Check.skipped(rule.name(), "this cluster has no " + rule.resource())
                : new AccessCheck(found, account, rule);
    }

    private List<Check> surroundings(@Nullable ConnectorSettings connector, RegistryLocations locations) {
        List<Check> checks = new ArrayList<>();
        if (connector != null) {
            checks.addAll(upstreams(connector, locations));
        }
        checks.add(store());
        Parts parts = settings.parts();
        Caller plain = caller(limited(HttpSettings.builder()));
        if (parts == null) {
            checks.add(Check.skipped("storage-rest", NO_SETTINGS));
            checks.add(Check.skipped("location", NO_SETTINGS));
            checks.add(Check.skipped("Backstage", NO_SETTINGS));
        } else {
            checks.add(PartCheck.storage(parts, plain));
            checks.add(PartCheck.location(parts, plain));
            Caller trusting = caller(limited(RegistryCalls.trusting("BKSTG_CA_FILE", parts.portalCaFile(), access)));
            checks.add(new BackstageCheck(parts, cluster, trusting));
        }
        checks.add(new SharedTokenCheck(environment, access));
        checks.add(new PortCheck("location", ports.location(), plain));
        checks.add(new PortCheck("storage-rest", ports.storage(), plain));
        checks.add(new PortCheck(METRICS, ports.metrics(), plain));
        return checks;
    }

    private List<Check> upstreams(ConnectorSettings connector, RegistryLocations locations) {
        HttpSettings calls = limited(RegistryCalls.http(connector, access));
        Caller caller = caller(calls);
        BearerToken token = RegistryCalls.token(environment, connector, access);
        String configured = connector.registryToken();
        Account reader = configured == null
                ? account
                : new Account(TokenClaims.of(configured).subject());
        List<Check> checks = new ArrayList<>();
        for (RegistryLocation registry : locations.registries()) {
            checks.add(new RegistryCheck(registry, caller, calls, token, reader, callLimit.dividedBy(4)));
        }
        URI catalog = locations.catalog();
        if (catalog != null) {
            checks.add(new CatalogCheck(catalog, caller, token));
        }
        return checks;
    }

    private Check store() {
        Cluster found = cluster;
        if (found == null) {
            return Check.skipped("ConfigMap", NO_CLUSTER);
        }
        String namespace = found.namespace();
        return namespace != null
                ? new ConfigMapCheck(found, account, namespace)
                : Check.known(Finding.fail(
                        "ConfigMap", "nothing says in which namespace entries are to be stored", "set NAMESPACE"));
    }

    private HttpSettings limited(HttpSettings.Builder calls) {
        return calls.callTimeout(callLimit).retries(0).build();
    }

    private Caller caller(HttpSettings calls) {
        return new Caller(calls.applyTo(connections.newBuilder()).build());
    }

    @Override
    public void close() {
        examiner.close();
        connections.connectionPool().evictAll();
        if (access != null) {
            access.close();
        }
    }
}
