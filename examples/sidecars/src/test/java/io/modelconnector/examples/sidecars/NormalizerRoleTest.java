package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.examples.sidecars.remote.GoStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Role rhoai-normalizer beside the existing Go storage-rest. */
class NormalizerRoleTest {
    private GoStorage storage;
    private FakeRegistry registry;
    private RunningRole normalizer;

    @BeforeEach
    void start() throws Exception {
        storage = new GoStorage();
        registry = new FakeRegistry("granite-3.1-8b", "mistral");
    }

    @AfterEach
    void close() {
        normalizer.close();
        registry.close();
        storage.close();
    }

    @Test
    void sendsWhatThereIsAndThenNothingWhileNothingChanges() {
        startNormalizer().ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");
        await().atMost(RunningRole.PATIENCE)
                .until(() -> normalizer.get("/health").body().contains("\"waiting\":0"));
        storage.forgetRequests();
        await().atMost(RunningRole.PATIENCE).until(() -> storage.count("GET /list") > 2);

        assertThat(storage.count("POST /upsert")).isZero();
        assertThat(storage.count("POST /currentkeyset")).isZero();
        assertThat(storage.authorizations()).containsOnly("Bearer shared-token");
    }

    @Test
    void sendsWhatChangedAndTakesAwayWhatIsGone() {
        startNormalizer().ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");
        storage.forgetRequests();
        registry.remove("mistral").describe("llama", "Came later.");

        awaitStored("granite-31-8b_v1", "llama_v1");
        assertThat(storage.requests())
                .contains("POST /upsert?key=llama_v1&type=kubeflow")
                .noneMatch(request -> request.contains("/upsert?key=granite"));
    }

    @Test
    void takesNothingAwayWhileTheRegistryIsGone() {
        startNormalizer().ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");
        registry.close();
        storage.forgetRequests();
        await().atMost(RunningRole.PATIENCE)
                .until(() -> normalizer.get("/health").body().contains("\"status\":\"stale\""));
        await().atMost(RunningRole.PATIENCE).until(() -> storage.count("GET /list") > 2);

        assertThat(storage.count("POST /currentkeyset")).isZero();
        assertThat(storage.keys()).containsExactly("granite-31-8b_v1", "mistral_v1");
    }

    @Test
    void sendsEverythingToAStorageThatCameBackEmpty() {
        startNormalizer().ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");
        storage.forget();

        awaitStored("granite-31-8b_v1", "mistral_v1");
    }

    @Test
    void waitsForAStorageThatIsNotThereYet() {
        storage.failing(500);
        startNormalizer();
        await().atMost(RunningRole.PATIENCE)
                .until(() -> normalizer.get("/health").body().contains("was answered 500"));
        assertThat(normalizer.get("/readyz").statusCode()).isEqualTo(503);
        storage.failing(200);

        normalizer.ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");
    }

    @Test
    void showsMetricsOfWhatItReadsAndSends() {
        startNormalizer().ready();
        awaitStored("granite-31-8b_v1", "mistral_v1");

        await().atMost(RunningRole.PATIENCE)
                .untilAsserted(() -> assertThat(normalizer.get("/metrics").body())
                        .contains(
                                "model_connector_entries 2.0",
                                "model_connector_leader 1.0",
                                "model_connector_store_pending 0.0",
                                "model_connector_problems{source=\"store\"} 0.0")
                        .containsPattern("last_complete_read_age_seconds\\{part=\"public\",source=\"rhoai\"}")
                        .containsPattern(
                                "upstream_requests_seconds_count\\{outcome=\"201\",upstream=\"storage-rest\"} 2"));
        assertThat(normalizer.get("/list").statusCode()).isEqualTo(404);
    }

    private void awaitStored(String... keys) {
        await().atMost(RunningRole.PATIENCE)
                .untilAsserted(() -> assertThat(storage.keys()).isEqualTo(List.of(keys)));
    }

    private RunningRole startNormalizer() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", "/nowhere");
        environment.put("K8S_TOKEN", "shared-token");
        environment.put("REGISTRY_URLS", registry.setting());
        environment.put("STORAGE_URL", storage.base().toString());
        environment.put("POLLING_INTERVAL", "200ms");
        environment.put("FULL_READ_INTERVAL", "200ms");
        normalizer = new RunningRole(environment, "rhoai-normalizer", "--metrics-address", RunningRole.freePort());
        return normalizer.answering();
    }
}
