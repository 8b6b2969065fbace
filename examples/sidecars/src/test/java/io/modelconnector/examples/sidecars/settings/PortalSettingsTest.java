package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment tells of portals other than the one that polls location, and of people. */
class PortalSettingsTest {
    @Test
    void letsNobodyFromElsewhereReadAnythingUnlessTold() {
        PortalSettings settings = PortalSettings.from(Map.of());

        assertThat(settings.pluginId()).isEqualTo("kserve-kubeflow-connector");
        assertThat(settings.backstage()).isNull();
        assertThat(settings.token()).isNull();
        assertThat(settings.page()).isNull();
        assertThat(settings.giteaBase()).isNull();
        assertThat(settings.definitionHosts()).isEmpty();
        assertThat(settings.aiModelServerApis()).isFalse();
    }

    @Test
    void takesWhatItIsTold() {
        PortalSettings settings = PortalSettings.from(Map.of(
                "CONNECTOR_PLUGIN_ID", "models",
                "BKSTG_URL", "https://backstage.example.com",
                "CONNECTOR_SUBJECTS", "catalog, search",
                "CONNECTOR_TOKEN", "s3cret\n",
                "GITEA_BASE_URL", "http://models.example.com:9090",
                "AI_MODEL_SERVER_APIS", "true",
                "API_DEFINITION_HOSTS", "granite.models.example.com",
                "FEED_PAGE", "false"));

        assertThat(settings.pluginId()).isEqualTo("models");
        assertThat(settings.backstage()).isEqualTo(URI.create("https://backstage.example.com"));
        assertThat(settings.plugins()).containsExactly("catalog", "search");
        assertThat(settings.token()).isEqualTo("s3cret");
        assertThat(settings.giteaBase()).isEqualTo(URI.create("http://models.example.com:9090"));
        assertThat(settings.aiModelServerApis()).isTrue();
        assertThat(settings.definitionHosts()).containsExactly("granite.models.example.com");
        assertThat(settings.page()).isFalse();
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTOR_PLUGIN_ID,a/b",
        "CONNECTOR_SUBJECTS,../catalog",
        "CONNECTOR_TOKEN,two words",
        "BKSTG_URL,backstage.example.com",
        "GITEA_BASE_URL,git@example.com",
        "API_DEFINITION_HOSTS,https://example.com",
        "FEED_PAGE,perhaps"
    })
    void refusesWhatItCannotUse(String variable, String value) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PortalSettings.from(Map.of(variable, value)))
                .withMessageContaining(variable);
    }

    @Test
    void doesNotRepeatATokenThatIsNone() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PortalSettings.from(Map.of("CONNECTOR_TOKEN", "two words")))
                .withMessageNotContaining("two words");
    }
}
