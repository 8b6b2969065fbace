package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.rhoai.client.BearerToken;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes single requests and tells what came of them. Thread-safe. */
final class Caller {
    /** More than the longest list that is asked for; what is longer counts as broken. */
    private static final int LONGEST_BODY = 32 << 20;

    private final OkHttpClient http;

    /**
     * Makes a caller.
     *
     * @param http has the limits and the trust; borrowed
     */
    Caller(OkHttpClient http) {
        this.http = http;
    }

    /** GET, with a token if it is one. */
    Reply get(HttpUrl url, BearerToken token) throws NoReplyException, InterruptedException {
        Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
        String value = read(token);
        if (!value.isEmpty()) {
            request.header("Authorization", "Bearer " + value);
        }
        return send(request.build());
    }

    /** One request; a second time if the connection broke, since that may be chance. */
    Reply send(Request request) throws NoReplyException, InterruptedException {
        try {
            return once(request);
        } catch (NoReplyException e) {
            if (e.reason() != NoReplyException.Reason.BROKEN
                    || !request.method().equals("GET")) {
                throw e;
            }
            return once(request);
        }
    }

    private Reply once(Request request) throws NoReplyException, InterruptedException {
        try (Response response = http.newCall(request).execute()) {
            byte[] body = response.body().byteStream().readNBytes(LONGEST_BODY + 1);
            if (body.length > LONGEST_BODY) {
                throw new IOException("the answer is longer than " + LONGEST_BODY + " bytes");
            }
            return new Reply(response.code(), body, location(response));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw NoReplyException.of(server(request.url()), e);
        }
    }

    /** Where a server is, without what may be secret in its address. */
    static String server(HttpUrl url) {
        String host = url.host().contains(":") ? '[' + url.host() + ']' : url.host();
        return url.scheme() + "://" + host + ':' + url.port();
    }

    private static @Nullable String location(Response response) {
        String header = response.isRedirect() ? response.header("Location") : null;
        HttpUrl target = header == null ? null : response.request().url().resolve(header);
        return target == null ? null : server(target);
    }

    private static String read(BearerToken token) throws NoReplyException {
        String value;
        try {
            value = token.read();
        } catch (IOException | RuntimeException e) {
            throw NoReplyException.ofToken("the token cannot be read: " + e.getMessage(), e);
        }
        String trimmed = value == null ? "" : value.strip();
        if (!trimmed.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw NoReplyException.ofToken(
                    "the token has spaces or other characters that no token has", new IllegalArgumentException());
        }
        return trimmed;
    }
}
