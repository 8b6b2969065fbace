package io.modelconnector.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.modelconnector.core.feed.ModelFeed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GRANITE = "/granite-31-8b-instruct/v14/model-catalog.json";

    private final FakeRegistry registry = new FakeRegistry("token-of-the-test");
    private final MockWebServer platform = new MockWebServer();
    private final MockWebServer cluster = new MockWebServer();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @BeforeEach
    void startUpstreams() throws Exception {
        platform.setDispatcher(registry);
        cluster.setDispatcher(new ClusterWithoutKServe());
        platform.start();
        cluster.start();
    }

    @AfterEach
    void closeUpstreams() {
        platform.close();
        cluster.close();
    }

    @Test
    void servesWhatTheRegistryHas() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "token-of-the-test\n");
        URI base = platform.url("/").uri();
        ApiClient client = new ClientBuilder()
                .setBasePath(cluster.url("/").toString().replaceAll("/$", ""))
                .build();
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

        try (ModelFeed feed = Quickstart.feed(base, base, token, client)) {
            HttpServer server = Quickstart.serve(feed, anywhere);
            try {
                String own = "http://localhost:" + server.getAddress().getPort();
                assertThat(feed.awaitPublished(PATIENCE)).isTrue();

                assertThat(get(own + "/list").body()).isEqualTo("{\"uris\":[\"" + GRANITE + "\"]}");
                HttpResponse<String> entry = get(own + GRANITE);
                assertThat(entry.body()).contains("\"name\":\"granite-31-8b-instruct-v14\"");
                String etag = entry.headers().firstValue("ETag").orElseThrow();
                assertThat(get(own + GRANITE, "If-None-Match", etag).statusCode())
                        .isEqualTo(304);
                assertThat(get(own + "/nothing").statusCode()).isEqualTo(404);
                assertThat(head(own + GRANITE).headers().firstValue("Content-Length"))
                        .isEqualTo(entry.headers().firstValue("Content-Length"));
            } finally {
                server.stop(0);
            }
        }
    }

    private HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> head(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method("HEAD", BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
