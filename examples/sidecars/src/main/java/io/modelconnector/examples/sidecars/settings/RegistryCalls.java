package io.modelconnector.examples.sidecars.settings;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.HttpSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How registries and the catalog are called: what the settings and the access to the cluster come to together. */
public final class RegistryCalls {
    /** Five lists are read at once, and what is read takes several times its size. */
    private static final long RESPONSE_BYTES =
            Math.max(1L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16));

    private RegistryCalls() {}

    /**
     * The token: the configured one, else the cluster's, else, where there is no cluster, the one that is meant for it.
     *
     * @param environment the environment variables
     * @param settings what they say
     * @param cluster the access to the cluster; null if there is none
     */
    public static BearerToken token(
            Map<String, String> environment, ConnectorSettings settings, @Nullable KubernetesAccess cluster) {
        String configured = settings.registryToken();
        if (configured != null) {
            return () -> configured;
        }
        if (cluster != null) {
            return cluster.bearerToken()
                    .<BearerToken>map(supplier -> supplier::get)
                    .orElse(() -> null);
        }
        String clusters = environment.get("K8S_TOKEN");
        return () -> clusters;
    }

    /**
     * Limits and trust: what the JVM trusts, the cluster's CA, and the certificates that are given.
     *
     * @param settings the settings
     * @param cluster the access to the cluster; null if there is none
     * @throws ConfigurationException if the given certificates cannot be used
     */
    public static HttpSettings.Builder http(ConnectorSettings settings, @Nullable KubernetesAccess cluster) {
        HttpSettings.Builder http =
                trusting("REGISTRY_CA_FILE", settings.registryCaFile(), cluster).maxResponseBytes(RESPONSE_BYTES);
        return settings.registryTlsInsecure() ? http.insecureTrustEverything() : http;
    }

    /**
     * Trust in what the JVM trusts, the cluster's CA, and the certificates of a file.
     *
     * @param setting the variable that names the file, for messages
     * @param file the file; null if there is none
     * @param cluster the access to the cluster; null if there is none
     * @throws ConfigurationException if the certificates cannot be used
     */
    public static HttpSettings.Builder trusting(
            String setting, @Nullable Path file, @Nullable KubernetesAccess cluster) {
        HttpSettings.Builder http = HttpSettings.builder();
        Optional.ofNullable(cluster)
                .flatMap(KubernetesAccess::caPem)
                .ifPresent(pem -> http.caCertificates(new String(pem, StandardCharsets.UTF_8)));
        if (file != null) {
            try {
                http.caCertificates(Files.readString(file));
            } catch (IOException | ConfigurationException e) {
                throw new ConfigurationException(setting + " was \"" + file + "\": " + e.getMessage(), e);
            }
        }
        return http;
    }
}
