package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three roles, each in a process of its own, between a cluster and a registry that are made up. */
class SplitDeploymentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAP = "bac-import-model";
    private static final String LOCATION = "location";
    private static final String STORAGE = "storage-rest";
    private static final String NORMALIZER = "rhoai-normalizer";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, ChildProgram> processes = new HashMap<>();
    private final Map<String, Integer> ports =
            Map.of(LOCATION, RunningRole.freePort(), STORAGE, RunningRole.freePort());

    @TempDir
    Path home;

    private FakeCluster cluster;
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        registry = new FakeRegistry("granite", "llama", "mistral");
        List.of(LOCATION, STORAGE, NORMALIZER).forEach(this::start);
    }

    @AfterEach
    void close() {
        processes.values().forEach(ChildProgram::close);
        registry.close();
        cluster.close();
    }

    @Test
    void servesWhatTheRegistryHasThroughRestartsOfEach() throws Exception {
        awaitListed("granite", "llama", "mistral");
        assertThat(cluster.configMaps().keys(MAP)).containsExactly("granite_v1", "llama_v1", "mistral_v1");
        Map<String, String> before = served();
        int writes = cluster.configMaps().writes(MAP);

        for (String role : List.of(LOCATION, STORAGE, NORMALIZER)) {
            ChildProgram process = processes.get(role);
            process.terminate();
            assertThat(process.awaitExit()).isEqualTo(143);
            start(role);
            await().atMost(PATIENCE).until(() -> served().equals(before));
        }
        registry.describe("granite", "Changed after all restarts.");
        await().atMost(PATIENCE).until(() -> payload("granite").contains("Changed after all restarts."));

        assertThat(cluster.configMaps().writes(MAP))
                .as("restarts cost no write, the change one")
                .isEqualTo(writes + 1);
    }

    @Test
    void losesNothingWhenAProcessIsKilledInTheMiddleOfAWrite() throws Exception {
        awaitListed("granite", "llama", "mistral");
        try (Watcher watcher = new Watcher("granite")) {
            killInTheMiddleOfAWrite(STORAGE, () -> registry.describe("qwen", "Came while storage-rest died."));
            start(STORAGE);
            awaitListed("granite", "llama", "mistral", "qwen");

            killInTheMiddleOfAWrite(NORMALIZER, () -> registry.remove("llama").describe("phi", "Came while it died."));
            start(NORMALIZER);
            awaitListed("granite", "mistral", "phi", "qwen");

            killInTheMiddleOfAWrite(LOCATION, () -> registry.describe("granite", "Changed while location died."));
            start(LOCATION);
            await().atMost(PATIENCE).until(() -> payload("granite").contains("Changed while location died."));
            awaitListed("granite", "mistral", "phi", "qwen");
            assertThat(watcher.missing()).isEmpty();
        }
        assertThat(cluster.configMaps().keys(MAP)).containsExactly("granite_v1", "mistral_v1", "phi_v1", "qwen_v1");
    }

    @Test
    void servesEverythingAfterAllWereKilledWhileTheyFilledTheStore() throws Exception {
        for (int i = 0; i < 100; i++) {
            registry.describe("model-" + i, "One of many.");
        }
        killInTheMiddleOfAWrite(NORMALIZER, () -> {});
        processes.get(STORAGE).kill();
        processes.get(LOCATION).kill();
        start(STORAGE);
        start(LOCATION);
        await().atMost(PATIENCE).until(() -> status(LOCATION, "/healthz") == 200);
        assertThat(status(LOCATION, "/list"))
                .as("half of the entries are not all")
                .isEqualTo(503);

        start(NORMALIZER);

        await().atMost(PATIENCE).until(() -> listed().size() == 103);
    }

    @Test
    void logsJsonThatMachinesCanRead() throws Exception {
        awaitListed("granite", "llama", "mistral");
        for (ChildProgram process : processes.values()) {
            List<String> lines = process.out().lines().toList();
            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                JsonNode event = JSON.readTree(line);
                assertThat(event.path("timestamp").isNumber()).as(line).isTrue();
                assertThat(event.path("level").asText()).as(line).isNotEmpty();
                assertThat(event.path("loggerName").asText()).as(line).isNotEmpty();
                assertThat(event.path("formattedMessage").asText()).as(line).isNotEmpty();
            }
            assertThat(process.out()).contains("role ").doesNotContain("cluster-token");
        }
    }

    private void start(String role) {
        try {
            processes.put(
                    role,
                    role.equals(NORMALIZER)
                            ? new ChildProgram(environment(), role, "--metrics-address=0")
                            : new ChildProgram(environment(), role, "--address=127.0.0.1:" + ports.get(role)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() throws IOException {
        Path kubeconfig = Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig());
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("NAMESPACE", FakeCluster.NAMESPACE);
        environment.put("token", "shared-token\n");
        environment.put("REGISTRY_URLS", registry.setting());
        environment.put("STORAGE_URL", "http://127.0.0.1:" + ports.get(STORAGE));
        environment.put("BRIDGE_URL", "http://127.0.0.1:" + ports.get(LOCATION));
        environment.put("POLLING_INTERVAL", "200ms");
        environment.put("FULL_READ_INTERVAL", "200ms");
        environment.put("LOG_FORMAT", "json");
        return environment;
    }

    private void killInTheMiddleOfAWrite(String role, Runnable change) throws Exception {
        CompletableFuture<Boolean> killed = new CompletableFuture<>();
        cluster.configMaps().beforeNextWrite(MAP, () -> {
            processes.get(role).kill();
            killed.complete(true);
        });
        change.run();
        assertThat(killed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        if (role.equals(NORMALIZER)) {
            // The lead of a process that was killed ends by itself, but that takes half a minute.
            cluster.configMaps().delete("rhdh-rhoai-connector-leader");
        }
    }

    private void awaitListed(String... models) {
        List<String> uris = new ArrayList<>();
        for (String model : models) {
            uris.add("/" + model + "/v1/model-catalog.json");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(listed()).isEqualTo(uris));
    }

    /** The paths that are listed; none while there is no list. */
    private List<String> listed() {
        List<String> uris = new ArrayList<>();
        try {
            HttpResponse<String> list = get(LOCATION, "/list");
            if (list.statusCode() == 200) {
                JSON.readTree(list.body()).path("uris").forEach(uri -> uris.add(uri.asText()));
            }
        } catch (IOException e) {
            // It is not up.
        }
        return uris;
    }

    private Map<String, String> served() throws IOException {
        Map<String, String> served = new HashMap<>();
        for (String uri : listed()) {
            HttpResponse<String> entry = get(LOCATION, uri);
            served.put(uri, entry.headers().firstValue("ETag").orElse("") + entry.body());
        }
        return served;
    }

    private String payload(String model) {
        try {
            return get(LOCATION, "/" + model + "/v1/model-catalog.json").body();
        } catch (IOException e) {
            return "";
        }
    }

    private int status(String role, String path) {
        try {
            return get(role, path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> get(String role, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(role) + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Notes each list that lacks a model which the registry never lost. */
    private final class Watcher implements AutoCloseable {
        private final String uri;
        private final List<String> missing = new ArrayList<>();
        private final Thread thread = new Thread(this::watch, "watcher");
        private volatile boolean closed;

        Watcher(String model) {
            uri = "/" + model + "/v1/model-catalog.json";
            thread.setDaemon(true);
            thread.start();
        }

        private void watch() {
            while (!closed) {
                try {
                    HttpResponse<String> list = get(LOCATION, "/list");
                    if (list.statusCode() == 200 && !list.body().contains(uri)) {
                        synchronized (missing) {
                            missing.add(list.body());
                        }
                    }
                } catch (IOException e) {
                    // It is not up.
                }
            }
        }

        List<String> missing() {
            synchronized (missing) {
                return List.copyOf(missing);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
