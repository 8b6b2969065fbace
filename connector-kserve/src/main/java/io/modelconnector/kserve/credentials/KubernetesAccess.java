package io.modelconnector.kserve.credentials;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Access to the Kubernetes API, found in the environment. In this order:
 *
 * <ol>
 *   <li>the kubeconfig that {@code KUBECONFIG} names, the first that exists if it names several;
 *   <li>the service account files of a pod, {@code token} and {@code ca.crt}, with {@code KUBERNETES_SERVICE_HOST} and
 *       {@code _PORT}; the token is read anew, since it rotates;
 *   <li>the variables {@code token} and {@code ca.crt} (the keys of a service account token Secret, injected as
 *       environment) with the same two variables; the CA stays in memory;
 *   <li>{@code ~/.kube/config}.
 * </ol>
 *
 * <p>{@code K8S_TOKEN} is for runs outside of a pod: it takes the place of a kubeconfig's own credentials, and stands in
 * for a missing variable {@code token}. Values lose the white space around them, since Secrets often end in a newline.
 *
 * <p>The API server's certificate is always verified: against the given CA, or, with a kubeconfig that has none, against
 * the JVM's trust store. In a pod a missing CA is an error. Verification is off only where the kubeconfig says
 * {@code insecure-skip-tls-verify}, or the caller {@link Builder#insecureSkipTlsVerify(boolean)}.
 *
 * <p>Thread-safe. The client is ours and closed with this object; nothing of it shows the token.
 */
public final class KubernetesAccess implements AutoCloseable {
    private final ApiClient client;
    private final byte @Nullable [] caPem;
    private final @Nullable Supplier<String> token;
    private final @Nullable String namespace;
    private final String description;

    KubernetesAccess(
            ApiClient client,
            byte @Nullable [] caPem,
            @Nullable Supplier<String> token,
            @Nullable String namespace,
            String description) {
        this.client = client;
        this.caPem = caPem == null ? null : caPem.clone();
        this.token = token;
        this.namespace = namespace;
        this.description = description;
    }

    /**
     * Access as the given environment says, which for a program is {@code System.getenv()}.
     *
     * @param environment the environment
     * @throws ConfigurationException if it gives no access; the message says what was looked for
     */
    public static KubernetesAccess from(Map<String, String> environment) {
        return builder(environment).build();
    }

    /**
     * Starts to build an access where the defaults do not fit.
     *
     * @param environment the environment
     */
    public static Builder builder(Map<String, String> environment) {
        return new Builder(environment);
    }

    /** The client; closed with this object. */
    public ApiClient client() {
        return client;
    }

    /** The certificates of the cluster's CA, as PEM; nothing if the JVM's trust store has to do. */
    public Optional<byte[]> caPem() {
        return caPem == null ? Optional.empty() : Optional.of(caPem.clone());
    }

    /**
     * Supplies the bearer token, as current as it gets; nothing if access is by another means, a client certificate say.
     * The supplier throws {@link io.modelconnector.core.SourceUnavailableException} while the token cannot be read.
     */
    public Optional<Supplier<String>> bearerToken() {
        return Optional.ofNullable(token);
    }

    /**
     * The namespace to work in: {@code NAMESPACE}, else the kubeconfig's, else {@code POD_NAMESPACE}, else the
     * variable {@code namespace} of a service account token Secret, else the pod's file; nothing if there is none.
     */
    public Optional<String> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** Ends the client's threads and connections. Idempotent. */
    @Override
    public void close() {
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
    }

    /** What is used, in one line, for a log: {@code kubeconfig /home/me/.kube/config, https://api.example.com:6443}. */
    @Override
    public String toString() {
        return description;
    }

    /** Settings of an access. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> environment;
        private Path serviceAccountDirectory = AccessLookup.SERVICE_ACCOUNT;
        private @Nullable Path homeDirectory;
        private boolean insecureSkipTlsVerify;

        private Builder(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
        }

        /** Where a pod has the files of its service account; {@code /var/run/secrets/kubernetes.io/serviceaccount} by default. */
        public Builder serviceAccountDirectory(Path directory) {
            this.serviceAccountDirectory = requireNonNull(directory, "directory");
            return this;
        }

        /** The home directory to look for {@code .kube/config} in; by default what {@code HOME} says, else the JVM. */
        public Builder homeDirectory(Path directory) {
            this.homeDirectory = requireNonNull(directory, "directory");
            return this;
        }

        /** Whether to trust whatever certificate the API server shows, so that no CA is needed; false by default. */
        public Builder insecureSkipTlsVerify(boolean insecure) {
            this.insecureSkipTlsVerify = insecure;
            return this;
        }

        /**
         * Looks for access.
         *
         * @throws ConfigurationException if there is none, or what there is cannot be used
         */
        public KubernetesAccess build() {
            EnvironmentValues values = new EnvironmentValues(environment);
            Path home = homeDirectory == null ? values.home() : homeDirectory;
            return new AccessLookup(values, serviceAccountDirectory, home, insecureSkipTlsVerify).find();
        }
    }
}
