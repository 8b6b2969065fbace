package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.examples.sidecars.remote.GoLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Role storage-rest between a cluster's ConfigMaps and the existing Go location. */
class StorageRoleTest {
    private static final String[] AUTHORIZED = {"Authorization", "Bearer shared-token"};
    private static final String MAP = "bac-import-model";

    @TempDir
    Path home;

    private final int port = RunningRole.freePort();
    private FakeCluster cluster;
    private GoLocation location;

    @BeforeEach
    void start() throws Exception {
        cluster = new FakeCluster();
        location = new GoLocation();
    }

    @AfterEach
    void close() {
        location.close();
        cluster.close();
    }

    @Test
    void storesForwardsAndTellsNewFromKnown() throws Exception {
        try (RunningRole storage = storage().ready()) {
            assertThat(upsert(storage, "granite_v1", "Chat.").statusCode()).isEqualTo(201);
            assertThat(upsert(storage, "granite_v1", "Chat.").statusCode()).isEqualTo(200);

            assertThat(cluster.configMaps().keys(MAP)).containsExactly("granite_v1");
            assertThat(cluster.configMaps()
                            .record(MAP, "granite_v1")
                            .path("reconcilerType")
                            .asText())
                    .isEqualTo("kubeflow");
            awaitServed("granite/v1");
            assertThat(location.content("granite/v1")).isEqualTo(payload("granite_v1", "Chat."));
            assertThat(location.authorizations()).containsOnly("Bearer shared-token");
        }
    }

    @Test
    void removesFromEverywhereWhatAKeySetDoesNotName() throws Exception {
        try (RunningRole storage = storage().ready()) {
            upsert(storage, "granite_v1", "Chat.");
            upsert(storage, "mistral_v2", "Short.");
            awaitServed("granite/v1", "mistral/v2");

            assertThat(keySet(storage, List.of("mistral_v2")).statusCode()).isEqualTo(200);

            assertThat(cluster.configMaps().keys(MAP)).containsExactly("mistral_v2");
            awaitServed("mistral/v2");
        }
    }

