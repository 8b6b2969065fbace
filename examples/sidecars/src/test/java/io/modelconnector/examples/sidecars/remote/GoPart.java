package io.modelconnector.examples.sidecars.remote;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** What the stand-ins for the existing Go parts have in common: no check of anybody, and a content type that is none. */
abstract class GoPart extends Dispatcher implements AutoCloseable {
    private MockWebServer server = new MockWebServer();
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

    /** Ends it, and starts a new one at the same port. */
    void restart() throws IOException {
        int port = server.getPort();
        server.close();
        server = new MockWebServer();
        server.setDispatcher(this);
        server.start(port);
    }

    /** Ends it; gives the port, at which it can be resumed. */
    int stop() {
        int port = server.getPort();
        server.close();
        return port;
    }

    void resume(int port) throws IOException {
        server = new MockWebServer();
        server.setDispatcher(this);
        server.start(port);
    }

    @Override
    public final MockResponse dispatch(RecordedRequest request) {
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
