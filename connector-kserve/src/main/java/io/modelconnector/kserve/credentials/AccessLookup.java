package io.modelconnector.kserve.credentials;

import io.modelconnector.core.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks through the places where access to a cluster may be given. */
final class AccessLookup {
    /** Where a pod has the files of its service account. */
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    static final String KUBECONFIG = "KUBECONFIG";
    static final String K8S_TOKEN = "K8S_TOKEN";
    /** A variable, and a file. */
    static final String TOKEN = "token";

    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";
    private static final String CA = "ca.crt";

    private final EnvironmentValues environment;
    private final Path serviceAccount;
    private final Path home;
    private final boolean insecure;

    AccessLookup(EnvironmentValues environment, Path serviceAccount, Path home, boolean insecure) {
        this.environment = environment;
        this.serviceAccount = serviceAccount;
        this.home = home;
        this.insecure = insecure;
    }

    KubernetesAccess find() {
        String kubeconfig = environment.get(KUBECONFIG);
        if (kubeconfig != null) {
            return kubeconfig(firstThatExists(kubeconfig));
        }
        String host = environment.get(HOST);
        Path tokenFile = serviceAccount.resolve(TOKEN);
        if (host != null && Files.isRegularFile(tokenFile)) {
            return fromFiles(serverUrl(host), tokenFile);
        }
        String token = Objects.requireNonNullElseGet(
                environment.token(TOKEN), () -> Objects.requireNonNullElse(environment.token(K8S_TOKEN), ""));
        if (host != null && !token.isEmpty()) {
            return fromEnvironment(serverUrl(host), token);
        }
        Path ownConfig = ownKubeconfig(home);
        if (Files.isRegularFile(ownConfig)) {
            return kubeconfig(ownConfig);
        }
        throw new ConfigurationException("no access to a Kubernetes cluster was found. Looked, in this order, for: a"
                + " kubeconfig named by " + KUBECONFIG + " (not set); the service account file " + tokenFile + ' '
                + (Files.isRegularFile(tokenFile) ? "(there, but " + HOST + " is not set)" : "(not there)")
                + "; the variables " + TOKEN + " and " + CA + " with " + HOST + " ("
                + (host == null ? HOST : TOKEN) + " is not set); " + ownConfig + " (not there)");
    }

    private KubernetesAccess kubeconfig(Path file) {
        KubeconfigFile kubeconfig = KubeconfigFile.read(file);
        return kubeconfig.access(environment.token(K8S_TOKEN), insecure, namespace(kubeconfig.namespace()));
    }

    private KubernetesAccess fromFiles(String server, Path tokenFile) {
        Path caFile = serviceAccount.resolve(CA);
        byte[] ca = null;
        if (Files.isRegularFile(caFile)) {
            try {
                ca = CaCertificates.checked(caFile.toString(), Files.readAllBytes(caFile));
            } catch (IOException e) {
                throw new ConfigurationException("reading the CA file " + caFile + " failed; make it readable", e);
            }
        }
        TokenFile token = new TokenFile(tokenFile);
        return access(server, ca, caFile.toString(), token, "service account files in " + serviceAccount);
    }

    private KubernetesAccess fromEnvironment(String server, String token) {
        String pem = environment.get(CA);
        byte[] ca = pem == null ? null : CaCertificates.checked(CA, CaCertificates.bytes(pem));
        String what = "service account token in the environment";
        return access(server, ca, "the variable " + CA, () -> token, what);
    }

    private KubernetesAccess access(
            String server, byte @Nullable [] ca, String caPlace, Supplier<String> token, String description) {
        if (ca == null && !insecure) {
            throw new ConfigurationException("the CA of the API server " + server + " is missing: " + caPlace
                    + " is not there, must hold its certificates as PEM; or skip TLS verification by name");
        }
        ApiClients.Settings settings = new ApiClients.Settings(server, ca, null, !insecure);
        return new KubernetesAccess(
                ApiClients.withToken(settings, token),
                ca,
                token,
                namespace(null),
                description + ", " + ApiClients.describe(settings));
    }

    private String serverUrl(String host) {
        String port = Objects.requireNonNullElse(environment.get(PORT), "443");
        if (!Pattern.matches("\\d{1,5}", port) || Integer.parseInt(port) > 0xffff) {
            throw new ConfigurationException(PORT + " was \"" + port + "\", must be a port number");
        }
        return "https://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }

    /** Where a user's own kubeconfig is, if there is one. */
    static Path ownKubeconfig(Path home) {
        return home.resolve(".kube").resolve("config");
    }

    /** The first file among those that KUBECONFIG names. */
    static Path firstThatExists(String paths) {
        for (String path : paths.split(File.pathSeparator, -1)) {
            try {
                if (!path.isBlank() && Files.isRegularFile(Path.of(path))) {
                    return Path.of(path);
                }
            } catch (InvalidPathException e) {
                throw new ConfigurationException(KUBECONFIG + " was \"" + paths + "\", must be the path of a file", e);
            }
        }
        throw new ConfigurationException(
                KUBECONFIG + " was \"" + paths + "\", must be the path of a kubeconfig; there is no such file");
    }

    private @Nullable String namespace(@Nullable String kubeconfigs) {
        String given = environment.get("NAMESPACE");
        if (given == null) {
            given = kubeconfigs;
        }
        if (given == null) {
            given = environment.get("POD_NAMESPACE");
        }
        if (given == null) {
            given = environment.get("namespace");
        }
        return given == null ? podNamespace() : given;
    }

    private @Nullable String podNamespace() {
        Path file = serviceAccount.resolve("namespace");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            String namespace = Files.readString(file).strip();
            return namespace.isEmpty() ? null : namespace;
        } catch (IOException e) {
            throw new ConfigurationException("reading the namespace file " + file + " failed; set NAMESPACE", e);
        }
    }
}
