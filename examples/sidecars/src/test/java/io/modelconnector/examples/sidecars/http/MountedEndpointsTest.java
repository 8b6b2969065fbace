package io.modelconnector.examples.sidecars.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.examples.sidecars.http.RawHttp.Answer;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that take bodies, and the probes before them. */
class MountedEndpointsTest {
    private final ConcurrentLinkedQueue<String> observed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
    private HttpHost host;
    private volatile Optional<String> waitingFor = Optional.of("its entries");

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void readsBodiesOnThreadsThatMayWaitAndAnswersReadsWithoutThem() throws Exception {
        int port = serve(HttpHost.forReading(), true);
        try (RawHttp http = new RawHttp(port)) {
            assertThat(post(http, "/upsert?key=a_b", "four").text()).isEqualTo("POST /upsert four");
            assertThat(http.ask("GET /list").text()).isEqualTo("GET /list ");
            assertThat(http.ask("DELETE /remove?key=a_b").text()).isEqualTo("DELETE /remove ");
        }

        assertThat(List.copyOf(threads))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("http-waiting-"),
                        second -> assertThat(second).doesNotStartWith("http-waiting-"),
                        third -> assertThat(third).startsWith("http-waiting-"));
        assertThat(observed).containsExactly("UPSERT 200", "LIST 200", "REMOVE 200");
    }

    @Test
    void hasRoomForManyAnswersThatWaitForOneAnother() throws Exception {
        CountDownLatch all = new CountDownLatch(64);
        host = HttpHost.forStoring();
        int port = mount(EndpointHandler.ofStore(
                (request, body) -> {
                    all.countDown();
                    try {
                        all.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return text("done");
                },
                host.waiting(),
                RequestObserver.NONE));
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            RawHttp client = new RawHttp(port);
            client.send("GET /fetch?key=a_b");
            clients.add(client);
        }
        for (RawHttp client : clients) {
            assertThat(client.receive(false).text()).isEqualTo("done");
            client.close();
        }
    }

    @Test
    void takesQueriesWithTheKeysOfThousandsOfEntriesWhereTheyAreSent() throws Exception {
        String keys = "a-model-with-a-long-name_version-1%2C".repeat(5000);
        int port = serve(HttpHost.forStoring(), false);
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.ask("POST /currentkeyset?key=" + keys, "Content-Length: 0")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(observed).containsExactly("KEY_SET 200");
    }

    @Test
    void answersProbesBeforeAnythingElse() throws Exception {
        int port = serve(HttpHost.forStoring(), false);
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.ask("GET /healthz").status()).isEqualTo(200);
            Answer waiting = http.ask("GET /readyz");
            assertThat(waiting.status()).isEqualTo(503);
            assertThat(waiting.text()).isEqualTo("{\"status\":\"waiting for its entries\"}");
            waitingFor = Optional.empty();
            assertThat(http.ask("GET /readyz").text()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(http.ask("HEAD /readyz").status()).isEqualTo(200);
            assertThat(http.ask("POST /healthz", "Content-Length: 0").header("Allow"))
                    .isEqualTo("GET, HEAD");
            assertThat(http.ask("GET /healthz/x/y").text()).isEqualTo("GET /healthz/x/y ");
            assertThat(http.ask("GET /health").text()).as("for operators only").isEqualTo("GET /health ");
        }

        assertThat(observed)
                .containsExactly(
                        "PROBE 200", "PROBE 503", "PROBE 200", "PROBE 200", "PROBE 405", "ENTRY 200", "ENTRY 200");
    }

    private int serve(HttpHost made, boolean fromMemory) {
        host = made;
        RequestObserver observer = (route, status) -> observed.add(route + " " + status);
        EndpointHandler endpoint = fromMemory
                ? EndpointHandler.of(this::echo, request -> !request.method().equals("GET"), host.waiting(), observer)
                : EndpointHandler.ofStore(this::echo, host.waiting(), observer);
        return mount(new ProbedHandler(new HealthPages(new Health()), endpoint, observer));
    }

    private int mount(org.eclipse.jetty.server.Handler handler) {
        HttpHost.Listener listener = host.bind("--address", ListenAddress.parse("127.0.0.1:0"));
        listener.serve(handler);
        host.start();
        return listener.port();
    }

    private FeedResponse echo(FeedRequest request, InputStream body) {
        threads.add(Thread.currentThread().getName());
        try {
            String sent = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return text(request.method() + ' ' + request.rawPath() + ' ' + sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FeedResponse text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new FeedResponse(200, Map.of("Content-Length", Integer.toString(bytes.length)), ByteBuffer.wrap(bytes));
    }

    private static Answer post(RawHttp http, String target, String body) throws IOException {
        return http.ask("POST " + target, "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private final class Health implements RoleHealth {
        @Override
        public Optional<String> waitingFor() {
            return waitingFor;
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("entries", 3);
        }
    }
}
