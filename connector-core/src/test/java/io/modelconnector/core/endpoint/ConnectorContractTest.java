package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import io.modelconnector.core.feed.Facts;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.ScriptedSource;
import io.modelconnector.core.format.ConnectorJsonFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.store.InMemoryEntryStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector contract, beside the location contract on the same feed. */
@Timeout(60)
class ConnectorContractTest {
    private static final String BASE = "/api/kserve-kubeflow-connector";
    private static final String CARD = BASE + "/modelcard/redhat_ai_models/RedHatAI/granite%203.1";

    private final ScriptedSource source = new ScriptedSource(
            "rhoai", ScriptedSource.snapshot(Facts.versionWithCard(1, "granite"), Facts.version(2, "llama")));
    private ModelFeed feed;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        source.card(Facts.GRANITE_CARD);
        feed = feed(source);
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
        endpoint = endpoint(feed, RequestAuthenticator.fixedToken(() -> TestRequest.TOKEN));
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void listsTheKeysOfAllEntries() {
        FeedResponse response = get(BASE + "/list");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(TestRequest.text(response)).isEqualTo("{\"uris\":[\"granite/140\",\"llama/140\"]}");
    }

    @Test
    void everyListedEntryIsServedWithAnETag() {
        FeedResponse response = get(BASE + "/models/granite/140");

        assertThat(response.status()).isEqualTo(200);
        assertThat(TestRequest.text(response))
                .startsWith("{\"models\":[{\"name\":\"granite-140\"")
                .contains("\"techdocs\":\"/modelcard/redhat_ai_models/RedHatAI/granite%203.1\"");
        String etag = response.headers().get("ETag");
        assertThat(ask(TestRequest.get(BASE + "/models/granite/140").header("If-None-Match", etag))
                        .status())
                .isEqualTo(304);
        FeedResponse head = ask(TestRequest.of("HEAD", BASE + "/models/granite/140"));
        assertThat(head.headers()).containsEntry("ETag", etag);
        assertThat(head.body().remaining()).isZero();
    }

