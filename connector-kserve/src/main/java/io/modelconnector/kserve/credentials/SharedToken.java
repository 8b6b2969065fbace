package io.modelconnector.kserve.credentials;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token that the parts of a deployment show each other, found in the environment. In this order:
 *
 * <ol>
 *   <li>the variable {@code token}, a key of the service account token Secret that all parts are given;
 *   <li>the variable {@code K8S_TOKEN};
 *   <li>the token of the current user of the kubeconfig that {@code KUBECONFIG} names, the first that exists if it names
 *       several, else of {@code ~/.kube/config};
 *   <li>the pod's service account file {@code token}, read anew each time, since it rotates.
 * </ol>
 *
 * <p>That is all it needs: no cluster, and no CA. It is not the order of {@link KubernetesAccess}, as what counts here is
 * that all parts come to the same token. The containers of a pod share a service account file; parts in different pods do
 * not, and need one of the variables.
 *
 * <p>Thread-safe. Nothing of it shows the token.
 */
public final class SharedToken implements Supplier<String> {
    private final Supplier<String> token;
    private final String place;

    private SharedToken(Supplier<String> token, String place) {
        this.token = token;
        this.place = place;
    }

    /**
     * The token that the given environment gives, which for a program is {@code System.getenv()}.
     *
     * @param environment the environment
     * @throws ConfigurationException if there is none, or what should be one cannot be; the message says what was looked for
     */
    public static SharedToken from(Map<String, String> environment) {
        return builder(environment).build();
    }

    /**
     * Starts to look for a token where the defaults do not fit.
     *
     * @param environment the environment
     */
    public static Builder builder(Map<String, String> environment) {
        return new Builder(environment);
    }

    /**
     * The token, as current as it gets; one word of ASCII, never empty.
     *
     * @throws io.modelconnector.core.SourceUnavailableException while it cannot be read
     * @throws ConfigurationException while its file holds something else
     */
    @Override
    public String get() {
        return token.get();
    }

    /** Where the token is from, for a log: {@code the variable token}. */
    @Override
    public String toString() {
        return place;
    }

    /** Settings of the look-up. Not thread-safe. */
    public static final class Builder {
        private final EnvironmentValues environment;
        private final List<String> misses = new ArrayList<>();
        private Path serviceAccountDirectory = AccessLookup.SERVICE_ACCOUNT;
        private @Nullable Path homeDirectory;

        private Builder(Map<String, String> environment) {
            this.environment = new EnvironmentValues(Map.copyOf(environment));
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

        /**
         * Looks for the token.
         *
         * @throws ConfigurationException if there is none, or what should be one cannot be
         */
        public SharedToken build() {
            misses.clear();
            for (String variable : List.of(AccessLookup.TOKEN, AccessLookup.K8S_TOKEN)) {
                String token = environment.token(variable);
                if (token != null) {
                    return new SharedToken(() -> token, "the variable " + variable);
                }
                misses.add("the variable " + variable + " (not set)");
            }
            SharedToken kubeconfigs = fromKubeconfig();
            if (kubeconfigs != null) {
                return kubeconfigs;
            }
            Path file = serviceAccountDirectory.resolve(AccessLookup.TOKEN);
            if (Files.isRegularFile(file)) {
                return new SharedToken(new TokenFile(file), "the service account file " + file);
            }
            misses.add("the service account file " + file + " (not there)");
            throw new ConfigurationException("no token was found that the parts of a deployment share. Looked, in this"
                    + " order, for: " + String.join("; ", misses) + ". Give all parts the same variable "
                    + AccessLookup.TOKEN);
        }

        private @Nullable SharedToken fromKubeconfig() {
            String named = environment.get(AccessLookup.KUBECONFIG);
            if (named != null) {
                return fromKubeconfig(AccessLookup.firstThatExists(named));
            }
            misses.add("a kubeconfig named by " + AccessLookup.KUBECONFIG + " (not set)");
            Path own = AccessLookup.ownKubeconfig(homeDirectory == null ? environment.home() : homeDirectory);
            if (Files.isRegularFile(own)) {
                return fromKubeconfig(own);
            }
            misses.add(own + " (not there)");
            return null;
        }

        private @Nullable SharedToken fromKubeconfig(Path file) {
            Supplier<String> token = KubeconfigFile.read(file).token();
            if (token == null) {
                misses.add("kubeconfig " + file + " (its current user has no token)");
                return null;
            }
            return new SharedToken(token, "kubeconfig " + file);
        }
    }
}
