package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work that was handed to an upstream's threads. Cancelling it ends its request at once. */
final class Pending<T> {
    private final Exchange exchange;
    private final FutureTask<T> task;

    Pending(Exchange exchange, Work<T> work, Consumer<Pending<?>> whenDone) {
        this.exchange = exchange;
        this.task = new FutureTask<>(() -> work.run(exchange)) {
            @Override
            protected void done() {
                whenDone.accept(Pending.this);
            }
        };
    }

    Runnable task() {
        return task;
    }

    void cancel() {
        exchange.cancel();
        task.cancel(true);
    }

    /** Waits for the end and throws what the work threw. */
    T await() throws InterruptedException {
        try {
            return task.get();
        } catch (CancellationException e) {
            throw exchange.givenUp(e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    /** As {@link #await()}, with a failed request as a value. */
    Outcome<T> outcome() throws InterruptedException {
        try {
            return Outcome.of(await());
        } catch (ConnectorException e) {
            return Outcome.failed(e);
        }
    }

    private RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        boolean cancelled = cause instanceof CancellationException;
        return cause instanceof RuntimeException unchecked && !cancelled ? unchecked : exchange.givenUp(cause);
    }
}
