package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTargetsTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:9090, http://localhost:9090/granite/v1/model-catalog.json",
        "http://localhost:9090/, http://localhost:9090/granite/v1/model-catalog.json",
        "https://models.example.com/feed, https://models.example.com/feed/granite/v1/model-catalog.json"
    })
    void joinsBaseAndPath(URI base, String target) {
        assertThat(new LocationTargets(base, "model-catalog.json").of(new EntryKey("granite", "v1")))
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "rhdh-rhoai-bridge, http://localhost:9090/granite/v1/model-catalog.json, true",
        "rhdh-rhoai-bridge, http://localhost:9090/my_model/v1/catalog-info.yaml, true",
        "url, http://localhost:9090/granite/v1/model-catalog.json, false",
        "rhdh-rhoai-bridge, https://localhost:9090/granite/v1/model-catalog.json, false",
        "rhdh-rhoai-bridge, http://localhost:9090/feed/granite/v1/model-catalog.json, false",
        "rhdh-rhoai-bridge, http://localhost:9090/granite/v1/, false",
        "rhdh-rhoai-bridge, http://localhost:9090/granite/model-catalog.json, false",
        "rhdh-rhoai-bridge, http://localhost:9090/../v1/model-catalog.json, false",
        "rhdh-rhoai-bridge, http://localhost:90901/granite/v1/model-catalog.json, false"
    })
    void knowsWhatIsOurs(String type, String target, boolean ours) {
        LocationTargets targets = new LocationTargets(URI.create("http://localhost:9090"), "model-catalog.json");

        assertThat(targets.isOurs(new CatalogLocation("1", type, target))).isEqualTo(ours);
    }
}
