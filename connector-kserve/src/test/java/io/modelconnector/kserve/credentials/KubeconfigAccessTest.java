package io.modelconnector.kserve.credentials;

import static io.modelconnector.kserve.credentials.AccessFixture.CA;
import static io.modelconnector.kserve.credentials.AccessFixture.base64;
import static io.modelconnector.kserve.credentials.AccessFixture.caData;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.kserve.testing.FakeApiServer;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access by a kubeconfig. */
class KubeconfigAccessTest {
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
    void prefersTheTokenForRunsOutsideOfAPodToThatOfTheKubeconfig() throws Exception {
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig("kubeconfig-token", caData(CA), "")));
        environment.put("K8S_TOKEN", "outside-token\n");

        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer outside-token");
        assertThat(fixture.access().toString())
                .endsWith(", token from K8S_TOKEN")
                .doesNotContain("outside-token");
    }

    @Test
    void takesTheFirstKubeconfigThatExists() throws Exception {
        String existing = fixture.write("config", fixture.kubeconfig("kubeconfig-token", caData(CA), ""));
        environment.put("KUBECONFIG", fixture.directory.resolve("none") + File.pathSeparator + existing);
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer kubeconfig-token");
    }

    @Test
    void saysThatTheNamedKubeconfigIsNotThere() {
        environment.put("KUBECONFIG", fixture.directory.resolve("none").toString());
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("KUBECONFIG was \"" + fixture.directory.resolve("none")
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
        String file = fixture.write("config", text);
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kubeconfig " + file)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void verifiesNothingIfTheKubeconfigSaysSo() throws Exception {
        environment.put(
                "KUBECONFIG",
                fixture.write("config", fixture.kubeconfig("kubeconfig-token", "insecure-skip-tls-verify: true", "")));
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer kubeconfig-token");
        assertThat(fixture.access().toString()).contains("certificate not verified");
    }

    @Test
    void doesNotTrustACertificateOfAnotherCa() throws Exception {
        environment.put(
                "KUBECONFIG",
                fixture.write(
                        "config", fixture.kubeconfig("kubeconfig-token", caData(FakeApiServer.certificate()), "")));
        fixture.find();
        assertThatThrownBy(() -> fixture.tokenSent(fixture.access())).isInstanceOf(SSLException.class);
    }

    @Test
    void verifiesAgainstTheTrustStoreOfTheJvmWhereAKubeconfigHasNoCa() throws Exception {
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig("kubeconfig-token", "", "")));
        fixture.find();
        assertThat(fixture.access().caPem()).isEmpty();
        assertThatThrownBy(() -> fixture.tokenSent(fixture.access())).isInstanceOf(SSLException.class);
    }

    @Test
    void showsNoPasswordInAUrl() throws Exception {
        String config =
                fixture.kubeconfig("kubeconfig-token", caData(CA), "").replace("https://", "https://ada:s3cret@");
        environment.put("KUBECONFIG", fixture.write("config", config));
        assertThat(fixture.find()).asString().contains(fixture.server.url()).doesNotContain("s3cret");
    }

    @Test
    void verifiesTheNameThatTheKubeconfigGives() throws Exception {
        String ca = caData(CA) + "\n    tls-server-name: elsewhere.example.com";
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig("kubeconfig-token", ca, "")));
        fixture.find();
        assertThatThrownBy(() -> fixture.tokenSent(fixture.access())).isInstanceOf(SSLException.class);
    }

    @Test
    void saysThatAFileOfAKubeconfigCannotBeRead() throws Exception {
        String file =
                fixture.write("config", fixture.kubeconfig("kubeconfig-token", "certificate-authority: none.pem", ""));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("a file that kubeconfig " + file
                        + " names cannot be read; correct its path, or make it readable");
    }

    @Test
    void saysThatAClientCertificateCannotBeUsed() throws Exception {
        String user = "client-certificate-data: " + base64("s3cret") + "\n    client-key-data: " + base64("s3cret");
        String file = fixture.write("config", fixture.kubeconfig(null, caData(CA), user));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kubeconfig " + file + " cannot be used")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void readsACaFileBesideTheKubeconfig() throws Exception {
        fixture.write("ca.pem", CA.certificatePem());
        environment.put(
                "KUBECONFIG",
                fixture.write("config", fixture.kubeconfig("kubeconfig-token", "certificate-authority: ca.pem", "")));
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer kubeconfig-token");
    }

    @Test
    void authenticatesByClientCertificate() throws Exception {
        String user = "client-certificate-data: " + base64(CA.certificatePem()) + "\n    client-key-data: "
                + base64(CA.privateKeyPkcs8Pem());
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig(null, caData(CA), user)));

        assertThat(fixture.tokenSent(fixture.find())).isNull();
        assertThat(fixture.access().bearerToken()).isEmpty();
    }

    @Test
    void authenticatesByPassword() throws Exception {
        environment.put(
                "KUBECONFIG",
                fixture.write("config", fixture.kubeconfig(null, caData(CA), "username: ada\n    password: lovelace")));
        assertThat(fixture.tokenSent(fixture.find())).startsWith("Basic ");
    }

    @Test
    void takesTheTokenFileOfAKubeconfig() throws Exception {
        String token = fixture.write("token", "file-token\n");
        environment.put(
                "KUBECONFIG", fixture.write("config", fixture.kubeconfig(null, caData(CA), "tokenFile: " + token)));
        assertThat(fixture.tokenSent(fixture.find())).isEqualTo("Bearer file-token");
    }

    @Test
    void saysThatAKubeconfigGivesNoToken() throws Exception {
        String file = fixture.write("config", fixture.kubeconfig(null, caData(CA), "token: ''"));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(fixture::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kubeconfig " + file + " gave no token");
    }

    @Test
    void goesWithoutCredentialsWhereAKubeconfigHasNone() throws Exception {
        environment.put("KUBECONFIG", fixture.write("config", fixture.kubeconfig(null, caData(CA), "")));
        assertThat(fixture.tokenSent(fixture.find())).isNull();
        assertThat(fixture.access().toString()).endsWith(", without credentials");
    }
}
