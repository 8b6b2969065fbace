package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes requests, one after the other, with retries. May be cancelled from another thread. */
final class Exchange {
    private final Upstream upstream;
    private volatile @Nullable Call call;
    private volatile boolean cancelled;

    Exchange(Upstream upstream) {
        this.upstream = upstream;
    }

    void cancel() {
        cancelled = true;
        Call current = call;
        if (current != null) {
            current.cancel();
        }
    }

    /** The failure of a request that was cancelled because the client was closed. */
    ConnectorException givenUp(@Nullable Throwable cause) {
        return new SourceUnavailableException(
                "a request to " + upstream.label() + " was given up because its client was closed", cause);
    }

    <T> T get(Target target, BodyReader<T> reader) throws InterruptedException {
        return find(target, status -> false, reader).orElseThrow();
    }

    /**
     * Makes a request.
     *
     * @param absent the statuses that mean that there is no such thing
     * @return what the reader made of the answer; nothing for a status that means absence
     */
    <T> Optional<T> find(Target target, IntPredicate absent, BodyReader<T> reader) throws InterruptedException {
        int tries = upstream.tries();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(target, absent, reader);
            } catch (TransientFailure e) {
                if (attempt >= tries) {
                    upstream.gaveUp(e.answered());
                    throw e.failure();
                }
                upstream.pause(attempt, e.retryAfter());
            }
        }
    }

    private <T> Optional<T> attempt(Target target, IntPredicate absent, BodyReader<T> reader) throws TransientFailure {
        Call current = upstream.call(target);
        call = current;
        long started = System.nanoTime();
        String outcome = "failed";
        try (Response response = executed(current)) {
            outcome = Integer.toString(response.code());
            if (absent.test(response.code())) {
                return Optional.empty();
            }
            if (!response.isSuccessful()) {
                throw upstream.failures().ofStatus(target, response);
            }
            return Optional.of(body(current, response, reader));
        } catch (IOException e) {
            outcome = cancelled ? "cancelled" : "failed";
            if (cancelled) {
                throw new CancellationException();
            }
            throw upstream.failures().ofIo(target, e);
        } finally {
            upstream.report(outcome, started);
        }
    }

    private <T> T body(Call current, Response response, BodyReader<T> reader) throws IOException {
        try {
            return reader.read(new LimitedInputStream(
                    response.body().byteStream(), upstream.settings().maxResponseBytes()));
        } catch (MalformedBodyException e) {
            // Otherwise closing reads on for a while, to save the connection.
            current.cancel();
            throw e;
        }
    }

    private Response executed(Call current) throws IOException {
        if (cancelled) {
            throw new IOException("cancelled");
        }
        Response response = current.execute();
        upstream.answered();
        return response;
    }
}
