package io.modelconnector.rhoai.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** An HTTP server on loopback that logs requests, and answers as told where told. */
public abstract class FakeServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final PromptSockets sockets = new PromptSockets();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Not started yet. */
    protected FakeServer() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                requests.add(request);
                mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                try {
                    return respond(request);
                } finally {
                    underWay.decrementAndGet();
                }
            }
        });
    }

    private record Rule(Pattern target, AtomicInteger left, Supplier<MockResponse> response) {}

    /** Held requests wait until they are released. */
    public static final class Hold {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until a request is held. */
        public void awaitArrival() throws InterruptedException {
            if (!arrived.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("no request arrived");
            }
        }

        /** Lets them go on. */
        public void release() {
            released.countDown();
        }
    }

    /** Starts it, with TLS if there is a factory for it. */
    protected void start(SSLSocketFactory tls) {
        server.setServerSocketFactory(sockets);
        if (tls != null) {
            server.useHttps(tls);
        }
        try {
            server.start(InetAddress.getByName("localhost"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MockResponse respond(RecordedRequest request) throws InterruptedException {
        for (Rule rule : rules) {
            if (rule.target().matcher(request.getTarget()).find() && rule.left().getAndDecrement() > 0) {
                MockResponse response = rule.response().get();
                if (response != null) {
                    return response;
                }
            }
        }
        return answer(request);
    }

    /** The answer where no rule says otherwise. */
    protected abstract MockResponse answer(RecordedRequest request);

    /** Its address. */
    public URI base() {
        return base("/");
    }

    /** Its address without a slash at the end, with a path. */
    public URI base(String path) {
        return server.url(path).newBuilder().host("localhost").build().uri();
    }

    /** Its port. */
    public int port() {
        return server.getPort();
    }

    /** Answers requests whose path and query match with this. */
    public void on(String regex, Supplier<MockResponse> response) {
        on(regex, Integer.MAX_VALUE, response);
    }

    /** Answers so many of the next requests whose path and query match with this. */
    public void on(String regex, int times, Supplier<MockResponse> response) {
        rules.add(new Rule(Pattern.compile(regex), new AtomicInteger(times), response));
    }

    /** Fails requests whose path and query match. */
    public void fail(String regex, int status) {
        on(regex, () -> error(status, "boom"));
    }

    /** Closes the connection of requests whose path and query match. */
    public void drop(String regex) {
        on(
                regex,
                () -> new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
    }

    /** Holds the requests whose path and query match, and then answers them as usual. */
    public Hold hold(String regex) {
        Hold hold = new Hold();
        on(regex, () -> {
            hold.arrived.countDown();
            try {
                hold.released.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        return hold;
    }

    /** Forgets all rules. */
    public void heal() {
        rules.clear();
    }

    /** An error as registries answer it. */
    public static MockResponse error(int status, String message) {
        return json(status, "{\"code\":\"Error\",\"message\":\"" + message + "\"}");
    }

    /** Some JSON. */
    public static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json; charset=UTF-8")
                .body(body)
                .build();
    }

    /** Some JSON. */
    static MockResponse json(JsonNode body) {
        return json(200, body.toString());
    }

    /** A page with these items, in JSON. */
    public static MockResponse page(String items) {
        return json(200, "{\"items\":[" + items + "],\"nextPageToken\":\"\",\"pageSize\":0,\"size\":0}");
    }

    /** The requests so far, which are forgotten. */
    public List<RecordedRequest> takeRequests() {
        List<RecordedRequest> taken = new ArrayList<>(requests);
        requests.clear();
        return taken;
    }

    /** The paths below the API of the requests so far, without query, which are forgotten. */
    public List<String> takePaths() {
        return takeRequests().stream()
                .map(request -> request.getUrl().encodedPath().replaceFirst("^.*?/v1alpha[13]", ""))
                .toList();
    }

    /** How many requests were under way at once at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** How many connections are open. */
    public long openConnections() {
        return sockets.open();
    }

    @Override
    public void close() {
        server.close();
    }
}
