package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole connector in a process of its own, before a registry that is made up. */
class AllRoleProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "token-of-the-test";
    private static final String GRANITE = "/granite-31-8b/v1/model-catalog.json";

    private final MockWebServer registry = new MockWebServer();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @TempDir
    Path home;

    @BeforeEach
    void startRegistry() throws IOException {
        registry.setDispatcher(new OneModel());
        registry.start();
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void servesConfiguredRegistriesWithoutACluster() throws Exception {
        try (ChildProgram all = new ChildProgram(
                environment(Map.of("LOG_LEVEL", "debug")), "all", "--address=127.0.0.1:0", "--metrics-address=0")) {
            String base = base(all);
            all.awaitOutput("the feed is published with 1 entries: granite-31-8b/v1");

            assertThat(get(base + "/list").body()).isEqualTo("{\"uris\":[\"" + GRANITE + "\"]}");
            assertThat(get(base + GRANITE).body()).contains("\"owner\":\"platform\"", "\"lifecycle\":\"staging\"");
            all.terminate();
            assertThat(all.awaitExit()).isEqualTo(143);
            assertThat(all.out() + all.err())
                    .contains("no cluster", "registries public from REGISTRY_URLS")
                    .doesNotContain(TOKEN);
        }
    }

    @Test
    void servesConfiguredRegistriesBesideAClusterWithoutKServe() throws Exception {
        try (FakeCluster cluster = new FakeCluster()) {
            Path kubeconfig = Files.writeString(home.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    clusters: [{name: test, cluster: {server: "%s"}}]
                    users: [{name: test, user: {token: cluster-token}}]
                    """.formatted(cluster.url()));
            try (ChildProgram all = new ChildProgram(
                    environment(Map.of("KUBECONFIG", kubeconfig.toString())),
                    "all",
                    "--address=127.0.0.1:0",
                    "--metrics-address=0")) {
                String base = base(all);
                all.awaitOutput("the feed is published with 1 entries");

                assertThat(get(base + GRANITE).statusCode()).isEqualTo(200);
                assertThat(all.out()).contains("cluster by kubeconfig " + kubeconfig);
            }
        }
    }

    @Test
    void showsHealthAndMetricsToOperators() throws Exception {
        int port = freePort();
        try (ChildProgram all = new ChildProgram(
                environment(Map.of()), "all", "--address=127.0.0.1:0", "--metrics-address=127.0.0.1:" + port)) {
            String feed = base(all);
            String operations = "http://127.0.0.1:" + port;
            await().atMost(PATIENCE).until(() -> get(operations + "/readyz").statusCode() == 200);
            get(feed + "/list");

            assertThat(get(operations + "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(operations + "/health").body()).contains("\"name\":\"public\"", "\"status\":\"up\"");
            assertThat(get(operations + "/metrics").body())
                    .contains("model_connector_entries 1.0")
                    .contains("model_connector_upstream_requests_seconds_count{outcome=\"200\",upstream=\"public\"}")
                    .contains("model_connector_http_requests_total{route=\"list\",status=\"200\"} 1.0")
                    .contains("model_connector_source_part_up{part=\"public\",source=\"rhoai\"} 1.0");
        }
    }

    @Test
    void warnsAtEachStartThatCertificatesAreNotChecked() throws Exception {
        try (ChildProgram all = new ChildProgram(
                environment(Map.of("REGISTRY_TLS_INSECURE", "true", "LOG_FORMAT", "json")),
                "all",
                "--address=127.0.0.1:0",
                "--metrics-address=0")) {
            all.awaitOutput("\"level\":\"WARN\".*REGISTRY_TLS_INSECURE is set");
        }
    }

    @Test
    void endsWithinFiveSecondsOfASignalThoughARegistryHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "silent=http://127.0.0.1:" + silent.getLocalPort();
            try (ChildProgram all = new ChildProgram(
                    environment(Map.of("REGISTRY_URLS", url)), "all", "--address=127.0.0.1:0", "--metrics-address=0")) {
                String base = base(all);
                silent.accept();
                assertThat(get(base + "/list").statusCode()).isEqualTo(503);
                long begin = System.nanoTime();
                all.terminate();

                assertThat(all.awaitExit()).isEqualTo(143);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", home.toString());
        environment.put("REGISTRY_URLS", "public=" + registry.url("/"));
        environment.put("KFMR_TOKEN", TOKEN + "\n");
        environment.put("POLLING_INTERVAL", "500ms");
        environment.put("DEFAULT_OWNER", "platform");
        environment.put("DEFAULT_LIFECYCLE", "staging");
        environment.putAll(more);
        return environment;
    }

    private static String base(ChildProgram all) throws InterruptedException {
        return "http://127.0.0.1:" + all.awaitOutput("serves models on port (\\d+)");
    }

    private HttpResponse<String> get(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A registry with one model, for whoever has the token. */
    private static final class OneModel extends Dispatcher {
        private static final String BASE = "/api/model_registry/v1alpha3/";
        private static final String TIMES =
                "\"createTimeSinceEpoch\": \"1767225600000\", \"lastUpdateTimeSinceEpoch\": \"1767225600000\"";

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (!("Bearer " + TOKEN).equals(request.getHeaders().get("Authorization"))) {
                return new MockResponse.Builder().code(401).build();
            }
            return switch (request.getUrl().encodedPath()) {
                case BASE + "registered_models" ->
                    list("{\"id\": \"1\", \"name\": \"granite-3.1-8b\", \"state\": \"LIVE\", " + TIMES + "}");
                case BASE + "model_versions" ->
                    list("{\"id\": \"2\", \"registeredModelId\": \"1\", \"name\": \"v1\", \"state\": \"LIVE\", " + TIMES
                            + "}");
                default -> list("");
            };
        }

        private static MockResponse list(String items) {
            String document = "{\"items\": [" + items + "], \"nextPageToken\": \"\", \"pageSize\": 0, \"size\": 0}";
            return new MockResponse.Builder()
                    .addHeader("Content-Type", "application/json")
                    .body(document)
                    .build();
        }
    }
}
