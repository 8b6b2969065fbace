package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeedEndpointTest {
    private static final String ENTRY = "/granite/140/model-catalog.json";
    private static final String CARD = "/modelcard";
    private static final String CARD_QUERY = "key=redhat_ai_modelsRedHatAIgranite3.1";

    private final ScriptedSource source = new ScriptedSource(
            "rhoai", ScriptedSource.snapshot(Facts.versionWithCard(1, "granite"), Facts.version(2, "llama")));
    private ModelFeed feed;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        source.card(Facts.GRANITE_CARD);
        feed = ModelFeed.builder().source(source).build();
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
        endpoint = FeedEndpoint.of(feed);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void listsAllPathsSorted() {
        FeedResponse response = get("/list");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(text(response))
                .isEqualTo("{\"uris\":[\"/granite/140/model-catalog.json\",\"/llama/140/model-catalog.json\"]}");
    }

    @Test
    void servesAnEntryWithALengthAndAStrongETag() {
        FeedResponse response = get(ENTRY);

        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).startsWith("{\"models\":[{").contains("\"name\":\"granite-140\"");
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Content-Length", "" + response.body().remaining());
        assertThat(response.headers().get("ETag")).matches("\"[0-9a-f]{32}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/list", ENTRY})
    void answersThatNothingChangedOnlyToAMatchingCondition(String path) {
        String etag = get(path).headers().get("ETag");

        for (String condition : new String[] {
            etag,
            "W/" + etag,
            "\"other\", " + etag,
            "*",
            " " + etag + " ,\"x\"",
            ",, " + etag + ",",
            "\"x\",,\"y\", " + etag
        }) {
            FeedResponse response = ask("GET", path, null, Map.of("If-None-Match", condition));
            assertThat(response.status()).as(condition).isEqualTo(304);
            assertThat(response.body().remaining()).isZero();
            assertThat(response.headers()).containsEntry("ETag", etag).doesNotContainKey("Content-Type");
        }
        assertThat(ask("GET", path, null, Map.of("If-None-Match", "\"other\"")).status())
                .isEqualTo(200);
        assertThat(get(path).status()).isEqualTo(200);
    }

    @Test
    void answersHeadAsGetWithoutABody() {
        FeedResponse get = get(ENTRY);
        FeedResponse head = ask("HEAD", ENTRY, null, Map.of());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(head.body().remaining()).isZero();
    }

    @Test
    void compressesWhatIsWorthItForWhoTakesIt() throws IOException {
        source.change(ScriptedSource.snapshot(Facts.versions(100)));
        await().until(() -> feed.snapshot().entries().size() >= 100);
        FeedResponse plain = get("/list");
        FeedResponse gzip = ask("GET", "/list", null, Map.of("Accept-Encoding", "deflate, gzip;q=0.8"));

        assertThat(gzip.headers()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(gzip.body().remaining()).isLessThan(plain.body().remaining() / 3);
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes(gzip))).readAllBytes();
        assertThat(unpacked).isEqualTo(bytes(plain));
        assertThat(gzip.headers().get("ETag")).isNotEqualTo(plain.headers().get("ETag"));
        String plainTag = plain.headers().get("ETag");
        String gzipTag = gzip.headers().get("ETag");
        assertThat(conditional(gzipTag, "gzip").headers()).containsEntry("ETag", gzipTag);
        assertThat(conditional(gzipTag, "gzip").status()).isEqualTo(304);
        assertThat(conditional(plainTag, "identity").status()).isEqualTo(304);
        assertThat(conditional(plainTag, "gzip").status()).isEqualTo(200);
        assertThat(ask("GET", "/list", null, Map.of("Accept-Encoding", "gzip;q=0"))
                        .headers())
                .doesNotContainKey("Content-Encoding");
    }

    @Test
    void servesACardAsMarkdownInUtf8() {
        FeedResponse response = ask("GET", CARD, CARD_QUERY, Map.of());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "text/markdown; charset=utf-8");
        assertThat(text(response)).isEqualTo(Facts.GRANITE_CARD.markdown());

        Map<String, String> condition =
                Map.of("If-None-Match", response.headers().get("ETag"));
        assertThat(ask("GET", CARD, CARD_QUERY, condition).status()).isEqualTo(304);
        for (int i = 0; i < 20; i++) {
            assertThat(ask("GET", CARD, CARD_QUERY, Map.of()).status()).isEqualTo(200);
        }
    }

    @Test
    void aCardThatTheClientHasNeedsNoSource() {
        String etag = ask("GET", CARD, CARD_QUERY, Map.of()).headers().get("ETag");
        source.failCards(new SourceUnavailableException("the catalog was answered 503"));

        assertThat(ask("GET", CARD, CARD_QUERY, Map.of("If-None-Match", etag)).status())
                .isEqualTo(304);
    }

    @Test
    void aCardThatCannotBeReadIsUnavailableAndAFaultIsAnErrorOfTheServer() {
        source.failCards(new SourceUnavailableException("the catalog was answered 503"));
        FeedResponse unavailable = ask("GET", CARD, CARD_QUERY, Map.of());
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.headers()).containsKey("Retry-After");

        source.failCards(new IllegalStateException("a fault in the source"));
        assertThat(ask("GET", CARD, CARD_QUERY, Map.of()).status()).isEqualTo(503);

        FeedRequest broken = new FeedRequest("GET", "/list", null, name -> {
            throw new IllegalStateException("a fault in the host");
        });
        assertThat(endpoint.handle(broken).status()).isEqualTo(500);
    }

    @Test
    void decodesPathsAndParameters() {
        assertThat(get("/%67ranite/140/model%2dcatalog.json").status()).isEqualTo(200);
        assertThat(ask("GET", CARD, "x=1&key=redhat%5Fai_modelsRedHatAIgranite3%2e1", Map.of())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/lists",
                "/granite/140",
                "/granite/140/",
                "/granite/140/catalog.json",
                "/granite/150/model-catalog.json",
                "/granite/140/model-catalog.json/x",
                "/granite%2F140/model-catalog.json",
                "//140/model-catalog.json",
                "/modelcards",
                "/modelcard/",
                "/modelcard/redhat_ai_models/RedHatAI",
                "/modelcard/redhat_ai_models/RedHatAI/granite3.1",
                "/api/v1/repos/granite/140/git/commits/main",
                "/api/v1/repos/granite/140/archive/main.tar.gz",
                "/upsert"
            })
    void answersAnUnknownPathWithAJsonBody(String path) {
        FeedResponse response = get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(text(response)).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @CsvSource({"/list,POST", "/modelcard,DELETE", ENTRY + ",PUT", "/list,PATCH"})
    void namesTheMethodsThatAPathHas(String path, String method) {
        FeedResponse response = ask(method, path, null, Map.of());

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
        assertThat(text(response)).startsWith("{\"error\":\"");
    }

    @Test
    void refusesWhatIsMalformed() {
        assertThat(get("/granite/%zz/model-catalog.json").status()).isEqualTo(400);
        assertThat(get("/granite/140/model-catalog.json%").status()).isEqualTo(400);
        assertThat(get("/granite/%ff/model-catalog.json").status()).isEqualTo(400);
        assertThat(ask("GET", CARD, null, Map.of()).status()).isEqualTo(400);
        assertThat(ask("GET", CARD, "key=", Map.of()).status()).isEqualTo(400);
        assertThat(ask("GET", CARD, "key=%4", Map.of()).status()).isEqualTo(400);
        assertThat(ask("GET", CARD, "key=a&key=b", Map.of()).status()).isEqualTo(400);
        assertThat(ask("GET", "/list", "%zz", Map.of()).status()).isEqualTo(400);
        assertThat(ask("GET", "/list", "from=portal", Map.of()).status()).isEqualTo(200);
        assertThat(ask("GET", CARD, "key=x", Map.of()).status()).isEqualTo(404);
        assertThat(ask("GET", ENTRY, null, Map.of("If-None-Match", "unquoted")).status())
                .isEqualTo(400);
        assertThat(ask("GET", ENTRY, null, Map.of("If-None-Match", "\"a\" \"b\""))
                        .status())
                .isEqualTo(400);
        assertThat(get("/%\uff16Cist").status()).isEqualTo(400);
        assertThat(text(get("/%41\ud83d\ude00"))).contains("A\ud83d\ude00");
        FeedResponse refused = get("/granite/%zz/model-catalog.json");
        assertThat(text(refused)).contains("hexadecimal");
    }

    @Test
    void repeatsNoControlCharactersAndNoEndlessPaths() {
        FeedResponse response = get("/a%0d%0ab%22/" + "x".repeat(5000));

        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response))
                .hasSizeLessThan(400)
                .doesNotContain("\r", "\n")
                .contains("\\\"");
    }

    @Test
    void asksToComeBackUntilTheFeedIsPublished() {
        ScriptedSource down = new ScriptedSource(
                "down", ScriptedSource.failure(new SourceUnavailableException("the registry was answered 503")));
        try (ModelFeed unpublished = ModelFeed.builder().source(down).build()) {
            unpublished.start();
            FeedEndpoint waiting = FeedEndpoint.of(unpublished);
            for (String path : new String[] {"/list", ENTRY}) {
                FeedResponse response = waiting.handle(request("GET", path, null, Map.of()));
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.headers()).containsKey("Retry-After");
            }
            HealthEndpoint health = HealthEndpoint.of(unpublished);
            assertThat(health.handle(request("GET", "/readyz", null, Map.of())).status())
                    .isEqualTo(503);
            assertThat(health.handle(request("GET", "/healthz", null, Map.of())).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void showsItsHealth() {
        HealthEndpoint health = HealthEndpoint.of(feed);

        assertThat(health.handle(request("GET", "/readyz", null, Map.of())).status())
                .isEqualTo(200);
        FeedResponse details = health.handle(request("GET", "/health", null, Map.of()));
        assertThat(text(details))
                .contains("\"published\":true", "\"degraded\":false", "\"entries\":2", "\"name\":\"rhoai\"")
                .contains("\"status\":\"up\"", "\"modelVersions\":2", "\"lastCompleteRead\":\"");
        assertThat(health.handle(request("POST", "/health", null, Map.of())).status())
                .isEqualTo(405);
        assertThat(health.handle(request("GET", "/unknown", null, Map.of())).status())
                .isEqualTo(404);
    }

    @Test
    void servesAnEntryThatHasJustLeft() {
        source.change(ScriptedSource.snapshot(Facts.version(2, "llama")));
        await().until(() -> feed.snapshot().entries().size() == 1);

        assertThat(text(get("/list"))).doesNotContain("granite");
        assertThat(get(ENTRY).status()).isEqualTo(200);
    }

    private FeedResponse conditional(String etag, String encoding) {
        return ask("GET", "/list", null, Map.of("If-None-Match", etag, "Accept-Encoding", encoding));
    }

    private FeedResponse get(String path) {
        return ask("GET", path, null, Map.of());
    }

    private FeedResponse ask(String method, String path, String query, Map<String, String> headers) {
        return endpoint.handle(request(method, path, query, headers));
    }

    private static FeedRequest request(String method, String path, String query, Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new FeedRequest(method, path, query, byName::get);
    }

    private static String text(FeedResponse response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(FeedResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
