package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsCheckTest {
    @TempDir
    Path home;

    @Test
    void saysWhichWayInWasFound() throws Exception {
        try (FakePlatform platform = new FakePlatform()) {
            Path file = platform.kubeconfig(home);
            CredentialsCheck check = new CredentialsCheck(Map.of("KUBECONFIG", file.toString()), false);

            Finding finding = Findings.only(check);
            assertThat(finding.status()).isEqualTo(Status.OK);
            assertThat(finding.detail())
                    .contains("kubeconfig " + file, platform.uri().toString(), "its CA")
                    .doesNotContain(FakePlatform.TOKEN);
            closed(check);
        }
    }

    @Test
    void saysWhereItLookedWhenThereIsNone() throws Exception {
        CredentialsCheck check = new CredentialsCheck(Map.of("HOME", home.toString()), false);

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("KUBECONFIG", "KUBERNETES_SERVICE_HOST", "ca.crt");
        assertThat(finding.fix()).contains("envFrom", "REGISTRY_URLS");
        assertThat(check.access()).isNull();
    }

    @Test
    void doesNotMissAClusterWhereRegistriesAreConfigured() throws Exception {
        Finding finding = Findings.only(new CredentialsCheck(Map.of("HOME", home.toString()), true));

        assertThat(finding.status()).isEqualTo(Status.SKIP);
        assertThat(finding.detail()).contains("only the configured registries are read");
    }

    @Test
    void missesAClusterThatIsNamedThoughRegistriesAreConfigured() throws Exception {
        Finding finding = Findings.only(new CredentialsCheck(Map.of("KUBECONFIG", "/nowhere/config"), true));

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("/nowhere/config");
    }

    @Test
    void warnsThatNobodyChecksTheCertificate() throws Exception {
        Path file = Files.writeString(home.resolve("config"), """
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: canary}}]
                """);
        CredentialsCheck check = new CredentialsCheck(Map.of("KUBECONFIG", file.toString()), false);

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("can read the token").doesNotContain("canary");
        assertThat(finding.fix()).contains("insecure-skip-tls-verify");
        closed(check);
    }

    private static void closed(CredentialsCheck check) {
        KubernetesAccess access = check.access();
        assertThat(access).isNotNull();
        access.close();
    }
}
