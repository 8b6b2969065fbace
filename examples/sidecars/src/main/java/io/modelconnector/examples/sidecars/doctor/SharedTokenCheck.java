package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether there is a token that location and storage-rest know each other's writes by. */
final class SharedTokenCheck implements Check {
    private static final List<String> VARIABLES = List.of("token", "K8S_TOKEN");

    private final Map<String, String> environment;
    private final @Nullable KubernetesAccess access;

    /**
     * Makes the check.
     *
     * @param environment the environment variables
     * @param access the access to the cluster, whose token is taken in the end; null if there is none
     */
    SharedTokenCheck(Map<String, String> environment, @Nullable KubernetesAccess access) {
        this.environment = environment;
        this.access = access;
    }

    @Override
    public String name() {
        return "shared token";
    }

    @Override
    public List<Finding> look() {
        for (String variable : VARIABLES) {
            if (!environment.getOrDefault(variable, "").isBlank()) {
                return List.of(Finding.ok(name(), "the variable " + variable + "; all parts have to have the same"));
            }
        }
        Supplier<String> clusters = access == null ? null : access.bearerToken().orElse(null);
        if (clusters == null) {
            return List.of(absent());
        }
        try {
            if (!clusters.get().isBlank()) {
                return List.of(Finding.ok(name(), "that of " + access + "; all parts have to have the same"));
            }
            return List.of(absent());
        } catch (ConnectorException e) {
            return List.of(Finding.fail(name(), String.valueOf(e.getMessage()), "correct that"));
        }
    }

    private Finding absent() {
        return Finding.warn(
                name(),
                "none, so location and storage-rest would refuse each other's writes; role all needs none",
                "take the key token of one Secret as environment in each part (envFrom: secretRef)");
    }
}
