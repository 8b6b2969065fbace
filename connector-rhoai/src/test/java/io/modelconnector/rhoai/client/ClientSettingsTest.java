package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientSettingsTest {
    static Stream<Arguments> badSettings() {
        return Stream.of(
                bad("callTimeout was PT0S, must be positive", b -> b.callTimeout(Duration.ZERO)),
                bad("connectTimeout was PT-1S, must be positive", b -> b.connectTimeout(Duration.ofSeconds(-1))),
                bad("retryDelay was PT0S, must be positive", b -> b.retryDelay(Duration.ZERO)),
                bad("maxRetryDelay was PT0S, must be positive", b -> b.maxRetryDelay(Duration.ZERO)),
                bad("requestsAtOnce was 0, must be between 1 and 256", b -> b.requestsAtOnce(0)),
                bad("retries was -1, must be between 0 and 20", b -> b.retries(-1)),
                bad("maxResponseBytes was 7, must be at least 1024", b -> b.maxResponseBytes(7)),
                bad("maxCardBytes was 0, must be between 1 and 16777216", b -> b.maxCardBytes(0)),
                bad("maxPages was 0, must be at least 1", b -> b.maxPages(0)),
                bad("caCertificates was 8 characters without a certificate", b -> b.caCertificates("ca-canar")),
                bad(
                        "caCertificates: certificate 1 cannot be read",
                        b -> b.caCertificates(
                                "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n")));
    }

    private static Arguments bad(String message, Function<HttpSettings.Builder, HttpSettings.Builder> setter) {
        return Arguments.of(message, setter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSettings")
    void refusesABadValueAndSaysWhatWouldBeValid(
            String message, Function<HttpSettings.Builder, HttpSettings.Builder> setter) {
        assertThatThrownBy(() -> setter.apply(HttpSettings.builder()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void hasTheDefaultsThatItsSettersName() {
        HttpSettings defaults = HttpSettings.defaults();
        assertThat(defaults.callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.requestsAtOnce()).isEqualTo(8);
        assertThat(defaults.retries()).isEqualTo(3);
        assertThat(defaults.maxResponseBytes()).isEqualTo(64L << 20);
        assertThat(defaults.maxCardBytes()).isEqualTo(1 << 20);
        assertThat(defaults.toString()).contains("PT30S", "trust=platform");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host, must be an http or https address",
        "/just/a/path, must be an http or https address",
        "host:8080, must be an http or https address",
        "https:///path, must have a host",
        "https://user:hunter2@host, credentials",
        "https://host?x=hunter2, a query",
        "https://host#hunter2, a fragment",
    })
    void refusesAnAddressThatIsNone(String address, String message) {
        assertThatThrownBy(() -> ModelRegistryClient.builder("public", URI.create(address)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the address of registry \"public\" was")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void refusesARegistryWithoutName() {
        assertThatThrownBy(() -> ModelRegistryClient.builder(" ", URI.create("https://host")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the name of a registry was blank");
    }
}
