package io.modelconnector.examples.sidecars.backstage;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A few threads for requests. They start with the first request, and end when there has been none for a while. */
final class RequestWorkers {
    /** How many requests are under way at most: Backstage writes to its database for each of them. */
    static final int AT_ONCE = 4;

    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "modelconnector-backstage-request-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    RequestWorkers() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** What is done for each of many items. */
    @FunctionalInterface
    interface Work<T> {
        void on(T item) throws PushFailure, InterruptedException;
    }

    /**
     * Does something for each item, and ends early when it fails for one.
     *
     * @throws PushFailure the first failure
     * @throws InterruptedException if the thread was interrupted, or the workers were stopped
     */
    <T> void forEach(Collection<T> items, Work<T> work) throws PushFailure, InterruptedException {
        Queue<T> queue = new ConcurrentLinkedQueue<>(items);
        AtomicReference<@Nullable PushFailure> failure = new AtomicReference<>();
        Callable<Boolean> worker = () -> {
            for (T item = queue.poll(); item != null && failure.get() == null; item = queue.poll()) {
                try {
                    work.on(item);
                } catch (PushFailure e) {
                    failure.compareAndSet(null, e);
                }
            }
            return true;
        };
        run(Collections.nCopies(Math.min(AT_ONCE, queue.size()), worker));
        PushFailure first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void run(Collection<Callable<Boolean>> workers) throws InterruptedException {
        try {
            for (Future<Boolean> worker : threads.invokeAll(workers)) {
                boolean unused = worker.get();
            }
        } catch (RejectedExecutionException e) {
            throw new InterruptedException("the workers were stopped");
        } catch (ExecutionException e) {
            throw asThrown(requireNonNull(e.getCause()));
        }
    }

    private static InterruptedException asThrown(Throwable thrown) {
        if (thrown instanceof InterruptedException interrupted) {
            return interrupted;
        }
        if (thrown instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        throw new IllegalStateException("a request failed unexpectedly", thrown);
    }

    /** Interrupts what is under way and takes nothing more. */
    void stop() {
        threads.shutdownNow();
    }

    /** Waits for the threads to end. */
    boolean awaitStop(long millis) throws InterruptedException {
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
