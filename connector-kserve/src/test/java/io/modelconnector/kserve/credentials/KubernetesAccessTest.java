package io.modelconnector.kserve.credentials;

import static io.modelconnector.kserve.credentials.AccessFixture.CA;
import static io.modelconnector.kserve.credentials.AccessFixture.caData;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where access is looked for, and what is made of it. */
class KubernetesAccessTest {
    @TempDir
    Path files;

    private AccessFixture fixture;
    private Map<String, String> environment;

    @BeforeEach
    void open() {
        fixture = new AccessFixture(files);
        environment = fixture.environment;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void takesTheKubeconfigFirst() throws Exception {
        environment.put(
                "KUBECONFIG", fixture.write("config", fixture.kubeconfig("kubeconfig-token", caData(CA), "")) + "\n");
        fixture.aPod("pod-token");
        environment.put("token", "secret-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer kubeconfig-token");
        assertThat(fixture.access())
                .hasToString("kubeconfig " + fixture.directory.resolve("config") + ", context prod, "
                        + fixture.server.url());
        assertThat(fixture.access().bearerToken().orElseThrow().get()).isEqualTo("kubeconfig-token");
        assertThat(new String(fixture.access().caPem().orElseThrow(), StandardCharsets.US_ASCII))
                .isEqualTo(CA.certificatePem());
    }

    @Test
    void takesTheFilesOfAPodNext() throws Exception {
        fixture.aPod("pod-token\n");
        environment.put("token", "secret-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer pod-token");
        assertThat(fixture.access())
                .hasToString("service account files in " + fixture.pod + ", " + fixture.server.url());
    }

    @Test
    void readsATokenAnewThatRotates() throws Exception {
        fixture.aPod("first");
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer first");
        Files.writeString(fixture.pod.resolve("token"), "second\r\n");
        assertThat(fixture.tokenSent(fixture.access())).isEqualTo("Bearer second");
        assertThat(fixture.access().bearerToken().orElseThrow().get()).isEqualTo("second");
    }

    @Test
    void saysThatATokenFileCannotBeRead() throws Exception {
        fixture.aPod("first");
        fixture.find();
        Files.delete(fixture.pod.resolve("token"));

        assertThatThrownBy(() -> fixture.access().bearerToken().orElseThrow().get())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("reading the token file " + fixture.pod.resolve("token")
                        + " failed: NoSuchFileException; check that it is there and readable");
        assertThatThrownBy(() -> fixture.tokenSent(fixture.access()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reading the token file");
    }

    @Test
    void takesTheVariablesOfASecretNext() throws Exception {
        fixture.aPod(null);
        environment.put("token", "secret-token\r\n");
        environment.put("ca.crt", CA.certificatePem() + "\n\n");
        Files.writeString(fixture.home.resolve(".kube/config"), fixture.kubeconfig("home-token", caData(CA), ""));

        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer secret-token");
        assertThat(fixture.access()).hasToString("service account token in the environment, " + fixture.server.url());
        assertThat(new String(fixture.access().caPem().orElseThrow(), StandardCharsets.US_ASCII).strip())
                .isEqualTo(CA.certificatePem().strip());
    }

    @Test
    void takesTheTokenForRunsOutsideOfAPodWhereTheSecretHasNone() throws Exception {
        fixture.aPod(null);
        environment.put("K8S_TOKEN", "outside-token");
        environment.put("ca.crt", CA.certificatePem());

        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer outside-token");
    }

    @Test
    void takesTheKubeconfigAtHomeLast() throws Exception {
        Files.writeString(fixture.home.resolve(".kube/config"), fixture.kubeconfig("home-token", caData(CA), ""));
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer home-token");
        assertThat(fixture.access().toString()).startsWith("kubeconfig " + fixture.home.resolve(".kube/config"));
    }

    @Test
    void looksForTheHomeThatTheEnvironmentNames() throws Exception {
        Files.writeString(fixture.home.resolve(".kube/config"), fixture.kubeconfig("home-token", caData(CA), ""));
        environment.put("HOME", fixture.home.toString());
        fixture.keep(KubernetesAccess.builder(environment)
                .serviceAccountDirectory(fixture.pod)
                .build());
        assertThat(fixture.tokenSent(fixture.access())).isEqualTo("Bearer home-token");
    }

    @Test
    void saysWhatItLookedForWhenThereIsNothing() {
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "no access to a Kubernetes cluster was found. Looked, in this order, for: a kubeconfig named"
                                + " by KUBECONFIG (not set); the service account file " + fixture.pod.resolve("token")
                                + " (not there); the variables token and ca.crt with KUBERNETES_SERVICE_HOST"
                                + " (KUBERNETES_SERVICE_HOST is not set); " + fixture.home.resolve(".kube/config")
                                + " (not there)");
    }

    @Test
    void saysThatAPodWithoutATokenHasNone() throws Exception {
        fixture.aPod(null);
        assertThatThrownBy(fixture::find).hasMessageContaining("(token is not set)");
    }

    @Test
    void refusesAPodWithoutACa() throws Exception {
        fixture.aPod("pod-token");
        Files.delete(fixture.pod.resolve("ca.crt"));
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the CA of the API server " + fixture.server.url() + " is missing: "
                        + fixture.pod.resolve("ca.crt")
                        + " is not there, must hold its certificates as PEM; or skip TLS verification by name");
    }

    @Test
    void refusesASecretWithoutACa() throws Exception {
        fixture.aPod(null);
        environment.put("token", "secret-token");
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the variable ca.crt is not there");
    }

    @Test
    void verifiesNothingIfToldSoByName() throws Exception {
        fixture.aPod(null);
        environment.put("token", "secret-token");
        fixture.keep(fixture.builder().insecureSkipTlsVerify(true).build());
        assertThat(fixture.tokenSent(fixture.access())).isEqualTo("Bearer secret-token");
        assertThat(fixture.access().toString()).endsWith(", certificate not verified");
        assertThat(fixture.access().caPem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',holds no certificates", "garbage,holds no certificates"})
    void refusesACaThatIsNone(String ca, String message) throws Exception {
        fixture.aPod("pod-token");
        Files.writeString(fixture.pod.resolve("ca.crt"), ca);
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(fixture.pod.resolve("ca.crt") + " " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "with\nline", "tökén"})
    void refusesATokenThatIsNoneAndDoesNotShowIt(String token) throws Exception {
        fixture.aPod(null);
        environment.put("token", token);
        environment.put("ca.crt", CA.certificatePem());
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token holds no token")
                .hasMessageNotContaining(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "70000", "-1"})
    void refusesAPortThatIsNone(String port) throws Exception {
        fixture.aPod("pod-token");
        environment.put("KUBERNETES_SERVICE_PORT", port);
        assertThatThrownBy(fixture::find)
                .hasMessage("KUBERNETES_SERVICE_PORT was \"" + port + "\", must be a port number");
    }

    @Test
    void bracketsAnIpv6Address() throws Exception {
        fixture.aPod("pod-token");
        environment.put("KUBERNETES_SERVICE_HOST", "fd00:10:96::1");
        environment.remove("KUBERNETES_SERVICE_PORT");
        assertThat(fixture.find().client().getBasePath()).isEqualTo("https://[fd00:10:96::1]:443");
    }

    @Test
    void looksForTheNamespaceFromTheMostExactToTheLeast() throws Exception {
        fixture.aPod("pod-token");
        Files.writeString(fixture.pod.resolve("namespace"), "from-file\n");
        assertThat(fixture.find().namespace()).contains("from-file");
        environment.put("namespace", "from-secret\n");
        assertThat(fixture.find().namespace()).contains("from-secret");
        environment.put("POD_NAMESPACE", "from-pod");
        assertThat(fixture.find().namespace()).contains("from-pod");
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig("t", caData(CA), "")));
        assertThat(fixture.find().namespace()).contains("from-kubeconfig");
        environment.put("NAMESPACE", "from-setting\r\n");
        assertThat(fixture.find().namespace()).contains("from-setting");
    }

    @Test
    void hasNoNamespaceWhereNoneIsGiven() throws Exception {
        fixture.aPod("pod-token");
        assertThat(fixture.find().namespace()).isEmpty();
    }

    @Test
    void endsItsClientWhenClosed() throws Exception {
        fixture.aPod("pod-token");
        ApiClient client = fixture.find().client();
        fixture.tokenSent(fixture.access());
        fixture.access().close();
        assertThat(client.getHttpClient().connectionPool().connectionCount()).isZero();
        assertThat(client.getHttpClient().dispatcher().executorService().isShutdown())
                .isTrue();
    }

    @Test
    void boundsItsCalls() throws Exception {
        fixture.aPod("pod-token");
        ApiClient client = fixture.find().client();
        assertThat(client.getReadTimeout()).isEqualTo(30_000);
        assertThat(client.getConnectTimeout()).isEqualTo(5_000);
    }
}
