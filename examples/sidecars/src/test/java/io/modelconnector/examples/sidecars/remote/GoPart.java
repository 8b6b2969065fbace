package io.modelconnector.examples.sidecars.remote;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;

/** What the stand-ins for the existing Go parts have in common: no check of anybody, and a content type that is none. */
abstract class GoPart extends Dispatcher implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private volatile boolean gone;
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> authorizations = new ConcurrentLinkedQueue<>();

    GoPart() throws IOException {
        server.setDispatcher(this);
        server.start();
    }

    /** Where it listens. */
    public URI base() {
        return server.url("/").uri();
    }

    /** The requests until now, each as method and path with query. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How often something was asked for, by method and path without query. */
    public long count(String methodAndPath) {
        return requests.stream()
                .filter(request -> request.split("\\?")[0].equals(methodAndPath))
                .count();
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** What was sent as {@code Authorization}. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Hangs up on whoever asks, until it is {@linkplain #back() back}. */
    void gone() {
        gone = true;
    }

    void back() {
        gone = false;
    }

    @Override
    public final MockResponse dispatch(RecordedRequest request) {
        if (gone) {
            return new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build();
        }
        HttpUrl url = request.getUrl();
        String query = url.encodedQuery() == null ? "" : '?' + url.encodedQuery();
        requests.add(request.getMethod() + ' ' + url.encodedPath() + query);
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null) {
            authorizations.add(authorization);
        }
        return answer(request, url.queryParameter("key"));
    }

    abstract MockResponse answer(RecordedRequest request, String key);

    static byte[] body(RecordedRequest request) {
        return request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
    }

    static MockResponse json(String document) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "Content-Type: application/json")
                .body(document)
                .build();
    }

    static MockResponse empty(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    /** What they make of a key: two parts, without spaces; null if it is none. */
    static String normalized(String key) {
        if (key == null || key.indexOf('_') < 0) {
            return null;
        }
        String[] parts = key.replace(" ", "").split("_", -1);
        return parts[0] + '_' + parts[1];
    }

    @Override
    public void close() {
        server.close();
    }
}
