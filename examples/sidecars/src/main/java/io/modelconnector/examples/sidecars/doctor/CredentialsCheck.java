package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for access to a cluster, in the four places where it may be given. Opens it, and leaves it to the caller to close. */
final class CredentialsCheck implements Check {
    /** Whoever sets one of these means a cluster. */
    private static final List<String> CLUSTER_VARIABLES = List.of("KUBECONFIG", "token");

    private final Map<String, String> environment;
    private final boolean dispensable;
    private volatile @Nullable KubernetesAccess access;

    /**
     * Makes the check.
     *
     * @param environment the environment variables
     * @param dispensable whether registries are configured that can be read without a cluster
     */
    CredentialsCheck(Map<String, String> environment, boolean dispensable) {
        this.environment = environment;
        this.dispensable = dispensable;
    }

    @Override
    public String name() {
        return "credentials";
    }

    @Override
    public List<Finding> look() {
        KubernetesAccess found;
        try {
            found = KubernetesAccess.from(environment);
        } catch (ConfigurationException e) {
            return List.of(absent(e));
        }
        access = found;
        if (!found.client().isVerifyingSsl() && found.client().getBasePath().startsWith("https")) {
            return List.of(Finding.warn(
                    name(),
                    found + ": whoever is on the way to the API server can read the token",
                    "give its CA, as certificate-authority-data, and take insecure-skip-tls-verify out"));
        }
        String ca = found.caPem().isPresent() ? "; its CA is given" : "; its CA has to be one that Java trusts";
        return List.of(Finding.ok(name(), found + ca));
    }

    private Finding absent(ConfigurationException e) {
        String message = String.valueOf(e.getMessage());
        boolean meant = CLUSTER_VARIABLES.stream()
                .anyMatch(variable -> !environment.getOrDefault(variable, "").isBlank());
        if (dispensable && !meant) {
            return Finding.skip(name(), "there is no cluster, so only the configured registries are read: " + message);
        }
        return Finding.fail(
                name(),
                message,
                "in a pod, take the keys of the account's token Secret as environment (envFrom: secretRef), or mount the"
                        + " account's token; elsewhere, set KUBECONFIG; without a cluster, set REGISTRY_URLS");
    }

    /** What was found; null if nothing was. */
    @Nullable
    KubernetesAccess access() {
        return access;
    }
}
