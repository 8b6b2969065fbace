package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment tells the roles of a deployment in three processes. */
class PartSettingsTest {
    @Test
    void looksForTheOthersOnThisMachineOutsideOfAPod() {
        assertThat(LocationSettings.from(Map.of()).storage()).isEqualTo(URI.create("http://localhost:7070"));
        assertThat(StorageSettings.from(Map.of()).location()).isEqualTo(URI.create("http://localhost:9090"));
    }

    @ParameterizedTest
    @CsvSource({"10.128.2.17,http://10.128.2.17:", "fd01::2:1f,http://[fd01::2:1f]:", "::1,http://[::1]:"})
    void looksForTheOthersAtThePodsAddressInAPod(String address, String base) {
        Map<String, String> environment = Map.of("POD_IP", address + "\n");

        assertThat(NormalizerSettings.from(environment).storage()).isEqualTo(URI.create(base + 7070));
        assertThat(StorageSettings.from(environment).location()).isEqualTo(URI.create(base + 9090));
        assertThat(AllSettings.from(environment).location()).isEqualTo(URI.create(base + 9090));
    }

    @Test
    void usesOneVariableForLocationAndForLinksToModelCards() {
        Map<String, String> environment = Map.of(
                "POD_IP", "10.128.2.17", "BRIDGE_URL", "http://models.example.com", "STORAGE_URL", "http://s:1/x");

        assertThat(StorageSettings.from(environment).location()).isEqualTo(URI.create("http://models.example.com"));
        assertThat(NormalizerSettings.from(environment).storage()).isEqualTo(URI.create("http://s:1/x"));
        assertThat(NormalizerSettings.from(environment).connector().publicBase())
                .isEqualTo(URI.create("http://models.example.com"));
    }

    @Test
    void linksToModelCardsAtThisMachineWhateverThePodsAddressIs() {
        assertThat(NormalizerSettings.from(Map.of("POD_IP", "10.128.2.17"))
                        .connector()
                        .publicBase())
                .isEqualTo(URI.create("http://localhost:9090"));
    }

    @Test
    void takesBothFormatsInEachRole() {
        Map<String, String> yaml = Map.of("NORMALIZER_FORMAT", "CatalogInfoYamlFormat");

        assertThat(LocationSettings.from(yaml).format().fileName()).isEqualTo("catalog-info.yaml");
        assertThat(StorageSettings.from(yaml).format().fileName()).isEqualTo("catalog-info.yaml");
        assertThat(NormalizerSettings.from(yaml).connector().format().fileName())
                .isEqualTo("catalog-info.yaml");
        assertThat(AllSettings.from(Map.of()).connector().format().fileName()).isEqualTo("model-catalog.json");
    }

    @ParameterizedTest
    @CsvSource({"8Mi,8388608", "500k,500000", "1024,1024", "0,0", "256Mi,268435456"})
    void readsHowMuchModelCardsMayTake(String text, int bytes) {
        assertThat(StorageSettings.from(Map.of("CARD_STORE_LIMIT", text))
                        .store()
                        .cardLimit())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8 MB", "257Mi", "-1", "1.5Mi", "99999999999999999999", "Mi"})
    void refusesSizesThatAreNone(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> StorageSettings.from(Map.of("CARD_STORE_LIMIT", text)))
                .withMessageContaining("CARD_STORE_LIMIT was \"" + text + "\", must be a number of bytes");
    }

    @Test
    void hasDefaultsForTheStore() {
        StoreSettings store = StorageSettings.from(Map.of()).store();

        assertThat(store.cardLimit()).isEqualTo(8 << 20);
        assertThat(store.startupDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(StorageSettings.from(Map.of("STARTUP_DEADLINE", "30s"))
                        .store()
                        .startupDeadline())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(StorageSettings.from(Map.of("STORAGE_TYPE", "configmap")).store())
                .isEqualTo(store);
    }

    @Test
    void tellsAllMistakesAtOnceAndEachOnce() {
        Map<String, String> environment = Map.of(
                "POD_IP", "my-pod",
                "BRIDGE_URL", "here",
                "STORAGE_URL", "there",
                "STORAGE_TYPE", "Postgres",
                "NORMALIZER_FORMAT", "Toml",
                "POLLING_INTERVAL", "soon");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AllSettings.from(environment))
                .withMessageStartingWith("6 problems: ")
                .withMessageContainingAll(
                        "POD_IP was \"my-pod\", must be an IP address",
                        "BRIDGE_URL was",
                        "STORAGE_URL was",
                        "STORAGE_TYPE was \"Postgres\", must be ConfigMap",
                        "NORMALIZER_FORMAT was",
                        "POLLING_INTERVAL was");
    }
}
