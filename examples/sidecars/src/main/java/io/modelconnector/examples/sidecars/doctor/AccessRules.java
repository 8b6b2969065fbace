package io.modelconnector.examples.sidecars.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the roles do in the cluster. */
final class AccessRules {
    private static final List<String> READ = List.of("list", "watch");
    private static final String CORE = "";

    private AccessRules() {}

    /**
     * The rules for reading served models.
     *
     * @param namespaces where they are looked for; empty for all namespaces
     */
    static List<AccessRule> ofServedModels(List<String> namespaces) {
        List<AccessRule> rules = new ArrayList<>();
        List<@Nullable String> places =
                namespaces.isEmpty() ? Collections.singletonList(null) : List.copyOf(namespaces);
        for (String place : places) {
            rules.add(new AccessRule(
                    KServeCheck.GROUP,
                    KServeCheck.INFERENCE_SERVICES,
                    READ,
                    place,
                    Status.FAIL,
                    "models that are served are not found"));
            rules.add(new AccessRule(
                    KServeCheck.GROUP,
                    KServeCheck.LLM_INFERENCE_SERVICES,
                    READ,
                    place,
                    Status.WARN,
                    "LLMInferenceServices are left out"));
            rules.add(services(place, "URLs inside of the cluster are those of the status"));
            rules.add(new AccessRule(
                    CORE,
                    "serviceaccounts",
                    READ,
                    place,
                    Status.FAIL,
                    "whether a model wants authentication is told by annotations only"));
        }
        return rules;
    }

    /** The rules for finding registries and the catalog. */
    static List<AccessRule> ofDiscovery() {
        return List.of(services(null, "registries are found by their Routes only"), routes());
    }

    static AccessRule routes() {
        return new AccessRule(
                RoutesCheck.GROUP,
                RoutesCheck.ROUTES,
                READ,
                null,
                Status.FAIL,
                "registries are found by their Services only, which are often closed to other namespaces");
    }

    private static AccessRule services(@Nullable String place, String consequence) {
        return new AccessRule(CORE, "services", READ, place, Status.FAIL, consequence);
    }

    /** The rule that the existing normalizer needs, and this program only for its report. */
    static AccessRule ofDefinitions() {
        return new AccessRule(
                "apiextensions.k8s.io",
                "customresourcedefinitions",
                List.of("get"),
                null,
                Status.WARN,
                "whether KServe is installed is told by API discovery; the existing rhoai-normalizer does not start");
    }

    /**
     * The rules for storing entries.
     *
     * @param namespace where
     */
    static List<AccessRule> ofStore(String namespace) {
        return List.of(
                new AccessRule(
                        CORE,
                        "configmaps",
                        List.of("get", "list", "watch", "create", "update", "patch"),
                        namespace,
                        Status.FAIL,
                        "entries are not stored"),
                new AccessRule(
                        "coordination.k8s.io",
                        "leases",
                        List.of("get", "create", "update"),
                        namespace,
                        Status.OK,
                        "replicas elect their leader by a ConfigMap instead"));
    }
}
