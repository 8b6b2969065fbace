package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedFormatsTest {
    private static final URI BASE = URI.create("http://models.example.com:9090");

    @Test
    void namesTheDefaultFormatFirst() {
        assertThat(FeedFormats.names()).containsExactly("JsonArrayFormat", "CatalogInfoYamlFormat");
    }

    @Test
    void findsEachFormatByItsName() {
        assertThat(FeedFormats.names())
                .allSatisfy(
                        name -> assertThat(FeedFormats.named(name, BASE).name()).isEqualTo(name));
        assertThat(FeedFormats.named("JsonArrayFormat", BASE)).isInstanceOf(JsonArrayFormat.class);
        assertThat(FeedFormats.named("CatalogInfoYamlFormat", BASE)).isInstanceOf(CatalogInfoYamlFormat.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "YamlFormat", "jsonarrayformat", "JsonArrayFormat "})
    void saysWhichNamesThereAre(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> FeedFormats.named(name, BASE))
                .withMessage("format was \"" + name + "\", must be JsonArrayFormat or CatalogInfoYamlFormat");
    }

    @Test
    void refusesABaseThatLinksCannotStartWith() {
        URI base = URI.create("ftp://models.example.com");

        assertThat(FeedFormats.names())
                .allSatisfy(name -> assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> FeedFormats.named(name, base))
                        .withMessageContaining("techDocsBase was \"" + base + "\""));
    }
}
