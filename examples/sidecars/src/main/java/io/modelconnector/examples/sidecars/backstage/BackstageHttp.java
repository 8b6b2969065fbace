package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.rhoai.client.UpstreamListener;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Sends requests to one Backstage, with the token. Thread-safe. */
final class BackstageHttp {
    /** Reads an answer while it arrives. */
    @FunctionalInterface
    interface AnswerReader<T> {
        T read(Response response) throws IOException, PushFailure;
    }

    private final OkHttpClient client;
    private final HttpUrl backstage;
    private final String token;
    private final UpstreamListener listener;
    private final PushFailures failures;

    BackstageHttp(
            OkHttpClient client, HttpUrl backstage, String token, UpstreamListener listener, PushFailures failures) {
        this.client = client;
        this.backstage = backstage;
        this.token = token;
        this.listener = listener;
        this.failures = failures;
    }

    HttpUrl backstage() {
        return backstage;
    }

    PushFailures failures() {
        return failures;
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param doing what is asked for, for messages
     * @throws InterruptedException if the thread was interrupted; what waits for an answer notices it once the client's
     *     calls are cancelled
     */
    <T> T send(String doing, Request.Builder request, AnswerReader<T> reader) throws PushFailure, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long started = System.nanoTime();
        String outcome = "failed";
        try (Response response = client.newCall(request.header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .build())
                .execute()) {
            outcome = Integer.toString(response.code());
            return reader.read(response);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                outcome = "cancelled";
                throw new InterruptedException();
            }
            outcome = "failed";
            throw failures.ofIo(doing, e);
        } finally {
            listener.requested("backstage", outcome, Duration.ofNanos(System.nanoTime() - started));
        }
    }
}
