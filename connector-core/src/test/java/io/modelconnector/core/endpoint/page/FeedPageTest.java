package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is asked for and sent. */
@Timeout(60)
class FeedPageTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private SampleFeed sample;
    private FeedEndpoint endpoint;

    @BeforeEach
    void publish() throws InterruptedException {
        sample = SampleFeed.small();
        endpoint = FeedEndpoint.builder(sample.feed)
                .page(FeedPage.builder(sample.feed)
                        .title("Models of the platform")
                        .link("Health", URI.create("http://localhost:8081/health"))
                        .clock(Clock.fixed(Instant.now(), ZoneOffset.UTC))
                        .nanoTime(nanoTime::get)
                        .build())
                .build();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    @Test
    void aBrowserIsShownThePage() {
        HtmlDocument page = Browser.open(endpoint, "/");

        assertThat(page.texts("title")).containsExactly("Models – Models of the platform");
        assertThat(page.texts("h1")).containsExactly("Models");
    }

    @Test
    void thePageCanBeForSomeOnly() {
        FeedEndpoint forThisMachine = FeedEndpoint.builder(sample.feed)
                .page(FeedPage.of(sample.feed), RequestAuthenticator.loopbackOnly("set FEED_PAGE=true"))
                .build();
        Map<String, String> headers = Map.of("Accept", "text/html", "Host", "localhost:9090");

        FeedResponse here = forThisMachine.handle(
                new FeedRequest("GET", "/", null, headers::get, InetAddress.getLoopbackAddress()));
        FeedResponse elsewhere = forThisMachine.handle(new FeedRequest("GET", "/", null, headers::get));

        assertThat(here.status()).isEqualTo(200);
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(StandardCharsets.UTF_8.decode(elsewhere.body()).toString()).contains("set FEED_PAGE=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/xml, Text/HTML;q=0.5", "text/html;charset=utf-8;q=1", "*/*,text/html"})
    void whoeverNamesHtmlIsABrowser(String accept) {
        assertThat(ask("GET", "/", Map.of("Accept", accept)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*/*", "application/json", "text/*", "text/html;q=0", "text/html ; q=0.000", "text/htmlx"})
    void everybodyElseFindsNothingAtTheRoot(String accept) {
        FeedResponse response = ask("GET", "/", accept.isEmpty() ? Map.of() : Map.of("Accept", accept));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Vary", "Accept");
        assertThat(Browser.text(response)).startsWith("{\"error\":\"");
    }

    @Test
    void withoutBeingAskedForThereIsNoPage() {
        assertThat(Browser.get(FeedEndpoint.of(sample.feed), "/").status()).isEqualTo(404);
    }

    @Test
    void whatIsServedBesideThePageStaysAsItIs() {
        assertThat(Browser.get(endpoint, "/list").headers()).containsEntry("Content-Type", "application/json");
        assertThat(Browser.get(endpoint, "/whisper/140/model-catalog.json").status())
                .isEqualTo(200);
        assertThat(Browser.get(endpoint, "/index.html").status()).isEqualTo(404);
    }

    @Test
    void nothingIsLoadedOrRunButWhatThePolicyNames() throws Exception {
        FeedResponse response = Browser.get(endpoint, "/");
        HtmlDocument page = Browser.document(response);

        assertThat(response.headers())
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("Cache-Control", "no-cache");
        assertThat(response.headers().get("Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "base-uri 'none'",
                        "frame-ancestors 'none'",
                        "form-action 'self'",
                        "style-src '" + hash(page.one("style").text().toString()) + "';",
                        "script-src '" + hash(page.one("script").text().toString()) + "';")
                .doesNotContain("unsafe", "*", "http");
        assertThat(page.all("img")).isEmpty();
        assertThat(page.one("link").attribute("href")).startsWith("data:image/svg+xml,");
        assertThat(page.all())
                .allSatisfy(element -> assertThat(element.attributes().keySet())
                        .noneMatch(name -> name.startsWith("on") || name.equals("style") || name.equals("src")));
    }

    @Test
    void everyLinkWorksWhereverTheHostMountsThePage() {
        for (String view : new String[] {"/", "/?view=endpoints", "/?view=problems", "/?entry=whisper/140"}) {
            assertThat(Browser.open(endpoint, view).all("a"))
                    .extracting(link -> link.attribute("href"))
                    .isNotEmpty()
                    .noneMatch(target -> target.startsWith("/"));
        }
    }

    @Test
    void aPageThatTheBrowserHasIsNotSentAgain() {
        FeedResponse first = Browser.get(endpoint, "/");
        nanoTime.addAndGet(5_000_000_000L);
        FeedResponse again = ask(
                "GET",
                "/",
                Map.of(
                        "Accept",
                        Browser.ACCEPT,
                        "If-None-Match",
                        first.headers().get("ETag")));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().remaining()).isZero();
        assertThat(again.headers())
                .containsEntry("ETag", first.headers().get("ETag"))
                .containsEntry("Vary", "Accept, Accept-Encoding")
                .containsKey("Content-Security-Policy");
    }

    @Test
    void itIsCompressedForWhoTakesThat() throws IOException {
        FeedResponse plain = Browser.get(endpoint, "/");
        FeedResponse gzip = ask("GET", "/", Map.of("Accept", "text/html", "Accept-Encoding", "gzip, br"));

        assertThat(gzip.headers())
                .containsEntry("Content-Encoding", "gzip")
                .containsEntry("Vary", "Accept, Accept-Encoding");
        byte[] packed = new byte[gzip.body().remaining()];
        gzip.body().get(packed);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(Browser.text(plain).getBytes(StandardCharsets.UTF_8));
        assertThat(packed.length).isLessThan(plain.body().remaining() / 3);
    }

    @Test
    void headIsAnsweredAsGetAndWritesAreRefused() {
        FeedResponse head = ask("HEAD", "/", Map.of("Accept", Browser.ACCEPT));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(Browser.get(endpoint, "/").headers());
        assertThat(head.body().remaining()).isZero();
        FeedResponse post = ask("POST", "/", Map.of("Accept", Browser.ACCEPT));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void onlyThePageMayHaveToBeWaitedFor() {
        assertThat(endpoint.mayWait(Browser.request("GET", "/", Map.of("Accept", Browser.ACCEPT))))
                .isTrue();
        assertThat(endpoint.mayWait(Browser.request("GET", "/", Map.of("Accept", "*/*"))))
                .isFalse();
        assertThat(endpoint.mayWait(Browser.request("GET", "/list", Map.of("Accept", Browser.ACCEPT))))
                .isFalse();
    }

    @Test
    void aViewIsWrittenOncePerSecondHoweverOftenItIsAskedFor() {
        FeedPage page = FeedPage.builder(sample.feed).nanoTime(nanoTime::get).build();
        PageView first = view(page, Map.of("q", "granite"));

        nanoTime.addAndGet(900_000_000L);
        assertThat(view(page, Map.of("q", " granite", "page", "1"))).isSameAs(first);
        assertThat(view(page, Map.of("q", "llama"))).isNotSameAs(first);
        nanoTime.addAndGet(200_000_000L);
        assertThat(view(page, Map.of("q", "granite"))).isNotSameAs(first);
    }

    @Test
    void aMalformedQueryIsRefusedAndNonsenseInItIsIgnored() {
        assertThat(Browser.get(endpoint, "/?q=%zz").status()).isEqualTo(400);
        assertThat(Browser.get(endpoint, "/?q=a&q=b").status()).isEqualTo(400);
        for (String query :
                new String[] {"?page=-1", "?page=99999999999999", "?show=%3Cb%3E", "?view=x", "?sort=", "?utm=1"}) {
            assertThat(Browser.open(endpoint, "/" + query).texts("h1")).containsExactly("Models");
        }
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        FeedPage.Builder builder = FeedPage.builder(sample.feed);

        assertThatThrownBy(() -> builder.title(" "))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("title");
        assertThatThrownBy(() -> builder.link("Metrics", URI.create("javascript:alert(1)")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"Metrics\"", "http");
    }

    private PageView view(FeedPage page, Map<String, String> parameters) {
        return page.view(parameters, new NoDocumentation()).orElseThrow();
    }

    private FeedResponse ask(String method, String target, Map<String, String> headers) {
        return endpoint.handle(Browser.request(method, target, headers));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