    @Test
    void takesTheLongKeySetOfTheExistingNormalizer() throws Exception {
        List<String> keys = IntStream.range(0, 5000)
                .mapToObj(i -> "a-model-with-quite-a-long-name-" + i + "_version-" + i)
                .toList();
        try (RunningRole storage = storage().ready()) {
            assertThat(keySet(storage, keys).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersWhatItStoredAfterARestart() throws Exception {
        try (RunningRole storage = storage().ready()) {
            upsert(storage, "granite_v1", "Chat.");
            keySet(storage, List.of("granite_v1"));
        }
        int writes = cluster.configMaps().writes(MAP);
        location.forgetRequests();
        try (RunningRole storage = storage().ready()) {
            assertThat(storage.get("/list").body()).contains("\"keys\":[\"granite_v1\"]", "\"complete\":true");
            assertThat(storage.get("/fetch?key=granite_v1").body()).contains("\"reconcilerType\":\"kubeflow\"");
            assertThat(storage.get("/fetch?key=unknown_v1").statusCode()).isEqualTo(404);
        }
        assertThat(cluster.configMaps().writes(MAP)).isEqualTo(writes);
    }

    @Test
    void keepsTheGoLocationFromLoadingWhatItWouldHangOn() {
        try (RunningRole storage = storage().ready()) {
            upsert(storage, "granite_v1", "Chat.");
            keySet(storage, List.of("granite_v1"));

            HttpResponse<String> answer =
                    storage.get("/list", "User-Agent", "go-resty/2.16.5 (https://github.com/go-resty/resty)");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("location");
        }
    }

    @Test
    void listsNothingToOthersBeforeEverythingIsThere() {
        try (RunningRole storage = storage().ready()) {
            upsert(storage, "granite_v1", "Chat.");

            assertThat(storage.get("/list").statusCode()).isEqualTo(503);
            assertThat(storage.get("/list?all=true").body()).contains("\"complete\":false");
        }
    }

    @Test
    void makesFewWritesOfWhatComesAtOnce() throws Exception {
        try (RunningRole storage = storage().ready()) {
            upsert(storage, "first_v1", "Makes the ConfigMap.");
            int before = cluster.configMaps().writes(MAP);

            List<Thread> clients = IntStream.range(0, 64)
                    .mapToObj(i -> new Thread(() -> upsert(storage, "model-" + i + "_v1", "Chat.")))
                    .toList();
            clients.forEach(Thread::start);

            await().atMost(RunningRole.PATIENCE)
                    .until(() -> cluster.configMaps().keys(MAP).size() == 65);
            assertThat(cluster.configMaps().writes(MAP) - before).isLessThan(40);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    @Test
    void isNotReadyWhileItMayNotReadTheConfigMapsAndSaysWhy() {
        cluster.configMaps().refuse();
        int metrics = RunningRole.freePort();
        try (RunningRole storage = new RunningRole(
                        environment(), "storage-rest", "--metrics-address", metrics, "--address=127.0.0.1:" + port)
                .answering()) {
            await().atMost(RunningRole.PATIENCE)
                    .until(() -> storage.get("/health").body().contains("403"));
            assertThat(storage.get("/readyz").body()).contains("waiting for the ConfigMaps");
            assertThat(storage.get("/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void showsMetricsOfStoreAndForwards() {
        int metrics = RunningRole.freePort();
        try (RunningRole storage = new RunningRole(
                        environment(), "storage-rest", "--metrics-address", metrics, "--address=127.0.0.1:" + port)
                .answering()
                .ready()) {
            await().atMost(RunningRole.PATIENCE)
                    .untilAsserted(() -> assertThat(storage.get("/metrics").body())
                            .contains(
                                    "model_connector_store_writes_total 0.0",
                                    "model_connector_store_conflicts_total 0.0",
                                    "model_connector_location_pending 0.0",
                                    "model_connector_location_up 1.0",
                                    "model_connector_entries 0.0")
                            .containsPattern(
                                    "upstream_requests_seconds_count\\{outcome=\"200\",upstream=\"location\"}"));
        }
    }

    @Test
    void refusesBodiesThatAreTooLargeOrNoJson() {
        try (RunningRole storage = storage().ready()) {
            String large = "{\"body\":\"" + "A".repeat(17 << 20) + "\"}";

            assertThat(storage.ask("POST", "/upsert?key=granite_v1&type=kubeflow", large, AUTHORIZED)
                            .statusCode())
                    .isEqualTo(413);
            assertThat(storage.ask("POST", "/upsert?key=granite_v1&type=kubeflow", "nonsense", AUTHORIZED)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(storage.ask("POST", "/upsert?key=granite_v1&type=kubeflow", "{}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(storage.ask("POST", "/currentkeyset?key=", "").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void tellsAllMistakesInItsSettingsAtOnce() throws Exception {
        Map<String, String> environment = environment();
        environment.put("STORAGE_TYPE", "Postgres");
        environment.put("BRIDGE_URL", "here");
        environment.put("CARD_STORE_LIMIT", "much");
        try (RunningRole storage = new RunningRole(environment, "storage-rest", "--address", port)) {
            assertThat(storage.awaitExit()).isEqualTo(2);
            assertThat(storage.err().lines())
                    .singleElement()
                    .asString()
                    .contains("3 problems", "STORAGE_TYPE was", "BRIDGE_URL was", "CARD_STORE_LIMIT was");
        }
    }

    private RunningRole storage() {
        return new RunningRole(environment(), "storage-rest", "--address", port).answering();
    }

    private Map<String, String> environment() {
        try {
            Path kubeconfig = Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig());
            return new HashMap<>(Map.of(
                    "HOME", home.toString(),
                    "KUBECONFIG", kubeconfig.toString(),
                    "NAMESPACE", FakeCluster.NAMESPACE,
                    "token", "shared-token\n",
                    "BRIDGE_URL", location.base().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitServed(String... entries) {
        await().atMost(RunningRole.PATIENCE)
                .untilAsserted(() -> assertThat(location.served()).containsExactlyInAnyOrder(entries));
    }

    private static HttpResponse<String> upsert(RunningRole storage, String key, String description) {
        String body =
                Base64.getEncoder().encodeToString(payload(key, description).getBytes(StandardCharsets.UTF_8));
        String document = "{\"body\":\"" + body + "\",\"lastUpdateTimeSinceEpoch\":\"1763020800000\","
                + "\"modelCardKey\":\"\",\"modelCard\":\"\"}";
        return storage.ask("POST", "/upsert?key=" + key + "&type=kubeflow", document, AUTHORIZED);
    }

    private static HttpResponse<String> keySet(RunningRole storage, List<String> keys) {
        String query = keys.stream().collect(Collectors.joining("%2C"));
        return storage.ask("POST", "/currentkeyset?key=" + query, "", AUTHORIZED);
    }

    private static String payload(String key, String description) {
        return "{\"models\":[{\"name\":\"" + key.replace('_', '-') + "\",\"owner\":\"ml\",\"description\":\""
                + description + "\",\"lifecycle\":\"production\"}]}";
    }
}
