package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo serves, to each kind of portal and to a person. */
class EveryReaderTest {
    private static final String CONNECTOR = "/api/kserve-kubeflow-connector";
    private static final String GRANITE = "/granite-33-8b-instruct/330";

    private final int port = RunningRole.freePort();

    @Test
    void aPortalOfTheNewerGenerationReadsItFromThisMachine() {
        try (RunningRole demo = demo(Map.of())) {
            assertThat(demo.get(CONNECTOR + "/list").body()).contains("\"granite-33-8b-instruct/330\"");
            assertThat(demo.get(CONNECTOR + "/models" + GRANITE).body())
                    .contains("\"techdocs\":\"/modelcard/demo/models/granite-3.3-8b-instruct/3.3.0\"");
            assertThat(demo.get(CONNECTOR + "/modelcard/demo/models/granite-3.3-8b-instruct/3.3.0")
                            .body())
                    .startsWith("# Granite 3.3 8B Instruct");
            HttpResponse<String> handedOn = demo.get(CONNECTOR + "/list", "X-Forwarded-For", "203.0.113.9");
            assertThat(handedOn.statusCode()).isEqualTo(403);
            assertThat(handedOn.body()).contains("BKSTG_URL", "CONNECTOR_TOKEN");
            assertThat(demo.get("/api/other/list").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void withATokenNobodyElseReadsTheConnectorContract() {
        try (RunningRole demo = demo(Map.of("CONNECTOR_TOKEN", "s3cret", "CONNECTOR_PLUGIN_ID", "models"))) {
            assertThat(demo.get("/api/models/list").statusCode()).isEqualTo(401);
            assertThat(demo.get("/api/models/list", "Authorization", "Bearer other")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(demo.get("/api/models/list", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(demo.get("/list").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortalWithoutAPluginReadsEntitiesAndTakesItForAGitea() {
        try (RunningRole demo = demo(Map.of("GITEA_BASE_URL", "http://localhost:" + port))) {
            assertThat(demo.get("/backstage/catalog-info.yaml").body()).contains("\"./entities" + GRANITE + ".yaml\"");
            assertThat(demo.get("/backstage/entities" + GRANITE + ".yaml").body())
                    .contains("kind: \"Resource\"", "url:http://localhost:" + port + GRANITE + "/src/branch/main");
            assertThat(demo.get("/api/v1/repos" + GRANITE + "/git/commits/main").body())
                    .matches("\\{\"sha\":\"[0-9a-f]{40}\"}");
            assertThat(demo.get("/api/v1/repos" + GRANITE + "/archive/main.tar.gz")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPersonOnThisMachineSeesThePage() {
        try (RunningRole demo = demo(Map.of())) {
            assertThat(demo.get("/", "Accept", "text/html").body()).contains("<title>Models");
            assertThat(demo.get("/?entry=hostile-card-sample/1", "Accept", "text/html")
                            .body())
                    .doesNotContain("<script>alert");
            assertThat(demo.get("/", "Accept", "text/html", "X-Forwarded-For", "203.0.113.9")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(demo.get("/").statusCode()).isEqualTo(404);
        }
        try (RunningRole demo = demo(Map.of("FEED_PAGE", "false"))) {
            assertThat(demo.get("/", "Accept", "text/html").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void noCardOfTheDemoHasAScript() {
        try (RunningRole demo = demo(Map.of())) {
            String card =
                    demo.get("/modelcard?key=demomodelshostile-card-sample%2F1").body();

            assertThat(card).startsWith("# Hostile card").doesNotContain("<script", "<iframe", "onerror=\"alert", "{{");
            assertThat(demo.get("/modelcard?key=demomodelshostile-card-sample%2F1&raw=true")
                            .body())
                    .contains("<script>");
        }
    }

    @Test
    void definitionsOfApisAreFetchedFromHostsThatAreNamed(@TempDir Path folder) throws Exception {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] definition =
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Granite chat\",\"version\":\"1\"},\"paths\":{}}"
                        .getBytes(StandardCharsets.UTF_8);
        api.createContext("/openapi.json", exchange -> {
            exchange.sendResponseHeaders(200, definition.length);
            exchange.getResponseBody().write(definition);
            exchange.close();
        });
        api.start();
        String base = "http://127.0.0.1:" + api.getAddress().getPort();
        Path models = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - name: granite
                    versions:
                      - name: "1"
                        served: {url: "%1$s", apiSpec: "%1$s/openapi.json"}
                """.formatted(base));
        try (RunningRole demo = demo(Map.of("API_DEFINITION_HOSTS", "127.0.0.1"), "--file=" + models)) {
            Awaitility.await()
                    .atMost(RunningRole.PATIENCE)
                    .until(() -> demo.get("/backstage/entities/granite/1.yaml")
                            .body()
                            .contains("Granite chat"));
        } finally {
            api.stop(0);
        }
    }

    private RunningRole demo(Map<String, String> environment, String... more) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("HOME", "/nowhere");
        String[] flags = new String[more.length + 1];
        flags[0] = "--metrics-address=0";
        System.arraycopy(more, 0, flags, 1, more.length);
        RunningRole demo = new RunningRole(variables, "demo", "--address", port, flags);
        Awaitility.await()
                .ignoreExceptions()
                .atMost(RunningRole.PATIENCE)
                .until(() -> demo.get("/list").statusCode() == 200);
        return demo;
    }
}
