package io.modelconnector.core.endpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that a client would send. */
final class TestRequest {
    static final String TOKEN = "sha256~a-token-of-the-cluster";

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private InputStream body = InputStream.nullInputStream();

    /** Something that answers requests with a body. */
    interface Endpoint {
        FeedResponse handle(FeedRequest request, InputStream body);
    }

    private TestRequest(String method, String target) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    static TestRequest of(String method, String target) {
        return new TestRequest(method, target);
    }

    static TestRequest get(String target) {
        return new TestRequest("GET", target);
    }

    /** A write that carries the token. */
    static TestRequest write(String method, String target) {
        return new TestRequest(method, target).header("Authorization", "Bearer " + TOKEN);
    }

    TestRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestRequest body(byte[] bytes) {
        body = new ByteArrayInputStream(bytes);
        return header("Content-Length", "" + bytes.length).header("Content-Type", "application/json");
    }

    TestRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    TestRequest body(InputStream stream) {
        body = stream;
        return this;
    }

    FeedResponse to(Endpoint endpoint) {
        return endpoint.handle(request(), body);
    }

    FeedRequest request() {
        return new FeedRequest(method, path, query, headers::get);
    }

    static String text(FeedResponse response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            response.writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
