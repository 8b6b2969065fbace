package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ModelCardReference;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the environment wants model cards to be shown. */
class DocumentationSettingsTest {
    private static final ModelCardReference GRANITE =
            new ModelCardReference("hugging face", "ibm-granite", "granite 3.1");

    @Test
    void showsImagesOfNoHostAndKnowsNoOriginUnlessTold() {
        DocumentationSettings settings = DocumentationSettings.from(Map.of());

        assertThat(settings.imageHosts()).isEmpty();
        assertThat(settings.origin(GRANITE)).isNull();
        assertThat(settings.cacheBytes()).isPositive().isLessThanOrEqualTo(64 << 20);
    }

    @Test
    void knowsWhereTheFilesBesideACardAreForEachSource() {
        DocumentationSettings settings = DocumentationSettings.from(Map.of(
                "CARD_ORIGINS",
                "hugging face=https://hub.example.com/{group}/{name}/resolve/main/, lab=https://lab.example.com/cards/",
                "CARD_IMAGE_HOSTS",
                "images.example.com,cdn.example.com",
                "CARD_CACHE_LIMIT",
                "16Mi"));

        assertThat(settings.origin(GRANITE))
                .isEqualTo(URI.create("https://hub.example.com/ibm-granite/granite%203.1/resolve/main/"));
        assertThat(settings.origin(new ModelCardReference("lab", "x", "y")))
                .isEqualTo(URI.create("https://lab.example.com/cards/"));
        assertThat(settings.origin(new ModelCardReference("other", "x", "y"))).isNull();
        assertThat(settings.imageHosts()).containsExactly("images.example.com", "cdn.example.com");
        assertThat(settings.cacheBytes()).isEqualTo(16 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "CARD_ORIGINS,https://hub.example.com/",
        "CARD_ORIGINS,lab=https://hub.example.com/x",
        "CARD_ORIGINS,lab=ftp://hub.example.com/",
        "CARD_IMAGE_HOSTS,https://images.example.com",
        "CARD_CACHE_LIMIT,lots"
    })
    void refusesWhatItCannotUse(String variable, String value) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DocumentationSettings.from(Map.of(variable, value)))
                .withMessageContaining(variable);
    }

    @Test
    void linksToModelCardsUnderTheNameThatThePortalHasForTheProgram() {
        Map<String, String> environment =
                Map.of("BRIDGE_URL", "http://10.0.0.7:9090", "TECHDOCS_URL", "https://models.example.com/feed");

        assertThat(ConnectorSettings.from(environment).publicBase())
                .isEqualTo(URI.create("https://models.example.com/feed"));
        assertThat(AllSettings.from(environment).location()).isEqualTo(URI.create("http://10.0.0.7:9090"));
    }
}
