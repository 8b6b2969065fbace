package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Another part of the connector, asked over HTTP on the caller's thread. Thread-safe. */
final class Peer implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final RequestBody EMPTY = RequestBody.create(new byte[0], null);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int IDLE_CONNECTIONS = 8;

    /** Shorter than the other side keeps a silent connection, so that few requests are sent into one that is being closed. */
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(20);

    private final PeerSettings settings;
    private final HttpUrl base;
    private final OkHttpClient http;
    private volatile boolean closed;

    Peer(PeerSettings settings) {
        this.settings = settings;
        this.base = HttpUrl.get(settings.base().toString());
        this.http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(List.of(base.isHttps() ? ConnectionSpec.MODERN_TLS : ConnectionSpec.CLEARTEXT))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_CONNECTION.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(settings.callTimeout())
                .writeTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /** The address of something at the other part. */
    HttpUrl.Builder url(String pathSegments) {
        return base.newBuilder().addEncodedPathSegments(pathSegments);
    }

    PeerAnswer get(String what, HttpUrl url) throws InterruptedException {
        return send(what, new Request.Builder().url(url));
    }

    /** Asks for something unless it is still what it was. */
    PeerAnswer getUnless(String what, HttpUrl url, String etag) throws InterruptedException {
        return send(what, new Request.Builder().url(url).header("If-None-Match", etag));
    }

    PeerAnswer post(String what, HttpUrl url, byte @Nullable [] json) throws InterruptedException {
        RequestBody body = json == null ? EMPTY : RequestBody.create(json, JSON);
        return send(what, new Request.Builder().url(url).post(body));
    }

    PeerAnswer delete(String what, HttpUrl url) throws InterruptedException {
        return send(what, new Request.Builder().url(url).delete());
    }

    private PeerAnswer send(String what, Request.Builder request) throws InterruptedException {
        // ETags name uncompressed content, and within a pod bytes are cheaper than compressing them.
        request.header("Accept-Encoding", "identity")
                .header("Accept", "application/json")
                .header("User-Agent", "model-connector");
        String token = token(what);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        Call call = http.newCall(request.build());
        long started = System.nanoTime();
        String outcome = "failed";
        try (Response response = call.execute()) {
            byte[] body = body(what, call, response);
            outcome = Integer.toString(response.code());
            return new PeerAnswer(response.code(), body, response.header("ETag"));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                outcome = "cancelled";
                throw new InterruptedException();
            }
            outcome = closed ? "cancelled" : outcome;
            throw unreachable(what, e);
        } finally {
            settings.listener().requested(settings.role(), outcome, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private byte[] body(String what, Call call, Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(settings.maxResponseBytes() + 1)) {
            // Otherwise closing reads on for a while, to save the connection.
            call.cancel();
            throw new MalformedResponseException(what(what) + " brought more than " + settings.maxResponseBytes()
                    + " bytes; is something else at this address? Check " + settings.setting());
        }
        return source.readByteArray();
    }

    private String token(String what) {
        String trimmed = settings.token().get().strip();
        if (!trimmed.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new SourceRejectedException(
                    what(what) + " was given up: the shared token has characters that no token has; give the"
                            + " token alone, on one line");
        }
        return trimmed;
    }

    /**
     * For an answer that is not what was asked for.
     *
     * @param what what was being done
     */
    ConnectorException failure(String what, PeerAnswer answer) {
        String text = what(what) + " was answered " + answer.status() + answer.reason();
        if (answer.status() == 401 || answer.status() == 403) {
            return new SourceRejectedException(text + "; both parts must have the same token: the key \"token\" of"
                    + " their Secret, or K8S_TOKEN");
        }
        if (answer.status() >= 500 || answer.status() == 429 || answer.status() == 408) {
            return new SourceUnavailableException(text + "; see the log of " + settings.role());
        }
        return new MalformedResponseException(
                text + "; is this the address of " + settings.role() + "? Check " + settings.setting());
    }

    /** For an answer that cannot be read. */
    MalformedResponseException malformed(String what, String why, @Nullable Throwable cause) {
        return new MalformedResponseException(
                what(what) + " brought " + why + "; is this the address of " + settings.role() + "? Check "
                        + settings.setting(),
                cause);
    }

    private SourceUnavailableException unreachable(String what, IOException e) {
        boolean timeout = e instanceof SocketTimeoutException || "timeout".equals(e.getMessage());
        String message = String.valueOf(e.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        String why = timeout ? "no answer in time" : e.getClass().getSimpleName() + ": " + message;
        return new SourceUnavailableException(
                what(what) + " failed: " + why + "; is " + settings.role() + " running there? Else set "
                        + settings.setting(),
                e);
    }

    private String what(String what) {
        return what + " at " + base;
    }

    /** Gives up what is under way. */
    void cancel() {
        http.dispatcher().cancelAll();
    }

    /** Gives up what is under way and closes the connections. */
    @Override
    public void close() {
        closed = true;
        cancel();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
