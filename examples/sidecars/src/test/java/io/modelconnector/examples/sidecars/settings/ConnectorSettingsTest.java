package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorSettingsTest {
    @TempDir
    Path directory;

    @Test
    void hasADefaultForEverything() {
        ConnectorSettings settings = ConnectorSettings.from(Map.of());

        assertThat(settings.publicBase()).isEqualTo(URI.create("http://localhost:9090"));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.fullReadInterval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.defaultOwner()).isNull();
        assertThat(settings.defaultLifecycle()).isNull();
        assertThat(settings.registries()).isEmpty();
        assertThat(settings.catalog()).isNull();
        assertThat(settings.registryRoutes()).isEmpty();
        assertThat(settings.registryToken()).isNull();
        assertThat(settings.registryCaFile()).isNull();
        assertThat(settings.registryTlsInsecure()).isFalse();
        assertThat(settings.namespaces()).isEmpty();
        assertThat(settings.labelSelector()).isNull();
    }

    @Test
    void readsEverything() throws IOException {
        Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----");
        ConnectorSettings settings = ConnectorSettings.from(Map.ofEntries(
                Map.entry("NORMALIZER_FORMAT", "JsonArrayFormat"),
                Map.entry("BRIDGE_URL", "https://models.example.com/feed"),
                Map.entry("POLLING_INTERVAL", "1m30s"),
                Map.entry("FULL_READ_INTERVAL", "1h"),
                Map.entry("DEFAULT_OWNER", "group:default/ml-platform"),
                Map.entry("DEFAULT_LIFECYCLE", "production"),
                Map.entry("REGISTRY_URLS", "public=https://public.example.com, lab=http://10.0.0.7:8080/registry"),
                Map.entry("CATALOG_URL", "https://catalog.example.com"),
                Map.entry("MR_ROUTE", "public-rest,model-registries:lab-https"),
                Map.entry("KFMR_TOKEN", "sha256~secret"),
                Map.entry("REGISTRY_CA_FILE", ca.toString()),
                Map.entry("REGISTRY_TLS_INSECURE", "true"),
                Map.entry("NAMESPACES", "ml-prod,ml-test"),
                Map.entry("LABEL_SELECTOR", "team in (genai,vision)")));

        assertThat(settings.publicBase()).isEqualTo(URI.create("https://models.example.com/feed"));
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.fullReadInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.defaultOwner()).isEqualTo("group:default/ml-platform");
        assertThat(settings.defaultLifecycle()).isEqualTo("production");
        assertThat(settings.registries())
                .containsExactly(
                        Map.entry("public", URI.create("https://public.example.com")),
                        Map.entry("lab", URI.create("http://10.0.0.7:8080/registry")));
        assertThat(settings.catalog()).isEqualTo(URI.create("https://catalog.example.com"));
        assertThat(settings.registryRoutes()).containsExactly("public-rest", "model-registries:lab-https");
        assertThat(settings.registryToken()).isEqualTo("sha256~secret");
        assertThat(settings.registryCaFile()).isEqualTo(ca);
        assertThat(settings.registryTlsInsecure()).isTrue();
        assertThat(settings.namespaces()).containsExactly("ml-prod", "ml-test");
        assertThat(settings.labelSelector()).isEqualTo("team in (genai,vision)");
    }

    @Test
    void trimsTheNewlinesThatSecretsEndIn() {
        ConnectorSettings settings = ConnectorSettings.from(Map.of(
                "KFMR_TOKEN", "sha256~secret\r\n",
                "POLLING_INTERVAL", "30s\n",
                "BRIDGE_URL", "\nhttp://models:9090\n",
                "CATALOG_URL", "\n"));

        assertThat(settings.registryToken()).isEqualTo("sha256~secret");
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.publicBase()).isEqualTo(URI.create("http://models:9090"));
        assertThat(settings.catalog()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NORMALIZER_FORMAT | YamlFormat | JsonArrayFormat",
                "BRIDGE_URL | models:9090 | an http or https URL",
                "BRIDGE_URL | ftp://models | an http or https URL",
                "BRIDGE_URL | http://models/?a=b | without user, query and fragment",
                "POLLING_INTERVAL | 2 minutes | such as 2m, 1m30s",
                "POLLING_INTERVAL | 0 | a duration of 100ms or more",
                "POLLING_INTERVAL | -2m | a duration of 100ms or more",
                "FULL_READ_INTERVAL | often | a duration of 100ms or more",
                "DEFAULT_OWNER | !! | a letter or a digit",
                "DEFAULT_LIFECYCLE | -- | a letter or a digit",
                "REGISTRY_URLS | https://public.example.com | name=URL",
                "REGISTRY_URLS | a b=https://public.example.com | name=URL",
                "REGISTRY_URLS | public=public.example.com | an http or https URL",
                "REGISTRY_URLS | a=http://a,a=http://b | a name that no other registry has",
                "CATALOG_URL | nowhere | an http or https URL",
                "MR_ROUTE | Public_Rest | namespace:name",
                "REGISTRY_CA_FILE | /nowhere/ca.pem | the path of a file that can be read",
                "REGISTRY_TLS_INSECURE | maybe | true or false",
                "NAMESPACES | ml-prod,ML | names of namespaces",
            })
    void namesTheVariableAndWhatWouldBeValid(String variable, String value, String valid) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConnectorSettings.from(Map.of(variable, value)))
                .withMessageStartingWith(variable + " was \"")
                .withMessageContaining("must be")
                .withMessageContaining(valid);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConnectorSettings.from(
                        Map.of("POLLING_INTERVAL", "soon", "BRIDGE_URL", "x", "LOG_LEVEL", "loud", "NAMESPACES", "A")))
                .withMessageStartingWith("4 problems: ")
                .withMessageContaining("POLLING_INTERVAL was \"soon\"")
                .withMessageContaining("BRIDGE_URL was \"x\"")
                .withMessageContaining("LOG_LEVEL was \"loud\"")
                .withMessageContaining("NAMESPACES was \"A\"");
    }

    @Test
    void neverShowsASecret() {
        assertThat(ConnectorSettings.from(Map.of("KFMR_TOKEN", "sha256~secret")).toString())
                .doesNotContain("sha256~secret");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConnectorSettings.from(
                        Map.of("CATALOG_URL", "https://me:hunter2@catalog", "REGISTRY_URLS", "https://me:hunter2@reg")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void keepsMessagesOnOneShortLine() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConnectorSettings.from(Map.of("POLLING_INTERVAL", "1\n2" + "x".repeat(5000))))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "T, true", "TRUE, true", "false, false", "0, false", "F, false"})
    void takesFlagsAsGoDoes(String value, boolean expected) {
        assertThat(ConnectorSettings.from(Map.of("REGISTRY_TLS_INSECURE", value))
                        .registryTlsInsecure())
                .isEqualTo(expected);
    }

    @Test
    void readsHowToLog() {
        assertThat(LogSettings.from(Map.of())).isEqualTo(new LogSettings("INFO", "text"));
        assertThat(LogSettings.from(Map.of("LOG_LEVEL", "debug\n", "LOG_FORMAT", "JSON")))
                .isEqualTo(new LogSettings("DEBUG", "json"));
    }
}
