package io.modelconnector.examples.sidecars.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.MemorySource;
import io.modelconnector.examples.sidecars.http.RawHttp.Answer;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointHandlerTest {
    private static final String GRANITE = "/granite-31-8b/v1/model-catalog.json";
    private static final String CARD = "/modelcard?key=labmodelsgranite-3.1-8b";

    private final MemorySource source = new MemorySource()
            .model("granite-3.1-8b", "Chat and summaries. ".repeat(100), "# Granite\n\nfür alle\n")
            .model("mistral-small", "Short.", "# Mistral\n");
    private final ConcurrentLinkedQueue<String> observed = new ConcurrentLinkedQueue<>();
    private final HttpHost host = HttpHost.forReading();
    private ModelFeed feed;
    private int port;

    @BeforeEach
    void serve() {
        feed = ModelFeed.builder().source(source).build();
        HttpHost.Listener listener = host.bind("--address", ListenAddress.parse("127.0.0.1:0"));
        listener.serve(EndpointHandler.ofFeed(
                FeedEndpoint.of(feed), host.waiting(), (route, status) -> observed.add(route + " " + status)));
        port = listener.port();
        host.start();
    }

    @AfterEach
    void close() {
        host.close();
        feed.close();
    }

    @Test
    void listsEntriesAsJson() throws Exception {
        publish();
        Answer answer = ask("GET /list");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"uris\":[\"" + GRANITE + "\",\"/mistral-small/v1/model-catalog.json\"]}");
    }

    @Test
    void saysNothingAboutTheServer() throws Exception {
        publish();

        assertThat(ask("GET /list").headers()).noneMatch(line -> line.matches("(?i)(server|x-powered-by):.*"));
    }

    @Test
    void servesAnEntryWithAStrongEtag() throws Exception {
        publish();
        Answer answer = ask("GET " + GRANITE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).matches("\"[^\"]+\"");
        assertThat(answer.text()).contains("\"name\":\"granite-31-8b-v1\"");
    }

    @Test
    void answersHeadWithTheHeadersOfGetAndNoBody() throws Exception {
        publish();
        try (RawHttp http = new RawHttp(port)) {
            Answer get = http.ask("GET " + GRANITE);
            Answer head = http.ask("HEAD " + GRANITE);

            assertThat(head.status()).isEqualTo(200);
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
            assertThat(http.ask("GET /list").status())
                    .as("the connection is not out of step")
                    .isEqualTo(200);
        }
    }

    @Test
    void answersNotModifiedToWhoeverHasIt() throws Exception {
        publish();
        try (RawHttp http = new RawHttp(port)) {
            String etag = http.ask("GET " + GRANITE).header("ETag");

            assertThat(http.ask("GET " + GRANITE, "If-None-Match: " + etag).statusLine())
                    .isEqualTo("HTTP/1.1 304 Not Modified");
            assertThat(http.ask("GET " + GRANITE, "If-None-Match: \"other\"", "If-None-Match: " + etag)
                            .status())
                    .as("in a header that is repeated")
                    .isEqualTo(304);
            assertThat(http.ask("GET " + GRANITE, "If-None-Match: \"other\"").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void compressesForWhoeverTakesIt() throws Exception {
        publish();
        Answer plain = ask("GET " + GRANITE);
        Answer compressed = ask("GET " + GRANITE, "Accept-Encoding: gzip, deflate");

        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(compressed.body()).hasSizeLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(compressed.header("ETag")).isNotEqualTo(plain.header("ETag"));
    }

    @Test
    void servesCardsAsMarkdown() throws Exception {
        publish();
        Answer answer = ask("GET " + CARD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/markdown");
        assertThat(answer.text()).isEqualTo("# Granite\n\nfür alle\n");
    }

    @Test
    void findsEntriesAndCardsUnderEncodedPaths() throws Exception {
        publish();

        assertThat(ask("GET /granite%2D31-8b/v1/model%2dcatalog.json").status()).isEqualTo(200);
        assertThat(ask("GET /%6Cist").status()).isEqualTo(200);
        assertThat(ask("GET /model%63ard?key=lab%6dodelsgranite-3.1-8b").text()).startsWith("# Granite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/nothing/v1/model-catalog.json",
                "/granite-31-8b/v1/other.json",
                "/granite-31-8b/v1/model-catalog.json/",
                "/modelcard?key=nothing",
                "/list/",
                "/w%C3%BCrfel"
            })
    void answersNotFoundAsJsonForAnythingElse(String path) throws Exception {
        publish();
        Answer answer = ask("GET " + path);

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /list", "DELETE " + GRANITE, "PUT " + CARD, "OPTIONS /list"})
    void answersMethodNotAllowedWithWhatIs(String request) throws Exception {
        publish();
        Answer answer = ask(request, "Content-Length: 0");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /a%zz |",
                "GET /a%C3 |",
                "GET /modelcard |",
                "GET /modelcard?key= |",
                "GET /modelcard?key=%zz |",
                "GET /modelcard?key=%C3 |",
                "GET /list | If-None-Match: no-quotes",
                "GET /list | Content-Length: many",
                "GET /list | Transfer-Encoding: nonsense",
                "GET list |",
                "GET /li\tst |",
            })
    void answersBadRequestAsJsonToWhatIsMalformed(String request, String header) throws Exception {
        publish();
        Answer answer = header == null ? ask(request) : ask(request, header);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        Answer answer = ask("GET /list", "X-Long: " + "x".repeat(20_000));

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
        assertThat(answer.text()).startsWith("{\"error\":\"");
    }

    @Test
    void saysWhenToComeBackBeforeAnythingIsPublished() throws Exception {
        Answer answer = ask("GET /list");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(answer.header("Retry-After")).matches("\\d+");
    }

    @Test
    void answersEverythingElseWhileCardsAreFetched() throws Exception {
        publish();
        CountDownLatch fetched = new CountDownLatch(1);
        source.cardsWaitFor(fetched);
        List<RawHttp> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawHttp reader = new RawHttp(port);
            reader.send("GET " + CARD);
            readers.add(reader);
        }

        assertThat(ask("GET /list").status()).isEqualTo(200);
        assertThat(ask("GET " + GRANITE).status()).isEqualTo(200);

        fetched.countDown();
        for (RawHttp reader : readers) {
            assertThat(reader.receive(false).text()).startsWith("# Granite");
            reader.close();
        }
    }

    @Test
    void answersManyRequestsOnOneConnection() throws Exception {
        publish();
        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 200; i++) {
                assertThat(http.ask("GET " + GRANITE).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void tellsTheObserverOfEachAnswer() throws Exception {
        publish();
        ask("GET /list");
        ask("GET " + GRANITE);
        ask("GET /nothing");
        ask("GET " + CARD);

        assertThat(observed).containsExactly("LIST 200", "ENTRY 200", "ENTRY 404", "CARD 200");
    }

    private void publish() throws InterruptedException {
        feed.start();
        assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
    }

    private Answer ask(String requestLine, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.ask(requestLine, headers);
        }
    }

    private static List<String> withoutDate(Answer answer) {
        return answer.headers().stream()
                .filter(line -> !line.startsWith("Date:"))
                .toList();
    }
}
