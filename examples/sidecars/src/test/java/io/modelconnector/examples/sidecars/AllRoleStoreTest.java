package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Role all, which keeps its entries in the cluster. */
class AllRoleStoreTest {
    private static final String MAP = "bac-import-model";
    private static final String LIST =
            "{\"uris\":[\"/granite/v1/model-catalog.json\",\"/mistral/v1/model-catalog.json\"]}";

    @TempDir
    Path home;

    private FakeCluster cluster;
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        registry = new FakeRegistry("granite", "mistral");
    }

    @AfterEach
    void close() {
        registry.close();
        cluster.close();
    }

    @Test
    void keepsItsEntriesInTheCluster() throws Exception {
        try (RunningRole all = all()) {
            awaitList(all);
            await().atMost(RunningRole.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(cluster.configMaps().keys(MAP)).containsExactly("granite_v1", "mistral_v1"));
        }
    }

    @Test
    void servesWhatItKeptWhileTheRegistryIsGone() throws Exception {
        String payload;
        try (RunningRole all = all()) {
            awaitList(all);
            payload = all.get("/granite/v1/model-catalog.json").body();
            await().atMost(RunningRole.PATIENCE)
                    .until(() -> cluster.configMaps().keys(MAP).size() == 2);
        }
        registry.close();
        try (RunningRole all = all()) {
            awaitList(all);
            assertThat(all.get("/granite/v1/model-catalog.json").body()).isEqualTo(payload);
        }
        assertThat(cluster.configMaps().keys(MAP)).containsExactly("granite_v1", "mistral_v1");
    }

    @Test
    void servesWhatItReadsThoughItMayKeepNothing() throws Exception {
        cluster.configMaps().refuse();
        int metrics = RunningRole.freePort();
        try (RunningRole all = new RunningRole(
                environment(), "all", "--metrics-address", metrics, "--address=127.0.0.1:" + RunningRole.freePort())) {
            all.answering().ready();
            await().atMost(RunningRole.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(all.get("/health").body()).contains("\"entries\":2", "403", "\"election\":{"));
            assertThat(all.get("/metrics").body())
                    .contains(
                            "model_connector_entries 2.0",
                            "model_connector_leader 0.0",
                            "model_connector_store_writes");
        }
    }

    private static void awaitList(RunningRole all) {
        await().atMost(RunningRole.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(all.get("/list").body()).isEqualTo(LIST));
    }

    private RunningRole all() throws IOException {
        return new RunningRole(environment(), "all", "--address", RunningRole.freePort(), "--metrics-address=0");
    }

    private Map<String, String> environment() throws IOException {
        Path kubeconfig = Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig());
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("NAMESPACE", FakeCluster.NAMESPACE);
        environment.put("REGISTRY_URLS", registry.setting());
        environment.put("POLLING_INTERVAL", "200ms");
        return environment;
    }
}
