package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the normalizer. */
final class NormalizerSettingsTest {

    @Test
    void usesTheDefaultsOfTheExistingSystemUnlessToldOtherwise() {
        Normalized normalized = Normalized.of(version("granite", "v1"));

        assertThat(normalized.model().owner()).isEqualTo("rhdh-rhoai-bridge");
        assertThat(normalized.model().lifecycle()).isEqualTo("development");
    }

    @Test
    void usesTheDefaultsThatItWasGiven() {
        Normalizer normalizer = Normalizer.builder()
                .defaultOwner("ML Platform!")
                .defaultLifecycle("pre-production ")
                .build();

        Normalized normalized = Normalized.of(normalizer, version("granite", "v1"));
        assertThat(normalized.model().owner()).isEqualTo("MLPlatform");
        assertThat(normalized.model().lifecycle()).isEqualTo("pre-production");
    }

    @Test
    void usesTheDefaultLifecycleForServedModelsToo() {
        Normalizer normalizer =
                Normalizer.builder().defaultLifecycle("production").build();

        assertThat(Normalized.of(normalizer, served("ml-prod", "granite"))
                        .model()
                        .lifecycle())
                .isEqualTo("production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "--", "模型", "user:default/团队"})
    void refusesADefaultOwnerOfWhichNothingIsLeft(String owner) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Normalizer.builder().defaultOwner(owner))
                .withMessageContaining("defaultOwner was \"" + owner + "\", must hold a letter or a digit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "--", "模型"})
    void refusesADefaultLifecycleOfWhichNothingIsLeft(String lifecycle) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Normalizer.builder().defaultLifecycle(lifecycle))
                .withMessageContaining("defaultLifecycle was \"" + lifecycle + "\", must hold a letter or a digit");
    }
}
