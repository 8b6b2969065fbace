package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackstageCatalogTest {
    private static final String TARGET = "http://bridge:9090/granite/v1/model-catalog.json";
    private static final CatalogLocation LOCATION = new CatalogLocation("7b1c", CatalogLocation.TYPE, TARGET);

    private final MockWebServer server = new MockWebServer();
    private final OkHttpClient http =
            new OkHttpClient.Builder().followRedirects(false).build();
    private BackstageCatalog catalog;

    @BeforeEach
    void start() throws Exception {
        server.start();
        catalog = catalog("/portal");
    }

    @AfterEach
    void stop() {
        http.connectionPool().evictAll();
        server.close();
    }

    private BackstageCatalog catalog(String path) {
        HttpUrl url = server.url(path);
        PushFailures failures = new PushFailures(url, () -> Instant.parse("2026-03-02T10:00:00Z"));
        return new BackstageCatalog(
                new BackstageHttp(http, url, FakeBackstage.TOKEN, (upstream, outcome, took) -> {}, failures));
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "/, ''", "/portal, /portal", "/portal/, /portal"})
    void asksBelowTheUrlOfBackstage(String path, String prefix) throws Exception {
        answers(200, "[]");

        catalog(path).locations();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo(prefix + "/api/catalog/locations");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + FakeBackstage.TOKEN);
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    }

    @Test
    void readsTheListAndPassesOverWhatIsNoLocation() throws Exception {
        answers(200, """
                [{"data": {"id": "7b1c", "type": "rhdh-rhoai-bridge", "entityRef": "location:default/x",
                           "target": "http://bridge:9090/granite/v1/model-catalog.json"}},
                 {"data": {"id": "8", "type": "url"}}, {"data": null}, 5, null, [],
                 {"id": "9d", "type": "url", "target": "https://git.example.com/catalog-info.yaml"}]
                """);

        assertThat(catalog.locations())
                .hasValue(List.of(
                        LOCATION, new CatalogLocation("9d", "url", "https://git.example.com/catalog-info.yaml")));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 405})
    void saysThatItIsNotGivenAList(int status) throws Exception {
        answers(status, "");

        assertThat(catalog.locations()).isEmpty();
    }

    @Test
    void registersAsTheExistingConnectorDoes() throws Exception {
        answers(201, "{\"location\":{\"id\":\"7b1c\",\"type\":\"rhdh-rhoai-bridge\"},\"entities\":[]}");
        answers(200, "{\"id\":\"7b1c\"}");

        assertThat(catalog.register(TARGET)).hasValue(LOCATION);
        assertThat(catalog.register(TARGET)).hasValue(LOCATION);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"type\":\"rhdh-rhoai-bridge\",\"target\":\"" + TARGET + "\"}");
    }

    @Test
    void looksForALocationAndDeletesIt() throws Exception {
        answers(200, "{\"id\":\"7b1c\",\"type\":\"rhdh-rhoai-bridge\",\"target\":\"" + TARGET + "\"}");
        answers(404, "{}");
        server.enqueue(new MockResponse.Builder().code(204).build());
        answers(404, "{}");

        assertThat(catalog.location("7b1c")).hasValue(LOCATION);
        assertThat(catalog.location("a/../b")).isEqualTo(Optional.empty());
        catalog.delete("7b1c");
        catalog.delete("7b1c");

        assertThat(server.takeRequest().getTarget()).endsWith("/locations/7b1c");
        assertThat(server.takeRequest().getTarget()).endsWith("/locations/a%2F..%2Fb");
        assertThat(server.takeRequest().getMethod()).isEqualTo("DELETE");
    }

    @ParameterizedTest
    @CsvSource({
        "401, RHDH_TOKEN, false",
        "302, to the final address, false",
        "400, rhdh-rhoai-bridge, false",
        "404, is BKSTG_URL the address of a Backstage backend?, true",
        "429, overloaded, true",
        "500, see its log, true",
        "503, starting, true"
    })
    void saysWhatToDo(int status, String advice, boolean retryable) {
        answers(status, "{\"error\":{\"message\":\"a stack trace\"}}");

        assertThatExceptionOfType(PushFailure.class)
                .isThrownBy(() -> catalog.register(TARGET))
                .withMessageStartingWith("registering " + TARGET + " in Backstage at http://")
                .withMessageContaining("was answered " + status)
                .withMessageContaining(advice)
                .satisfies(e -> assertThat(e.error().retryable()).isEqualTo(retryable))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("stack trace", FakeBackstage.TOKEN));
    }

    @Test
    void refusesAnswersThatAreNoneOfBackstage() {
        answers(200, "<html><body>Log in</body></html>");
        answers(200, "{\"items\":[]}");
        answers(200, "[{\"data\":");
        fails(MalformedResponseException.class, () -> catalog.locations());
        fails(MalformedResponseException.class, () -> catalog.locations());
        fails(MalformedResponseException.class, () -> catalog.locations());
        answers(201, "{\"location\":{}}");
        answers(201, "");
        fails(MalformedResponseException.class, () -> catalog.register(TARGET));
        fails(MalformedResponseException.class, () -> catalog.register(TARGET));
    }

    @Test
    void doesNotReadAnswersThatDoNotEnd() {
        String item = "{\"data\":{\"id\":\"1\",\"type\":\"url\",\"target\":\"https://git.example.com/" + "a".repeat(900)
                + "\"}},";
        answers(200, '[' + item.repeat(36_000));

        fails(MalformedResponseException.class, () -> catalog.locations());
    }

    @Test
    void saysThatBackstageCannotBeReached() {
        server.close();

        fails(SourceUnavailableException.class, () -> catalog.locations());
    }

    @Test
    void readsWhenToComeBack() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "7")
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "soon")
                .build());

        assertThatExceptionOfType(PushFailure.class)
                .isThrownBy(() -> catalog.locations())
                .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThatExceptionOfType(PushFailure.class)
                .isThrownBy(() -> catalog.locations())
                .satisfies(e -> assertThat(e.retryAfter()).isNull());
    }

    @Test
    void blamesTheTokenWhenLocationsAreHidden() {
        assertThat(catalog.hidden(3).error()).isInstanceOf(SourceRejectedException.class);
        assertThat(catalog.hidden(3)).hasMessageContaining("3 locations");
    }

    private static void fails(Class<? extends ConnectorException> error, ThrowingCallable request) {
        assertThatExceptionOfType(PushFailure.class)
                .isThrownBy(request)
                .satisfies(e -> assertThat(e.error()).isInstanceOf(error));
    }
}
