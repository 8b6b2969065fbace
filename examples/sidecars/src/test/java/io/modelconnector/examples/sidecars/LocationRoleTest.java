package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.examples.sidecars.remote.GoStorage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Role location beside the existing Go storage-rest. */
class LocationRoleTest {
    private static final String[] AUTHORIZED = {"Authorization", "Bearer shared-token"};
    private static final String GRANITE = "/granite-31-8b/v1/model-catalog.json";
    private static final String PAYLOAD =
            "{\"models\":[{\"name\":\"granite-31-8b-v1\",\"owner\":\"ml\",\"description\":\"Chat.\","
                    + "\"lifecycle\":\"production\"}]}";

    private final int port = RunningRole.freePort();
    private GoStorage storage;

    @BeforeEach
    void startStorage() throws Exception {
        storage = new GoStorage();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void servesWhatTheStorageHasAsItWasStored() {
        storage.with("granite-31-8b_v1", base64(PAYLOAD)).with("mistral_v2", base64(PAYLOAD));
        try (RunningRole location = location().ready()) {
            assertThat(location.get("/list").body())
                    .isEqualTo("{\"uris\":[\"" + GRANITE + "\",\"/mistral/v2/model-catalog.json\"]}");
            assertThat(location.get(GRANITE).body()).isEqualTo(PAYLOAD);
            assertThat(location.get(GRANITE).headers().firstValue("ETag")).isPresent();
        }
    }

    @Test
    void answers503UntilTheStorageAnswers() {
        storage.failing(500);
        try (RunningRole location = location().answering()) {
            assertThat(location.get("/list").statusCode()).isEqualTo(503);
            assertThat(location.get("/readyz").body()).contains("waiting for the entries of storage-rest");
            storage.failing(200);

            location.ready();
            assertThat(location.get("/list").body()).isEqualTo("{\"uris\":[]}");
        }
    }

    @Test
    void takesWhatTheGoStorageForwards() {
        try (RunningRole location = location().ready()) {
            String document = "{\"body\":\"" + base64(PAYLOAD)
                    + "\",\"lastUpdateTimeSinceEpoch\":\"\",\"modelCardKey\":\"labgranite\",\"modelCard\":\"# Granite\"}";

            assertThat(location.ask("POST", "/upsert?key=granite-31-8b_v1", document, AUTHORIZED)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(location.get(GRANITE).body()).isEqualTo(PAYLOAD);
            assertThat(location.get("/modelcard?key=labgranite").body()).isEqualTo("# Granite");
            assertThat(location.ask("DELETE", "/remove?key=granite-31-8b_v1", null, AUTHORIZED)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(location.get("/list").body()).isEqualTo("{\"uris\":[]}");
            assertThat(location.get(GRANITE).statusCode())
                    .as("whoever has just seen it in the list may still read it")
                    .isEqualTo(200);
        }
    }

    @Test
    void showsCardsCleanedAndKeepsThemAsTheyWereSent() {
        try (RunningRole location = location().ready()) {
            String card = "# Granite\\n\\nAsk <script>alert(1)</script> it.\\n";
            String document = "{\"body\":\"" + base64(PAYLOAD)
                    + "\",\"lastUpdateTimeSinceEpoch\":\"\",\"modelCardKey\":\"labgranite\",\"modelCard\":\"" + card
                    + "\"}";

            location.ask("POST", "/upsert?key=granite-31-8b_v1", document, AUTHORIZED);

            assertThat(location.get("/modelcard?key=labgranite").body())
                    .startsWith("# Granite")
                    .doesNotContain("<script");
            assertThat(location.get("/modelcard?key=labgranite&raw=true").body())
                    .contains("<script>");
        }
    }

    @Test
    void fetchesACardThatNobodySentFromTheCatalog() throws Exception {
        try (FakeCatalog catalog = new FakeCatalog("lab", "ibm/granite", "# Granite of the catalog\n")) {
            Map<String, String> environment = new HashMap<>(environment());
            environment.put("CATALOG_URL", catalog.base());
            try (RunningRole location = new RunningRole(environment, "location", "--address", port)
                    .answering()
                    .ready()) {
                String document = "{\"body\":\"" + base64(PAYLOAD) + "\",\"modelCardKey\":\"labibmgranite\"}";
                location.ask("POST", "/upsert?key=granite-31-8b_v1", document, AUTHORIZED);

                assertThat(location.get("/modelcard?key=labibmgranite").body()).isEqualTo("# Granite of the catalog\n");
                assertThat(location.get("/modelcard?key=labother").statusCode()).isEqualTo(404);
                assertThat(catalog.tokens()).containsOnly("Bearer shared-token");
            }
        }
    }

    @Test
    void letsNobodyWriteWhoHasNotTheToken() {
        try (RunningRole location = location().ready()) {
            String document = "{\"body\":\"" + base64(PAYLOAD) + "\"}";

            assertThat(location.ask("POST", "/upsert?key=granite-31-8b_v1", document)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(location.ask("DELETE", "/remove?key=a_b", null, "Authorization", "Bearer other")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(location.ask("PUT", "/list", "").statusCode()).isEqualTo(405);
            assertThat(location.ask("POST", "/upsert", document, AUTHORIZED).body())
                    .contains("key");
        }
    }

    @Test
    void goesOnServingWhenTheStorageIsGone() {
        storage.with("granite-31-8b_v1", base64(PAYLOAD));
        try (RunningRole location = location().ready()) {
            storage.close();

            assertThat(location.get(GRANITE).body()).isEqualTo(PAYLOAD);
            assertThat(location.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(location.ask("HEAD", "/healthz", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsMetricsWhereTheFlagSaysAndNotOnItsMainPort() {
        int metrics = RunningRole.freePort();
        storage.with("granite-31-8b_v1", base64(PAYLOAD));
        try (RunningRole location =
                new RunningRole(environment(), "location", "-metrics-address", metrics, "-address=127.0.0.1:" + port)) {
            location.answering().ready();
            await().atMost(RunningRole.PATIENCE)
                    .untilAsserted(() -> assertThat(location.get("/metrics").body())
                            .contains("model_connector_entries 1.0")
                            .containsPattern("model_connector_upstream_requests_seconds_count\\{"
                                    + "outcome=\"200\",upstream=\"storage-rest\"} 2"));
            assertThat(location.get("/health").body()).contains("\"entries\":1", "\"loaded\":true");
        }
        try (RunningRole location = location().ready()) {
            assertThat(location.get("/metrics").statusCode()).isEqualTo(404);
            assertThat(location.get("/health").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void doesNotStartWithoutTheSharedToken() throws Exception {
        try (RunningRole location =
                new RunningRole(Map.of("HOME", "/nowhere"), "location", "--address", RunningRole.freePort())) {
            assertThat(location.awaitExit()).isEqualTo(2);
            assertThat(location.err().lines()).singleElement().asString().contains("the variable token");
        }
    }

    private RunningRole location() {
        return new RunningRole(environment(), "location", "--address", port).answering();
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME",
                "/nowhere",
                "token",
                "shared-token\n",
                "STORAGE_URL",
                storage.base().toString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
