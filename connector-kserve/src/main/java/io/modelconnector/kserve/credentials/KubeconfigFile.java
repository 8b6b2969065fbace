package io.modelconnector.kserve.credentials;

import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.Authentication;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import io.kubernetes.client.util.credentials.UsernamePasswordAuthentication;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.credentials.ApiClients.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A kubeconfig, of which the current context counts. */
final class KubeconfigFile {
    private final Path file;
    private final KubeConfig config;

    private KubeconfigFile(Path file, KubeConfig config) {
        this.file = file;
        this.config = config;
    }

    static KubeconfigFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigurationException("reading kubeconfig " + file + " failed; make it readable, as UTF-8", e);
        }
        try {
            KubeConfig config = KubeConfig.loadKubeConfig(new StringReader(text));
            config.setFile(file.toAbsolutePath().toFile());
            return new KubeconfigFile(file, config);
        } catch (RuntimeException e) {
            // The parser's message quotes the text, which has secrets.
            throw new ConfigurationException("kubeconfig " + file + " is none ("
                    + e.getClass().getSimpleName() + "); correct it, or name another in KUBECONFIG");
        }
    }

    @Nullable
    String namespace() {
        return blankToNull(config.getNamespace());
    }

    /**
     * The access that it gives.
     *
     * @param token a token in place of its credentials; null for these
     * @param insecure whether to verify nothing, whatever it says
     * @param namespace the namespace to work in
     */
    KubernetesAccess access(@Nullable String token, boolean insecure, @Nullable String namespace) {
        try {
            Settings settings = settings(insecure);
            String description = "kubeconfig " + file + ", context " + config.getCurrentContext() + ", "
                    + ApiClients.describe(settings);
            if (token != null) {
                return access(settings, () -> token, namespace, description + ", token from K8S_TOKEN");
            }
            Authentication authentication = authentication();
            if (authentication != null) {
                return new KubernetesAccess(
                        ApiClients.with(settings, authentication), settings.ca(), null, namespace, description);
            }
            return withCredentials(settings, namespace, description);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "a file that kubeconfig " + file + " names cannot be read; correct its path, or make it readable",
                    e);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ConfigurationException("kubeconfig " + file + " cannot be used ("
                    + e.getClass().getSimpleName() + "); check the certificates and credentials of context "
                    + config.getCurrentContext());
        }
    }

    /**
     * Supplies the token of its current user, wherever the cluster is and whatever else the user has.
     *
     * @return the supplier; null if there is no token
     */
    @Nullable
    Supplier<String> token() {
        try {
            Map<String, String> credentials = config.getCredentials();
            boolean none = credentials == null || blankToNull(credentials.get(KubeConfig.CRED_TOKEN_KEY)) == null;
            return none ? null : KubeconfigToken.of(config, file, System::nanoTime, credentials);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            // What a plugin wrote may be in the message or a cause, and may be a secret.
            throw new ConfigurationException("kubeconfig " + file + " cannot be used ("
                    + e.getClass().getSimpleName() + "); check the token, token file or plugin of its current user");
        }
    }

    private Settings settings(boolean insecure) throws IOException {
        String server = blankToNull(config.getServer());
        if (server == null || HttpUrl.parse(server) == null) {
            throw new ConfigurationException("kubeconfig " + file + " has no URL of a server for its current context "
                    + config.getCurrentContext() + "; set current-context to one whose cluster has one");
        }
        byte[] ca = config.getDataOrFileRelative(
                config.getCertificateAuthorityData(), config.getCertificateAuthorityFile());
        if (ca != null) {
            ca = CaCertificates.checked("the certificate-authority of kubeconfig " + file, ca);
        }
        return new Settings(
                server.replaceFirst("/+$", ""),
                ca,
                blankToNull(config.getTlsServerName()),
                !insecure && config.verifySSL());
    }

    /** Client certificate or password, which the official client takes before a token. */
    private @Nullable Authentication authentication() throws IOException {
        byte[] certificate =
                config.getDataOrFileRelative(config.getClientCertificateData(), config.getClientCertificateFile());
        byte[] key = config.getDataOrFileRelative(config.getClientKeyData(), config.getClientKeyFile());
        if (certificate != null && key != null) {
            return new ClientCertificateAuthentication(certificate, key);
        }
        String user = blankToNull(config.getUsername());
        String password = blankToNull(config.getPassword());
        return user == null || password == null ? null : new UsernamePasswordAuthentication(user, password);
    }

    private KubernetesAccess withCredentials(Settings settings, @Nullable String namespace, String description) {
        Map<String, String> credentials = config.getCredentials();
        if (credentials == null) {
            return new KubernetesAccess(
                    ApiClients.with(settings, null),
                    settings.ca(),
                    null,
                    namespace,
                    description + ", without credentials");
        }
        String certificate = blankToNull(credentials.get(KubeConfig.CRED_CLIENT_CERTIFICATE_DATA_KEY));
        String key = blankToNull(credentials.get(KubeConfig.CRED_CLIENT_KEY_DATA_KEY));
        if (certificate != null && key != null) {
            Authentication authentication = new ClientCertificateAuthentication(
                    certificate.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
            return new KubernetesAccess(
                    ApiClients.with(settings, authentication), settings.ca(), null, namespace, description);
        }
        Supplier<String> token = KubeconfigToken.of(config, file, System::nanoTime, credentials);
        return access(settings, token, namespace, description);
    }

    private static KubernetesAccess access(
            Settings settings, Supplier<String> token, @Nullable String namespace, String description) {
        return new KubernetesAccess(
                ApiClients.withToken(settings, token), settings.ca(), token, namespace, description);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
