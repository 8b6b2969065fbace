package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssetVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.3",
        "2.0.0-beta.1, 2.0.0-beta.1",
        "1.2.3+build.5, 1.2.3+build.5",
        "v1.4.0, 1.4.0",
        "1.4, 1.4.0",
        "v2, 2.0.0",
        "20260708, 0.0.0-20260708",
        "2026-07-08, 0.0.0-20260708",
        "a1b2c3d, 0.0.0-a1b2c3d",
        "latest, 0.0.0-unknown",
        "1.2.3-01, 0.0.0-unknown",
        "01.2.3, 0.0.0-unknown",
        "'', 0.0.0-unknown"
    })
    void isASemanticVersion(String version, String written) {
        assertThat(AssetVersion.of(version)).isEqualTo(written);
    }

    @Test
    void isUnknownWhereNobodySays() {
        assertThat(AssetVersion.of(null)).isEqualTo("0.0.0-unknown");
    }
}