    @Test
    void theLocationContractStaysAsItIsAndNeedsNoToken() {
        assertThat(TestRequest.text(endpoint.handle(TestRequest.get("/list").request())))
                .isEqualTo("{\"uris\":[\"/granite/140/model-catalog.json\",\"/llama/140/model-catalog.json\"]}");
        assertThat(endpoint.handle(TestRequest.get("/granite/140/model-catalog.json")
                                .request())
                        .status())
                .isEqualTo(200);
        assertThat(endpoint.handle(
                                TestRequest.get("/granite/140/connector.json").request())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theLinkToACardLeadsToIt() {
        FeedResponse byName = get(CARD);
        FeedResponse byKey = get(BASE + "/modelcard?key=redhat_ai_modelsRedHatAIgranite3.1");

        assertThat(byName.status()).isEqualTo(200);
        assertThat(byName.headers()).containsEntry("Content-Type", "text/markdown; charset=utf-8");
        assertThat(TestRequest.text(byName)).isEqualTo(Facts.GRANITE_CARD.markdown());
        assertThat(TestRequest.text(byKey)).isEqualTo(TestRequest.text(byName));
        assertThat(get(BASE + "/modelcard/redhat_ai_models/RedHatAI/other").status())
                .isEqualTo(404);
        assertThat(get("/%61pi/kserve-kubeflow-connector/modelcard/redhat_ai_models/RedHatAI/granite%203.1")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/another-plugin/list",
                "/api/kserve-kubeflow-connector-2/list",
                BASE + "/models/granite",
                BASE + "/models/granite/140/model-catalog.json",
                BASE + "/models/granite/unknown",
                BASE + "/models/gran%20ite/140",
                BASE + "/models//",
                BASE,
                BASE + "/",
                BASE + "/lists"
            })
    void whatIsNotThereIsNotFoundInJson(String path) {
        FeedResponse response = get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(TestRequest.text(response)).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {BASE + "/list", BASE + "/models/granite/140", CARD, BASE + "/nothing", BASE})
    void everyRequestHasToBeAllowed(String path) {
        FeedResponse without = endpoint.handle(TestRequest.get(path).request());

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(TestRequest.text(without)).doesNotContain("granite");
        assertThat(endpoint.handle(TestRequest.get(path)
                                .header("Authorization", "Bearer another")
                                .request())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void asksWhetherARequestIsMeantForThePluginIdThatItIsServedUnder() {
        FeedEndpoint other = FeedEndpoint.builder(feed)
                .connector(ConnectorContract.builder((request, audience) -> audience.equals("my-models")
                                ? new Allowed("catalog")
                                : Refused.forbidden("audience", "the token is meant for another plugin"))
                        .pluginId("my-models")
                        .basePath("/portal/my-models/v1")
                        .build())
                .build();

        assertThat(other.handle(TestRequest.get("/portal/my-models/v1/list").request())
                        .status())
                .isEqualTo(200);
        assertThat(other.handle(TestRequest.get(BASE + "/list").request()).status())
                .isEqualTo(404);
    }

    @Test
    void nothingIsWrittenThere() {
        FeedResponse response = ask(TestRequest.of("POST", BASE + "/list"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void onlyACheckOrACardMayHaveToBeWaitedFor() {
        assertThat(endpoint.mayWait(authorized(TestRequest.get(BASE + "/list"))))
                .isFalse();
        assertThat(endpoint.mayWait(authorized(TestRequest.get(CARD)))).isTrue();

        FeedEndpoint slow = endpoint(feed, (request, audience) -> new Allowed("catalog"));
        assertThat(slow.mayWait(TestRequest.get(BASE + "/list").request())).isTrue();
        assertThat(slow.mayWait(TestRequest.get("/list").request())).isFalse();
    }

    @Test
    void anEntryThatHasJustLeftHasNoModelsSoThatAProviderTakesItOutAndKeepsTheRest() {
        source.change(ScriptedSource.snapshot(Facts.version(2, "llama")));
        await().until(() -> feed.snapshot().entries().size() == 1);

        FeedResponse response = get(BASE + "/models/granite/140");
        assertThat(response.status()).isEqualTo(200);
        assertThat(TestRequest.text(response)).isEqualTo("{\"models\":[]}");
        assertThat(TestRequest.text(get(BASE + "/list"))).isEqualTo("{\"uris\":[\"llama/140\"]}");
    }

    @Test
    void untilTheEntriesAreKnownTheListIsNotFound() {
        ScriptedSource failing =
                new ScriptedSource("rhoai", ScriptedSource.failure(new SourceUnavailableException("no route to host")));
        try (ModelFeed unpublished = feed(failing)) {
            FeedEndpoint waiting = endpoint(unpublished, RequestAuthenticator.fixedToken(() -> TestRequest.TOKEN));

            FeedResponse list = waiting.handle(authorized(TestRequest.get(BASE + "/list")));
            assertThat(list.status()).isEqualTo(404);
            assertThat(TestRequest.text(list)).contains("not been read completely yet");
            assertThat(waiting.handle(authorized(TestRequest.get(BASE + "/models/granite/140")))
                            .status())
                    .isEqualTo(503);
            assertThat(waiting.handle(authorized(TestRequest.get(CARD))).status())
                    .isEqualTo(503);
        }
    }

    /** A provider takes only this phrase for "not ready yet". */
    @Test
    void theServerOfTheJdkSaysNotFoundInTheWordsThatAProviderKnows() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.createContext("/", exchange -> {
                FeedResponse response =
                        endpoint.handle(TestRequest.get("/api/unknown/list").request());
                exchange.sendResponseHeaders(response.status(), -1);
                exchange.close();
            });
            server.start();
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(reader.readLine()).isEqualTo("HTTP/1.1 404 Not Found");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        ConnectorContract.Builder builder = ConnectorContract.builder(RequestAuthenticator.loopbackOnly("set a token"));

        for (String path : List.of("api/x", "/api/x/", "/api/other", "/api/x?y", "/api/../x", "")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as(path)
                    .isThrownBy(() -> builder.pluginId("x").basePath(path).build())
                    .withMessageContaining("base path");
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.pluginId("my plugin").build())
                .withMessageContaining("plugin id");
    }

    @Test
    void aFeedWithoutTheFormatCannotServeIt() {
        ConnectorContract contract = ConnectorContract.builder(RequestAuthenticator.loopbackOnly("set a token"))
                .build();
        try (ModelFeed plain = ModelFeed.builder().source(source).build()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() ->
                            FeedEndpoint.builder(plain).connector(contract).build())
                    .withMessageContaining("ConnectorJsonFormat");
        }
    }

    @Test
    void aFeedMayBeServedUnderTheConnectorContractAlone() throws InterruptedException {
        try (ModelFeed only = ModelFeed.builder()
                .source(ScriptedSource.of("rhoai", Facts.version(1, "granite")))
                .format(new ConnectorJsonFormat())
                .build()) {
            only.start();
            assertThat(only.awaitPublished(Duration.ofSeconds(10))).isTrue();
            FeedEndpoint alone = endpoint(only, RequestAuthenticator.fixedToken(() -> TestRequest.TOKEN));

            assertThat(alone.handle(TestRequest.get("/list").request()).status())
                    .isEqualTo(404);
            assertThat(alone.handle(authorized(TestRequest.get(BASE + "/list"))).status())
                    .isEqualTo(200);
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ModelFeed.builder()
                        .source(source)
                        .format(new ConnectorJsonFormat())
                        .store(new InMemoryEntryStore())
                        .build())
                .withMessageContaining("ConnectorJsonFormat");
    }

    private static ModelFeed feed(ScriptedSource source) {
        return ModelFeed.builder()
                .source(source)
                .format(new JsonArrayFormat(URI.create("http://localhost:9090")))
                .format(new ConnectorJsonFormat())
                .build();
    }

    private static FeedEndpoint endpoint(ModelFeed feed, RequestAuthenticator authenticator) {
        return FeedEndpoint.builder(feed)
                .connector(ConnectorContract.builder(authenticator).build())
                .build();
    }

    private FeedResponse get(String target) {
        return ask(TestRequest.get(target));
    }

    private FeedResponse ask(TestRequest request) {
        return endpoint.handle(authorized(request));
    }

    private static FeedRequest authorized(TestRequest request) {
        return request.header("Authorization", "Bearer " + TestRequest.TOKEN).request();
    }
}
