package io.modelconnector.core.endpoint;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.modelconnector.core.format.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes responses: representations with validators, and errors as JSON. */
final class Responses {
    static final String JSON = "application/json";

    /** After how many seconds a client may try again what cannot be done at the moment. */
    static final int RETRY_SECONDS = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private Responses() {}

    /** A payload: 304 if the client has it, compressed if the client takes that and it is worth it. */
    static FeedResponse payload(FeedRequest request, Payload payload, String contentType) throws BadRequestException {
        boolean compressible = payload.compressible();
        boolean gzip =
                compressible && RequestSyntax.acceptsGzip(request.header().apply("Accept-Encoding"));
        String etag = gzip ? payload.gzipEtag() : payload.etag();
        if (RequestSyntax.matches(request.header().apply("If-None-Match"), etag)) {
            return notModified(etag, compressible);
        }
        ByteBuffer body = gzip ? payload.gzip() : payload.bytes();
        Map<String, String> headers = new LinkedHashMap<>(8);
        headers.put("Content-Type", contentType);
        headers.put("ETag", etag);
        if (compressible) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (gzip) {
            headers.put("Content-Encoding", "gzip");
        }
        return response(request, 200, headers, body);
    }

    static FeedResponse error(FeedRequest request, int status, String message) {
        return error(request, status, message, new LinkedHashMap<>(4));
    }

    static FeedResponse unavailable(FeedRequest request, String message) {
        return refused(request, RefusedException.unavailable(message));
    }

    /** What there is to say as long as the entries are not known completely. */
    static FeedResponse notReady(FeedRequest request) {
        return unavailable(request, "the models have not been read completely yet");
    }

    static FeedResponse refused(FeedRequest request, RefusedException refusal) {
        return error(
                request,
                refusal.status(),
                String.valueOf(refusal.getMessage()),
                new LinkedHashMap<>(refusal.headers()));
    }

    /** What there is to say of something that was done: nothing. */
    static FeedResponse done(FeedRequest request, int status) {
        return response(request, status, new LinkedHashMap<>(2), NOTHING);
    }

    /** What a request gets that does not only read. */
    static FeedResponse methodNotAllowed(FeedRequest request) {
        return refused(request, RefusedException.method(RequestSyntax.READ_METHODS));
    }

    static FeedResponse json(FeedRequest request, int status, byte[] document) {
        Map<String, String> headers = new LinkedHashMap<>(4);
        headers.put("Content-Type", JSON);
        headers.put("Cache-Control", "no-store");
        return response(request, status, headers, ByteBuffer.wrap(document));
    }

    private static FeedResponse error(FeedRequest request, int status, String message, Map<String, String> headers) {
        String document =
                "{\"error\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(message)) + "\"}";
        headers.put("Content-Type", JSON);
        headers.put("Cache-Control", "no-store");
        return response(request, status, headers, ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static FeedResponse notModified(String etag, boolean varies) {
        Map<String, String> headers = new LinkedHashMap<>(4);
        headers.put("ETag", etag);
        if (varies) {
            headers.put("Vary", "Accept-Encoding");
        }
        return new FeedResponse(304, Collections.unmodifiableMap(headers), NOTHING);
    }

    private static FeedResponse response(
            FeedRequest request, int status, Map<String, String> headers, ByteBuffer body) {
        headers.put("Content-Length", Integer.toString(body.remaining()));
        ByteBuffer sent = request.method().equals("HEAD") ? NOTHING : body;
        return new FeedResponse(status, Collections.unmodifiableMap(headers), sent);
    }
}
