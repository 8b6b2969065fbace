package io.modelconnector.examples.sidecars.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.HealthEndpoint;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.MemorySource;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpHostTest {
    private static final ListenAddress ANY = ListenAddress.parse("127.0.0.1:0");

    @Test
    void namesTheFlagAndThePortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                HttpHost host = HttpHost.forReading()) {
            ListenAddress taken = new ListenAddress("127.0.0.1", other.getLocalPort());

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> host.bind("--address", taken))
                    .withMessageStartingWith("--address=127.0.0.1:" + other.getLocalPort() + ": ")
                    .withMessageContaining("port " + other.getLocalPort() + " is in use");
        }
    }

    @Test
    void namesTheHostThatIsNotOneOfThisMachine() {
        try (HttpHost host = HttpHost.forReading()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> host.bind("--metrics-address", ListenAddress.parse("nowhere.invalid:8081")))
                    .withMessageContaining("--metrics-address=nowhere.invalid:8081")
                    .withMessageContaining("no address \"nowhere.invalid\"");
        }
    }

    @Test
    void freesItsPortsWhenItIsClosedBeforeItWasStarted() throws Exception {
        HttpHost host = HttpHost.forReading();
        int port = host.bind("--address", ANY).port();
        host.close();

        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void answersAtEachAddressWithItsOwnHandler() throws Exception {
        MemorySource source = new MemorySource();
        try (ModelFeed feed = ModelFeed.builder().source(source).build();
                HttpHost host = HttpHost.forReading()) {
            HttpHost.Listener models = host.bind("--address", ANY);
            HttpHost.Listener operations = host.bind("--metrics-address", ANY);
            models.serve(EndpointHandler.ofFeed(FeedEndpoint.of(feed), host.waiting(), RequestObserver.NONE));
            operations.serve(new OperationsHandler(HealthEndpoint.of(feed)::handle, () -> "models 3\n"));
            host.start();

            try (RawHttp http = new RawHttp(models.port())) {
                assertThat(http.ask("GET /healthz").status()).isEqualTo(404);
                assertThat(http.ask("GET /list").status()).isEqualTo(503);
            }
            try (RawHttp http = new RawHttp(operations.port())) {
                assertThat(http.ask("GET /list").status()).isEqualTo(404);
                assertThat(http.ask("GET /healthz").status()).isEqualTo(200);
                assertThat(http.ask("GET /readyz").status()).isEqualTo(503);
                assertThat(http.ask("GET /health").text()).contains("\"published\":false");
                assertThat(http.ask("GET /metrics").text()).isEqualTo("models 3\n");
                assertThat(http.ask("HEAD /metrics").header("Content-Length")).isEqualTo("9");
                assertThat(http.ask("POST /metrics", "Content-Length: 0").header("Allow"))
                        .isEqualTo("GET, HEAD");
            }
        }
    }

    @Test
    void letsTheRequestsUnderWayEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch fetched = new CountDownLatch(1);
        HttpHost host = HttpHost.forReading();
        HttpHost.Listener listener = host.bind("--address", ANY);
        listener.serve(new SlowHandler(host, asked, fetched));
        host.start();
        try (RawHttp http = new RawHttp(listener.port())) {
            http.send("GET /slow");
            asked.await();
            Thread closing = new Thread(host::close);
            closing.start();
            fetched.countDown();

            assertThat(http.receive(false).text()).isEqualTo("done");
            closing.join(10_000);
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void closesInSecondsThoughARequestHangs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        HttpHost host = HttpHost.forReading();
        HttpHost.Listener listener = host.bind("--address", ANY);
        listener.serve(new SlowHandler(host, asked, new CountDownLatch(1)));
        host.start();
        try (RawHttp http = new RawHttp(listener.port())) {
            http.send("GET /slow");
            asked.await();
            Thread closing = new Thread(host::close);
            closing.start();
            closing.join(10_000);

            assertThat(closing.isAlive()).isFalse();
        }
        host.close();
        assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> new Socket("127.0.0.1", listener.port()).close());
    }
}
