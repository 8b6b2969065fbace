package io.modelconnector.core.endpoint.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedServletTest {
    private static final Map<String, String> HEADERS = new ConcurrentHashMap<>();
    private static volatile FeedRequest asked;
    private static TomcatHost tomcat;

    @TempDir
    static Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        tomcat = new TomcatHost(directory, new FeedServlet(FeedServletTest::answer))
                .context("", "/", "/models/*")
                .context("/own", "/")
                .context("/all", "/*")
                .context("/portal", "/models/*", "/ai/feed/*")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/,                                      /,              -",
                "/list,                                  /list,          -",
                "/a/b%2Fc/d?key=a+b%20c,                 /a/b%2Fc/d,     key=a+b%20c",
                "/models/list,                           /list,          -",
                "/models,                                /,              -",
                "/models/,                               /,              -",
                "/models/models/models,                  /models/models, -",
                "/own/list,                              /list,          -",
                "/all/a%2525b,                           /a%2525b,       -",
                "/portal/ai/feed/a%2Fb/c%25/d,           /a%2Fb/c%25/d,  -",
                "/portal/%6Dodels/%6Cist,                /%6Cist,        -",
                "//portal//models/list,                  /list,          -",
                "/portal/models//list/,                  //list/,        -",
                "/portal;a=b/models;c/list;jsessionid=1, /list,          -",
                "/portal/models/a;v=1;jsessionid=2.x/b,  /a;v=1/b,       -",
            })
    void handsOnWhatComesBelowItAsItCame(String target, String rawPath, String rawQuery) throws Exception {
        assertThat(ask("GET", target).statusCode()).isEqualTo(200);
        assertThat(asked.rawPath()).isEqualTo(rawPath);
        assertThat(asked.rawQuery()).isEqualTo(rawQuery);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"})
    void letsTheEndpointDecideAboutAllMethods(String method) throws Exception {
        assertThat(ask(method, "/list").headers().firstValue("X-Endpoint")).hasValue("asked");
        assertThat(asked.method()).isEqualTo(method);
    }

    @Test
    void joinsTheValuesOfRepeatedHeaders() throws Exception {
        ask("GET", "/list", "If-None-Match", "\"a\", \"b\"", "If-None-Match", "\"c\"");

        assertThat(HEADERS)
                .containsEntry("if-none-match", "\"a\", \"b\",\"c\"")
                .containsEntry("Host", tomcat.address().getAuthority())
                .doesNotContainKey("Authorization");
    }

    @Test
    void tellsWhoIsAtTheOtherEnd() throws Exception {
        ask("GET", "/list", "X-Forwarded-For", "192.0.2.1");

        assertThat(asked.client().getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void makesNoSession() throws Exception {
        ask("GET", "/list");

        assertThat(tomcat.sessions()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10, 192.0.2.10",
        "::1, 0:0:0:0:0:0:0:1",
        "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
        "2001:db8::a, 2001:db8:0:0:0:0:0:a",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void knowsAddressesAsContainersWriteThem(String text, String address) {
        assertThat(ClientAddress.of(text).getHostAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "unknown:80",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1:80",
                "192.0.2.010",
                "a.b.c.d",
                "dead",
                "dead.beef",
                "::1::",
                "fe80::1%nosuchinterface"
            })
    void asksNoNameServiceForWhatIsNoAddress(String text) {
        assertThat(ClientAddress.of(text)).isNull();
    }

    private static FeedResponse answer(FeedRequest request) {
        asked = request;
        // Read here, since containers use their objects again for the next request.
        for (String name : List.of("if-none-match", "Host", "Authorization")) {
            Optional.ofNullable(request.header().apply(name)).ifPresent(value -> HEADERS.put(name, value));
        }
        byte[] body = request.method().equals("HEAD") ? new byte[0] : "ok".getBytes(StandardCharsets.UTF_8);
        return new FeedResponse(200, Map.of("Content-Length", "2", "X-Endpoint", "asked"), ByteBuffer.wrap(body));
    }

    private HttpResponse<String> ask(String method, String target, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tomcat.address() + target))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.noBody());
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }
}
