package io.modelconnector.kserve.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.FakeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** An environment, a directory for its files, and an API server. */
final class AccessFixture implements AutoCloseable {
    static final HeldCertificate CA = FakeApiServer.certificate();

    final FakeApiServer server = FakeApiServer.startTls(CA);
    final Map<String, String> environment = new HashMap<>();
    final Path directory;
    final Path pod;
    final Path home;
    private @Nullable KubernetesAccess access;

    AccessFixture(Path directory) {
        this.directory = directory;
        try {
            pod = Files.createDirectories(directory.resolve("pod"));
            home = Files.createDirectories(directory.resolve("home"));
            Files.createDirectories(home.resolve(".kube"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (access != null) {
            access.close();
            access.close();
        }
        server.close();
    }

    /** What the environment gives. */
    KubernetesAccess find() {
        return keep(builder().build());
    }

    /** Closes an access in the end. */
    KubernetesAccess keep(KubernetesAccess found) {
        access = found;
        return found;
    }

    /** What was found last. */
    KubernetesAccess access() {
        return access;
    }

    KubernetesAccess.Builder builder() {
        return KubernetesAccess.builder(environment)
                .serviceAccountDirectory(pod)
                .homeDirectory(home);
    }

    /** The environment of a pod, with service account files if there is a token. */
    void aPod(@Nullable String token) throws IOException {
        URI url = URI.create(server.url());
        environment.put("KUBERNETES_SERVICE_HOST", url.getHost());
        environment.put("KUBERNETES_SERVICE_PORT", url.getPort() + "\n");
        if (token != null) {
            Files.writeString(pod.resolve("token"), token);
            Files.writeString(pod.resolve("ca.crt"), CA.certificatePem());
        }
    }

    String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    String kubeconfig(@Nullable String token, String ca, String user) {
        return String.join(
                "\n",
                List.of(
                        "apiVersion: v1",
                        "kind: Config",
                        "current-context: prod",
                        "contexts:",
                        "- name: prod",
                        "  context: {cluster: c, user: u, namespace: from-kubeconfig}",
                        "clusters:",
                        "- name: c",
                        "  cluster:",
                        "    server: " + server.url() + "/",
                        "    " + ca,
                        "users:",
                        "- name: u",
                        "  user:",
                        "    " + (token == null ? user : "token: " + token),
                        ""));
    }

    static String caData(HeldCertificate ca) {
        return "certificate-authority-data: " + base64(ca.certificatePem());
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes a call as the client makes them, and gives the authorization that arrived. */
    @Nullable
    String tokenSent(KubernetesAccess sender) throws Exception {
        ApiClient client = sender.client();
        Request request = client.buildRequest(
                null,
                "/api/v1/services",
                "GET",
                List.of(),
                List.of(),
                null,
                new HashMap<>(),
                Map.of(),
                Map.of(),
                new String[] {"BearerToken"},
                null);
        try (Response response = client.getHttpClient().newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(200);
        }
        return server.recorded().get(server.recorded().size() - 1).getHeaders().get("Authorization");
    }
}
