package io.modelconnector.kserve.store;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a caller waits for. Thread-safe, but for its update. */
final class Request {
    private static final StoreOutcome NOTHING = new StoreOutcome(Set.of(), Set.of(), List.of());

    private final Kind kind;
    private final @Nullable GroupUpdate update;
    private final CompletableFuture<StoreOutcome> answer = new CompletableFuture<>();

    /** What is wanted. */
    private enum Kind {
        LOAD,
        REFRESH,
        WRITE
    }

    private Request(Kind kind, @Nullable GroupUpdate update) {
        this.kind = kind;
        this.update = update;
    }

    /** To know what there is. */
    static Request toLoad() {
        return new Request(Kind.LOAD, null);
    }

    /** To look now what changed. */
    static Request toRefresh() {
        return new Request(Kind.REFRESH, null);
    }

    /** To make a change. */
    static Request toWrite(StoreUpdate update) {
        return new Request(Kind.WRITE, new GroupUpdate(update));
    }

    boolean isRefresh() {
        return kind == Kind.REFRESH;
    }

    /** The change; null if none is wanted. */
    @Nullable
    GroupUpdate update() {
        return update;
    }

    /**
     * Waits for the answer.
     *
     * @throws ConnectorException if the request failed; each caller gets an exception of its own
     * @throws InterruptedException if the thread was interrupted
     */
    StoreOutcome await() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw again(e.getCause());
        }
    }

    void succeed(Function<String, @Nullable Problem> problems) {
        answer.complete(update == null ? NOTHING : update.outcome(problems));
    }

    void fail(ConnectorException error) {
        answer.completeExceptionally(error);
    }

    private static ConnectorException again(@Nullable Throwable error) {
        String message = error == null ? "" : String.valueOf(error.getMessage());
        if (error instanceof SourceRejectedException) {
            return new SourceRejectedException(message, error);
        }
        return error instanceof MalformedResponseException
                ? new MalformedResponseException(message, error)
                : new SourceUnavailableException(message, error);
    }
}
