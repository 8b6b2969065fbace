package io.modelconnector.core.endpoint.contract;

import static io.modelconnector.core.endpoint.contract.ModelsToHost.CARD;
import static io.modelconnector.core.endpoint.contract.ModelsToHost.CARD_TEXT;
import static io.modelconnector.core.endpoint.contract.ModelsToHost.ENTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelconnector.core.endpoint.contract.HttpConnection.Answer;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.source.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every host of a {@link io.modelconnector.core.endpoint.FeedEndpoint} has to keep to, so that portals understand it.
 * Extend it and say how a feed comes to be served:
 *
 * <pre>{@code
 * final class AcmeHostContractTest extends FeedHostContractTest {
 *     private final AcmeServer server = new AcmeServer();
 *
 *     @Override
 *     protected URI mount(ModelSource source) {
 *         return server.start(source); // http://localhost:8080/models
 *     }
 *
 *     @Override
 *     protected void unmount() {
 *         server.stop();
 *     }
 * }
 * }</pre>
 *
 * <p>It is in the test jar of {@code connector-core}. A module that extends it needs these dependencies in test scope:
 * {@code io.modelconnector:connector-core} with {@code <type>test-jar</type>},
 * {@code org.junit.jupiter:junit-jupiter} 6 and {@code org.assertj:assertj-core} 3.
 *
 * <p>The host is started once for all tests. They write HTTP/1.1 to sockets, so that nothing in between repairs what the
 * host does; there are 600 of these at once, since a portal asks for all entries at once.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FeedHostContractTest {
    private static final int BURST = 600;
    private static final long PUBLISHED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private URI base;

    /** For subclasses. */
    protected FeedHostContractTest() {}

    /**
     * Starts the host. Called once, before all tests.
     *
     * @param source what the feed that is served has to read; there may be other sources as well
     * @return where the endpoint is reached without TLS, with or without a slash at the end
     */
    protected abstract URI mount(ModelSource source) throws Exception;

    /** Stops the host and the feed. Called once, after all tests, also when {@link #mount} failed. */
    protected abstract void unmount() throws Exception;

    /**
     * Whether the server sends reason phrases, as HTTP/1.1 allows it not to. Newer portals know a feed that is not ready
     * from one that is broken by the phrase {@code Not Found}.
     */
    protected boolean sendsReasonPhrases() {
        return true;
    }

    @BeforeAll
    final void startHost() throws Exception {
        base = URI.create(mount(new ModelsToHost()).toString().replaceAll("/$", ""));
        long deadline = System.nanoTime() + PUBLISHED_NANOS;
        while (!list().text().contains(ENTRY) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(list().text()).as("the list of a feed that reads the source").contains(ENTRY);
    }

    @AfterAll
    final void stopHost() throws Exception {
        unmount();
    }

    @Test
    void listsEntriesAsJson() throws Exception {
        Answer answer = list();

        assertThat(answer.statusLine()).startsWith("HTTP/1.1 200");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"uris\":[\"/").endsWith("\"]}");
    }

    @Test
    void servesEntriesWithAStrongEtagThatLasts() throws Exception {
        Answer answer = get(ENTRY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag"))
                .matches("\"[^\"]+\"")
                .isEqualTo(get(ENTRY).header("ETag"));
        assertThat(answer.text()).contains("\"name\":\"granite-31-8b-host-contract-v1\"");
    }

    @Test
    void remembersNobody() throws Exception {
        assertThat(get(ENTRY).header("Set-Cookie")).isNull();
    }

    @Test
    void answersHeadWithTheHeadersOfGetAndNoBody() throws Exception {
        try (HttpConnection connection = HttpConnection.begin(base)) {
            Answer get = connection.ask("GET", ENTRY);
            Answer head = connection.ask("HEAD", ENTRY);

            assertThat(head.statusLine()).isEqualTo(get.statusLine());
            assertThat(head.lastingHeaders()).isEqualTo(get.lastingHeaders());
            assertThat(connection.ask("GET", ENTRY).sameBody(get))
                    .as("the next answer on the connection is the next answer")
                    .isTrue();
        }
    }

    @Test
    void answersNotModifiedToWhoeverHasIt() throws Exception {
        try (HttpConnection connection = HttpConnection.begin(base)) {
            String etag = connection.ask("GET", ENTRY).header("ETag");
            Answer known = connection.ask("GET", ENTRY, "If-None-Match: " + etag);

            assertThat(known.status()).isEqualTo(304);
            assertThat(known.header("ETag")).isEqualTo(etag);
            assertThat(connection
                            .ask("GET", ENTRY, "If-None-Match: \"other\"", "If-None-Match: " + etag)
                            .status())
                    .as("status for a header that is repeated")
                    .isEqualTo(304);
            assertThat(connection.ask("HEAD", ENTRY, "If-None-Match: " + etag).status())
                    .isEqualTo(304);
            assertThat(connection.ask("GET", ENTRY, "If-None-Match: \"other\"").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void compressesForWhoeverTakesItAndOnce() throws Exception {
        Answer plain = get(ENTRY);
        Answer compressed = get(ENTRY, "Accept-Encoding: gzip, deflate");

        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(compressed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(compressed.body().length).isLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nothing/v1/model-catalog.json", ENTRY + "/", "/list/", "/w%C3%BCrfel"})
    void answersNotFoundAsJson(String path) throws Exception {
        Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @Test
    void saysNotFoundInWords() throws Exception {
        assumeTrue(sendsReasonPhrases(), "this server sends no reason phrases");

        assertThat(get("/nothing").statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void saysWhichMethodsThereAre(String method) throws Exception {
        Answer answer = HttpConnection.ask(base, method, ENTRY, "Content-Length: 0");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @Test
    void findsEntriesUnderEncodedPaths() throws Exception {
        Answer plain = get(ENTRY);

        assertThat(get(ENTRY.replace("granite-", "granite%2D").replace(".json", "%2ejson"))
                        .sameBody(plain))
                .isTrue();
        assertThat(get("/%6Cist").sameBody(list())).isTrue();
    }

    @Test
    void tellsTheSlashesOfANameFromThoseThatSeparate() throws Exception {
        String path = TechDocsUrl.ofConnector(null, CARD).text();
        Answer card = get(path);

        assertThat(path).contains("/lab%2Fmodels/", "/caf%C3%A9/", "%20", "%2525");
        assertThat(card.text()).isEqualTo(CARD_TEXT);
        assertThat(card.header("Content-Type")).matches("(?i)text/markdown; ?charset=utf-8");
        assertThat(get(path.replace("lab%2F", "lab/")).status())
                .as("status of a path in which the slash separates")
                .isEqualTo(404);
        assertThat(get(path.replace("%2525", "%25")).status())
                .as("status of a path that would be right if it was decoded twice")
                .isEqualTo(404);
        assertThat(get(ENTRY.replace("/v1/", "%2Fv1/")).status())
                .as("status of a path in which a slash is a part of a name")
                .isEqualTo(404);
    }

    @Test
    void readsQueriesAsTheyAreSent() throws Exception {
        String key = URLEncoder.encode(CARD.key(), StandardCharsets.UTF_8);

        assertThat(key).contains("%2F", "%C3%A9", "%2B%2B", "%2525");
        assertThat(get("/modelcard?key=" + key).text()).isEqualTo(CARD_TEXT);
        assertThat(get("/modelcard?other=&key=" + key).text()).isEqualTo(CARD_TEXT);
        assertThat(get("/modelcard?key=" + key.replace("%2B", "+")).status())
                .as("status for a plus, which is a space")
                .isEqualTo(404);
        assertThat(get("/modelcard?key=two+spaces%20here").text()).contains("there is no model card two spaces here");
    }

    @Test
    void answersABurstOfNewConnections() throws Exception {
        Answer entry = get(ENTRY);
        List<HttpConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < BURST; i++) {
                connections.add(HttpConnection.begin(base));
            }
            for (HttpConnection connection : connections) {
                connection.send("GET", ENTRY, "Connection: keep-alive");
            }
            for (HttpConnection connection : connections) {
                Answer answer = connection.receive("GET");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.sameBody(entry)).as("the whole entry").isTrue();
            }
        } finally {
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
    }

    private Answer list() throws IOException {
        return get("/list");
    }

    private Answer get(String target, String... headers) throws IOException {
        return HttpConnection.ask(base, "GET", target, headers);
    }
}
