package io.modelconnector.kserve.backstage;

import io.modelconnector.kserve.testing.PromptSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import org.jspecify.annotations.Nullable;

/** A Backstage that publishes the keys of its plugins, and fails as told. Thread-safe. */
final class FakeBackstage implements AutoCloseable {
    private static final Pattern KEYS = Pattern.compile("/api/([^/]+)/\\.backstage/auth/v1/jwks\\.json");

    private final MockWebServer server = new MockWebServer();
    private final Map<String, List<Map<String, Object>>> keys = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable MockResponse failure;
    private volatile Runnable before = () -> {};

    FakeBackstage() {
        this(null);
    }

    FakeBackstage(@Nullable HandshakeCertificates certificates) {
        server.setServerSocketFactory(new PromptSockets());
        if (certificates != null) {
            server.useHttps(certificates.sslSocketFactory());
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return server.url("/").uri();
    }

    /** Publishes these keys of a plugin and no others. */
    void publish(String plugin, SigningKey... published) {
        keys.put(plugin, Stream.of(published).map(SigningKey::jwk).toList());
    }

    void publish(String plugin, List<Map<String, Object>> published) {
        keys.put(plugin, published);
    }

    /** The requests so far, for instance {@code "GET /api/catalog/.backstage/auth/v1/jwks.json"}. */
    List<String> requests() {
        return requests;
    }

    void answer(MockResponse instead) {
        failure = instead;
    }

    void answer(int status) {
        answer(new MockResponse.Builder().code(status).build());
    }

    void answer(String body) {
        answer(new MockResponse.Builder().body(body).build());
    }

    /** Takes requests and says nothing. */
    void hang() {
        answer(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
    }

    void breakConnections() {
        answer(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
    }

    void recover() {
        failure = null;
    }

    /** Runs before each answer. */
    void before(Runnable action) {
        before = action;
    }

    @Override
    public void close() {
        server.close();
    }

    private MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        requests.add(request.getMethod() + ' ' + path);
        before.run();
        MockResponse instead = failure;
        if (instead != null) {
            return instead;
        }
        Matcher plugin = KEYS.matcher(path);
        if (!plugin.matches()) {
            return new MockResponse.Builder().code(404).build();
        }
        byte[] document = TestToken.json(Map.of("keys", keys.getOrDefault(plugin.group(1), List.of())));
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json; charset=utf-8")
                .body(new String(document, StandardCharsets.UTF_8))
                .build();
    }
}
