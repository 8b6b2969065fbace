package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackstageSettingsTest {
    @TempDir
    Path directory;

    @Test
    void tellsBackstageNothingByDefault() {
        assertThat(BackstageSettings.from(Map.of())).isEqualTo(new BackstageSettings(false, null, null, null, null));
    }

    @Test
    void readsEverything() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----");

        BackstageSettings settings = BackstageSettings.from(Map.of(
                "PUSH_TO_RHDH", "true",
                "BKSTG_URL", "https://rhdh.apps.example.com/portal",
                "RHDH_TOKEN", "c2VjcmV0\r\n",
                "POD_NAMESPACE", "ai-rhdh",
                "BKSTG_CA_FILE", ca.toString()));

        assertThat(settings)
                .isEqualTo(new BackstageSettings(
                        true, URI.create("https://rhdh.apps.example.com/portal"), "c2VjcmV0", "ai-rhdh", ca));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "true", "TRUE", "True"})
    void takesTheWordsThatGoTakes(String word) {
        assertThat(BackstageSettings.from(Map.of("PUSH_TO_RHDH", word, "RHDH_TOKEN", "c2VjcmV0"))
                        .push())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUSH_TO_RHDH | yes | true or false",
                "BKSTG_URL | rhdh.apps.example.com | an http or https URL",
                "BKSTG_URL | ftp://rhdh.apps.example.com | an http or https URL",
                "RHDH_TOKEN | Bearer c2VjcmV0 | the token alone",
                "POD_NAMESPACE | AI/rhdh | the name of a namespace",
                "BKSTG_CA_FILE | /nowhere/ca.pem | the path of a file that can be read",
            })
    void namesTheVariableAndWhatWouldBeValid(String variable, String value, String valid) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstageSettings.from(Map.of(variable, value)))
                .withMessageContaining(variable)
                .withMessageContaining(valid)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2VjcmV0"));
    }

    @Test
    void needsATokenToTellBackstage() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstageSettings.from(Map.of("PUSH_TO_RHDH", "true", "RHDH_TOKEN", "\n")))
                .withMessageContaining("RHDH_TOKEN")
                .withMessageContaining("backend.auth.externalAccess")
                .withMessageContaining("PUSH_TO_RHDH");
    }

    @Test
    void doesNotShowTheToken() {
        assertThat(BackstageSettings.from(Map.of("RHDH_TOKEN", "c2VjcmV0")).toString())
                .doesNotContain("c2VjcmV0");
    }
}
