package io.modelconnector.kserve.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionSettingsTest {
    private final ApiClient client = new ApiClient().setBasePath("https://api.example.com:6443");

    @Test
    void refusesAClientWithoutAUrl() {
        assertThatThrownBy(() -> LeaderElection.builder(new ApiClient().setBasePath("api"), "ai", "connector"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("the ApiClient's basePath was \"api\"");
    }

    @Test
    void refusesANamespaceThatIsNone() {
        assertThatThrownBy(() -> LeaderElection.builder(client, "AI", "connector"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("namespace was \"AI\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connector", "-connector", "a..b", "a/b", "a b"})
    void refusesANameThatIsNone(String name) {
        assertThatThrownBy(() -> LeaderElection.builder(client, "ai", name))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("name was \"" + name
                        + "\", must be the name of a Lease: lower-case letters, digits, \"-\" and \".\", at most 253");
    }

    @Test
    void refusesANameThatIsTooLong() {
        LeaderElection.builder(client, "ai", "a".repeat(253));
        assertThatThrownBy(() -> LeaderElection.builder(client, "ai", "a".repeat(254)))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "granite\n"})
    void refusesAnIdentityThatIsNone(String identity) {
        assertThatThrownBy(() -> builder().identity(identity))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("identity was \"" + identity
                        + "\", must be a text of at most 253 characters without control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT1H0.001S", "PT0S", "-PT15S"})
    void refusesALeaseThatIsTooShortOrTooLong(Duration lease) {
        assertThatThrownBy(() -> builder().leaseDuration(lease))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("leaseDuration was " + lease + ", must be between PT1S and PT1H");
    }

    @Test
    void refusesIntervalsThatAreNone() {
        assertThatThrownBy(() -> builder().renewInterval(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("renewInterval was PT0S, must be positive");
        assertThatThrownBy(() -> builder().retryInterval(Duration.ofSeconds(-1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("retryInterval was PT-1S, must be positive");
        assertThatThrownBy(() -> builder().retryInterval(Duration.ofDays(1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("retryInterval was PT24H, must be at most PT1H");
    }

    @Test
    void refusesToRenewTooSeldomToTryTwice() {
        LeaderElection.Builder builder = builder().renewInterval(Duration.ofSeconds(8));
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("renewInterval was PT8S, must be at most half of leaseDuration, which is PT15S");
        builder.leaseDuration(Duration.ofSeconds(16)).build().close();
    }

    @Test
    void doesNotMixUpProcessesOfOneHost() {
        assertThat(builder().build().identity()).isNotEqualTo(builder().build().identity());
    }

    private LeaderElection.Builder builder() {
        return LeaderElection.builder(client, "ai", "connector");
    }
}
