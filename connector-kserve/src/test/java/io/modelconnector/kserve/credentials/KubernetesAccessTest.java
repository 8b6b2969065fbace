package io.modelconnector.kserve.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.testing.FakeApiServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesAccessTest {
    private static final HeldCertificate CA =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    private static final HeldCertificate OTHER_CA =
            new HeldCertificate.Builder().commonName("other").build();

    private final FakeApiServer server = FakeApiServer.startTls(CA);
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory;

    private Path pod;
    private Path home;
    private @Nullable KubernetesAccess access;

    @BeforeEach
    void createDirectories() throws IOException {
        pod = Files.createDirectories(directory.resolve("pod"));
        home = Files.createDirectories(directory.resolve("home"));
        Files.createDirectories(home.resolve(".kube"));
    }

    @AfterEach
    void close() {
        if (access != null) {
            access.close();
            access.close();
        }
        server.close();
    }

    @Test
    void takesTheKubeconfigFirst() throws Exception {
        environment.put("KUBECONFIG", write("config", kubeconfig("kubeconfig-token", caData(CA), "")) + "\n");
        aPod("pod-token");
        environment.put("token", "secret-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(tokenSent(find())).isEqualTo("Bearer kubeconfig-token");
        assertThat(access).hasToString("kubeconfig " + directory.resolve("config") + ", context prod, " + server.url());
        assertThat(access.bearerToken().orElseThrow().get()).isEqualTo("kubeconfig-token");
        assertThat(new String(access.caPem().orElseThrow(), StandardCharsets.US_ASCII))
                .isEqualTo(CA.certificatePem());
    }

    @Test
    void takesTheFilesOfAPodNext() throws Exception {
        aPod("pod-token\n");
        environment.put("token", "secret-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(tokenSent(find())).isEqualTo("Bearer pod-token");
        assertThat(access).hasToString("service account files in " + pod + ", " + server.url());
    }

    @Test
    void readsATokenAnewThatRotates() throws Exception {
        aPod("first");
        assertThat(tokenSent(find())).isEqualTo("Bearer first");
        Files.writeString(pod.resolve("token"), "second\r\n");
        assertThat(tokenSent(access)).isEqualTo("Bearer second");
        assertThat(access.bearerToken().orElseThrow().get()).isEqualTo("second");
    }

    @Test
    void saysThatATokenFileCannotBeRead() throws Exception {
        aPod("first");
        find();
        Files.delete(pod.resolve("token"));

        assertThatThrownBy(() -> access.bearerToken().orElseThrow().get())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("reading the token file " + pod.resolve("token")
                        + " failed: NoSuchFileException; check that it is there and readable");
        assertThatThrownBy(() -> tokenSent(access))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reading the token file");
    }

    @Test
    void takesTheVariablesOfASecretNext() throws Exception {
        aPod(null);
        environment.put("token", "secret-token\r\n");
        environment.put("ca.crt", CA.certificatePem() + "\n\n");
        Files.writeString(home.resolve(".kube/config"), kubeconfig("home-token", caData(CA), ""));

        assertThat(tokenSent(find())).isEqualTo("Bearer secret-token");
        assertThat(access).hasToString("service account token in the environment, " + server.url());
        assertThat(new String(access.caPem().orElseThrow(), StandardCharsets.US_ASCII).strip())
                .isEqualTo(CA.certificatePem().strip());
    }

    @Test
    void takesTheTokenForRunsOutsideOfAPodWhereTheSecretHasNone() throws Exception {
        aPod(null);
        environment.put("K8S_TOKEN", "outside-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(tokenSent(find())).isEqualTo("Bearer outside-token");
    }

    @Test
    void takesTheKubeconfigAtHomeLast() throws Exception {
        Files.writeString(home.resolve(".kube/config"), kubeconfig("home-token", caData(CA), ""));
        assertThat(tokenSent(find())).isEqualTo("Bearer home-token");
        assertThat(access.toString()).startsWith("kubeconfig " + home.resolve(".kube/config"));
    }

    @Test
    void looksForTheHomeThatTheEnvironmentNames() throws Exception {
        Files.writeString(home.resolve(".kube/config"), kubeconfig("home-token", caData(CA), ""));
        environment.put("HOME", home.toString());
        access = KubernetesAccess.builder(environment)
                .serviceAccountDirectory(pod)
                .build();
        assertThat(tokenSent(access)).isEqualTo("Bearer home-token");
    }

    @Test
    void prefersTheTokenForRunsOutsideOfAPodToThatOfTheKubeconfig() throws Exception {
        environment.put("KUBECONFIG", write("config", kubeconfig("kubeconfig-token", caData(CA), "")));
        environment.put("K8S_TOKEN", "outside-token\n");

        assertThat(tokenSent(find())).isEqualTo("Bearer outside-token");
        assertThat(access.toString()).endsWith(", token from K8S_TOKEN").doesNotContain("outside-token");
    }

    @Test
    void takesTheFirstKubeconfigThatExists() throws Exception {
        String existing = write("config", kubeconfig("kubeconfig-token", caData(CA), ""));
        environment.put("KUBECONFIG", directory.resolve("none") + File.pathSeparator + existing);
        assertThat(tokenSent(find())).isEqualTo("Bearer kubeconfig-token");
    }

    @Test
    void saysWhatItLookedForWhenThereIsNothing() {
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "no access to a Kubernetes cluster was found. Looked, in this order, for: a kubeconfig named"
                                + " by KUBECONFIG (not set); the service account file " + pod.resolve("token")
                                + " (not there); the variables token and ca.crt with KUBERNETES_SERVICE_HOST"
                                + " (KUBERNETES_SERVICE_HOST is not set); " + home.resolve(".kube/config")
                                + " (not there)");
    }

    @Test
    void saysThatAPodWithoutATokenHasNone() throws Exception {
        aPod(null);
        assertThatThrownBy(this::find).hasMessageContaining("(token is not set)");
    }

    @Test
    void saysThatTheNamedKubeconfigIsNotThere() {
        environment.put("KUBECONFIG", directory.resolve("none").toString());
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("KUBECONFIG was \"" + directory.resolve("none")
                        + "\", must be the path of a kubeconfig; there is no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "]{ token: s3cret",
                "[s3cret]",
                "current-context: [s3cret]",
                "apiVersion: v1\nkind: Config\n",
                "current-context: prod\ncontexts: s3cret\n",
                "current-context: prod\ncontexts: [{name: prod, context: {cluster: none}}]\nclusters: []\nusers: []\n",
                "current-context: prod\ncontexts: [{name: prod, context: {cluster: c}}]\n"
                        + "clusters: [{name: c, cluster: {server: 's3cret'}}]\nusers: []\n",
            })
    void saysWhichKubeconfigCannotBeUsedAndShowsNothingOfIt(String text) throws Exception {
        String file = write("config", text);
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kubeconfig " + file)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void refusesAPodWithoutACa() throws Exception {
        aPod("pod-token");
        Files.delete(pod.resolve("ca.crt"));
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the CA of the API server " + server.url() + " is missing: " + pod.resolve("ca.crt")
                        + " is not there, must hold its certificates as PEM; or skip TLS verification by name");
    }

    @Test
    void refusesASecretWithoutACa() throws Exception {
        aPod(null);
        environment.put("token", "secret-token");
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the variable ca.crt is not there");
    }

    @Test
    void verifiesNothingIfToldSoByName() throws Exception {
        aPod(null);
        environment.put("token", "secret-token");
        access = builder().insecureSkipTlsVerify(true).build();
        assertThat(tokenSent(access)).isEqualTo("Bearer secret-token");
        assertThat(access.toString()).endsWith(", certificate not verified");
        assertThat(access.caPem()).isEmpty();
    }

    @Test
    void verifiesNothingIfTheKubeconfigSaysSo() throws Exception {
        environment.put(
                "KUBECONFIG", write("config", kubeconfig("kubeconfig-token", "insecure-skip-tls-verify: true", "")));
        assertThat(tokenSent(find())).isEqualTo("Bearer kubeconfig-token");
        assertThat(access.toString()).contains("certificate not verified");
    }

    @Test
    void doesNotTrustACertificateOfAnotherCa() throws Exception {
        environment.put("KUBECONFIG", write("config", kubeconfig("kubeconfig-token", caData(OTHER_CA), "")));
        find();
        assertThatThrownBy(() -> tokenSent(access)).isInstanceOf(SSLException.class);
    }

    @Test
    void verifiesAgainstTheTrustStoreOfTheJvmWhereAKubeconfigHasNoCa() throws Exception {
        environment.put("KUBECONFIG", write("config", kubeconfig("kubeconfig-token", "", "")));
        find();
        assertThat(access.caPem()).isEmpty();
        assertThatThrownBy(() -> tokenSent(access)).isInstanceOf(SSLException.class);
    }

    @Test
    void readsACaFileBesideTheKubeconfig() throws Exception {
        write("ca.pem", CA.certificatePem());
        environment.put(
                "KUBECONFIG", write("config", kubeconfig("kubeconfig-token", "certificate-authority: ca.pem", "")));
        assertThat(tokenSent(find())).isEqualTo("Bearer kubeconfig-token");
    }

    @ParameterizedTest
    @CsvSource({"'',holds no certificates", "garbage,holds no certificates"})
    void refusesACaThatIsNone(String ca, String message) throws Exception {
        aPod("pod-token");
        Files.writeString(pod.resolve("ca.crt"), ca);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(pod.resolve("ca.crt") + " " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "with\nline", "tökén"})
    void refusesATokenThatIsNoneAndDoesNotShowIt(String token) throws Exception {
        aPod(null);
        environment.put("token", token);
        environment.put("ca.crt", CA.certificatePem());
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token holds no token")
                .hasMessageNotContaining(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "70000", "-1"})
    void refusesAPortThatIsNone(String port) throws Exception {
        aPod("pod-token");
        environment.put("KUBERNETES_SERVICE_PORT", port);
        assertThatThrownBy(this::find)
                .hasMessage("KUBERNETES_SERVICE_PORT was \"" + port + "\", must be a port number");
    }

    @Test
    void bracketsAnIpv6Address() throws Exception {
        aPod("pod-token");
        environment.put("KUBERNETES_SERVICE_HOST", "fd00:10:96::1");
        environment.remove("KUBERNETES_SERVICE_PORT");
        assertThat(find().client().getBasePath()).isEqualTo("https://[fd00:10:96::1]:443");
    }

    @Test
    void authenticatesByClientCertificate() throws Exception {
        String user = "client-certificate-data: " + base64(CA.certificatePem()) + "\n    client-key-data: "
                + base64(CA.privateKeyPkcs8Pem());
        environment.put("KUBECONFIG", write("config", kubeconfig(null, caData(CA), user)));

        assertThat(tokenSent(find())).isNull();
        assertThat(access.bearerToken()).isEmpty();
    }

    @Test
    void authenticatesByPassword() throws Exception {
        environment.put(
                "KUBECONFIG", write("config", kubeconfig(null, caData(CA), "username: ada\n    password: lovelace")));
        assertThat(tokenSent(find())).startsWith("Basic ");
    }

    @Test
    void takesTheTokenFileOfAKubeconfig() throws Exception {
        String token = write("token", "file-token\n");
        environment.put("KUBECONFIG", write("config", kubeconfig(null, caData(CA), "tokenFile: " + token)));
        assertThat(tokenSent(find())).isEqualTo("Bearer file-token");
    }

    @Test
    void saysThatAKubeconfigGivesNoToken() throws Exception {
        String file = write("config", kubeconfig(null, caData(CA), "token: ''"));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kubeconfig " + file + " gave no token");
    }

    @Test
    void goesWithoutCredentialsWhereAKubeconfigHasNone() throws Exception {
        environment.put("KUBECONFIG", write("config", kubeconfig(null, caData(CA), "")));
        assertThat(tokenSent(find())).isNull();
        assertThat(access.toString()).endsWith(", without credentials");
    }

    @Test
    void looksForTheNamespaceFromTheMostExactToTheLeast() throws Exception {
        aPod("pod-token");
        Files.writeString(pod.resolve("namespace"), "from-file\n");
        assertThat(find().namespace()).contains("from-file");
        environment.put("namespace", "from-secret\n");
        assertThat(find().namespace()).contains("from-secret");
        environment.put("POD_NAMESPACE", "from-pod");
        assertThat(find().namespace()).contains("from-pod");
        environment.put("KUBECONFIG", write("config", kubeconfig("t", caData(CA), "")));
        assertThat(find().namespace()).contains("from-kubeconfig");
        environment.put("NAMESPACE", "from-setting\r\n");
        assertThat(find().namespace()).contains("from-setting");
    }

    @Test
    void hasNoNamespaceWhereNoneIsGiven() throws Exception {
        aPod("pod-token");
        assertThat(find().namespace()).isEmpty();
    }

    @Test
    void endsItsClientWhenClosed() throws Exception {
        aPod("pod-token");
        ApiClient client = find().client();
        tokenSent(access);
        access.close();
        assertThat(client.getHttpClient().connectionPool().connectionCount()).isZero();
        assertThat(client.getHttpClient().dispatcher().executorService().isShutdown())
                .isTrue();
    }

    @Test
    void boundsItsCalls() throws Exception {
        aPod("pod-token");
        ApiClient client = find().client();
        assertThat(client.getReadTimeout()).isEqualTo(30_000);
        assertThat(client.getConnectTimeout()).isEqualTo(5_000);
    }

    private KubernetesAccess find() {
        access = builder().build();
        return access;
    }

    private KubernetesAccess.Builder builder() {
        return KubernetesAccess.builder(environment)
                .serviceAccountDirectory(pod)
                .homeDirectory(home);
    }

    /** The environment of a pod, with service account files if there is a token. */
    private void aPod(@Nullable String token) throws IOException {
        URI url = URI.create(server.url());
        environment.put("KUBERNETES_SERVICE_HOST", url.getHost());
        environment.put("KUBERNETES_SERVICE_PORT", url.getPort() + "\n");
        if (token != null) {
            Files.writeString(pod.resolve("token"), token);
            Files.writeString(pod.resolve("ca.crt"), CA.certificatePem());
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String kubeconfig(@Nullable String token, String ca, String user) {
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

    private static String caData(HeldCertificate ca) {
        return "certificate-authority-data: " + base64(ca.certificatePem());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes a call as the client makes them, and gives the authorization that arrived. */
    private @Nullable String tokenSent(KubernetesAccess access) throws Exception {
        ApiClient client = access.client();
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
