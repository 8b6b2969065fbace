package io.modelconnector.examples.sidecars.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with many things, some at a time. Its threads start when they are needed and end when they are not.
 * Thread-safe.
 */
final class Crew implements AutoCloseable {
    private static final Duration IDLE_THREAD = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;

    /**
     * Makes a crew.
     *
     * @param name the start of its threads' names
     * @param size how many threads there are at most
     */
    Crew(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                size, size, IDLE_THREAD.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Does some work with each of some things, and returns when all of it is done. The first exception ends it: what was
     * not begun by then is left undone, and the exception is thrown here.
     *
     * @param things the things
     * @param atOnce how many at a time, at most
     * @param work what to do with each
     * @param giveUp what makes work that is under way end soon, called if this thread is interrupted
     * @throws InterruptedException if this thread was interrupted while waiting, or the crew was closed
     */
    <T> void forEach(Collection<T> things, int atOnce, Work<T> work, Runnable giveUp) throws InterruptedException {
        if (things.isEmpty()) {
            return;
        }
        int workers = Math.min(atOnce, things.size());
        Shift<T> shift = new Shift<>(things, workers, work);
        for (int i = 0; i < workers; i++) {
            try {
                threads.execute(shift);
            } catch (RejectedExecutionException e) {
                // Closed, so that this worker finds nothing to do.
                shift.run();
            }
        }
        shift.await(giveUp);
    }

    /** Interrupts what is under way and ends the threads. */
    @Override
    public void close() {
        // Work that had not begun counts as done, so that whoever waits for it goes on.
        List<Runnable> left = new ArrayList<>(threads.shutdownNow());
        left.forEach(Runnable::run);
        try {
            boolean unused = threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done with one thing. */
    @FunctionalInterface
    interface Work<T> {
        void with(T thing) throws InterruptedException;
    }

    /** One use of the crew: each of its workers takes the next thing until none is left. */
    private final class Shift<T> implements Runnable {
        private final Iterator<T> things;
        private final Work<T> work;
        private final CountDownLatch busy;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Shift(Collection<T> things, int workers, Work<T> work) {
            this.things = List.copyOf(things).iterator();
            this.work = work;
            this.busy = new CountDownLatch(workers);
        }

        @Override
        public void run() {
            try {
                for (T thing = next(); thing != null; thing = next()) {
                    work.with(thing);
                }
            } catch (InterruptedException e) {
                fail(e);
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                fail(e);
            } finally {
                busy.countDown();
            }
        }

        private @Nullable T next() {
            synchronized (things) {
                return failure.get() == null && !threads.isShutdown() && things.hasNext() ? things.next() : null;
            }
        }

        private void fail(Throwable cause) {
            if (!failure.compareAndSet(null, cause)) {
                Throwable first = failure.get();
                if (first != null && first != cause) {
                    first.addSuppressed(cause);
                }
            }
        }

        void await(Runnable giveUp) throws InterruptedException {
            try {
                busy.await();
            } catch (InterruptedException e) {
                fail(e);
                giveUp.run();
                boolean unused = busy.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                throw e;
            }
            Throwable cause = failure.get();
            if (cause instanceof RuntimeException e) {
                throw e;
            }
            if (cause instanceof Error e) {
                throw e;
            }
            if (cause != null || threads.isShutdown()) {
                throw new InterruptedException("closed while at work");
            }
        }
    }
}
