package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCheckTest {
    @Test
    void readsWhatThePartsReadAndFillsInWhereTheyAre() throws Exception {
        SettingsCheck check = new SettingsCheck(Map.of("POD_IP", "10.1.2.3", "BRIDGE_URL", "http://bridge:9090"));

        assertThat(Findings.only(check)).isEqualTo(Finding.ok("settings", "valid"));
        assertThat(check.connector()).isNotNull();
        Parts parts = check.parts();
        assertThat(parts).isNotNull();
        assertThat(parts.storage()).isEqualTo(URI.create("http://10.1.2.3:7070"));
        assertThat(parts.storageGiven()).isFalse();
        assertThat(parts.location()).isEqualTo(URI.create("http://bridge:9090"));
        assertThat(parts.locationGiven()).isTrue();
    }

    @Test
    void takesAnAddressOfTheNewerKind() throws Exception {
        SettingsCheck check = new SettingsCheck(Map.of("POD_IP", "fd00::7"));

        check.look();
        assertThat(check.parts()).isNotNull();
        assertThat(check.parts().storage()).isEqualTo(URI.create("http://[fd00::7]:7070"));
    }

    @Test
    void tellsAllMistakesAtOnceAndNoSecret() {
        List<Finding> findings = new SettingsCheck(Map.of(
                        "POLLING_INTERVAL", "soon",
                        "CATALOG_URL", "https://user:canary@host",
                        "STORAGE_URL", "storage:7070",
                        "BRIDGE_URL", "nowhere",
                        "POD_IP", "me",
                        "PUSH_TO_RHDH", "maybe",
                        "STORAGE_TYPE", "GitHub",
                        "RHDH_TOKEN", "canary"))
                .look();

        assertThat(findings).extracting(Finding::status).containsOnly(Status.FAIL);
        assertThat(findings.toString())
                .contains("POLLING_INTERVAL", "CATALOG_URL", "STORAGE_URL", "BRIDGE_URL", "POD_IP", "PUSH_TO_RHDH")
                .contains("STORAGE_TYPE was \"GitHub\", must be ConfigMap")
                .doesNotContain("canary");
    }

    @Test
    void refusesCertificatesThatAreNone(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        SettingsCheck check = new SettingsCheck(Map.of("REGISTRY_CA_FILE", file.toString()));

        Finding finding = Findings.only(check);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("REGISTRY_CA_FILE", file.toString());
        assertThat(check.connector()).isNull();
    }

    @Test
    void warnsThatNobodyChecksTheCertificatesOfRegistries() {
        List<Finding> findings = new SettingsCheck(Map.of("REGISTRY_TLS_INSECURE", "true")).look();

        assertThat(findings).extracting(Finding::status).containsExactly(Status.OK, Status.WARN);
        assertThat(findings.get(1).fix()).contains("REGISTRY_CA_FILE");
    }

    @Test
    void showsNoTokenOfThePortal() {
        assertThat(Parts.from(Map.of("RHDH_TOKEN", "canary")).toString()).doesNotContain("canary");
    }
}
