package io.modelconnector.core.source.contract;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Uses a source as a feed does: reads on one thread of its own, everything else on another. Both are in a thread group
 * of their own, which the threads that a source starts inherit; so they are told from all others in the process.
 */
final class FeedDouble implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Threads that the JDK starts once for the whole process, in whatever group happens to be the first to need them.
     */
    private static final Set<String> OF_THE_PROCESS =
            Set.of("ForkJoinPool.commonPool-worker", "CompletableFutureDelayScheduler", "process reaper", "Keep-Alive");

    private final ThreadGroup group = new ThreadGroup("source under test");
    private final AtomicReference<Thread> readThread = new AtomicReference<>();
    private final ExecutorService reads = Executors.newSingleThreadExecutor(task -> {
        Thread thread = newThread(task, "contract-reads");
        readThread.set(thread);
        return thread;
    });
    private final ExecutorService others =
            Executors.newSingleThreadExecutor(task -> newThread(task, "contract-others"));

    SourceSnapshot read(ModelSource source, boolean fresh) throws Exception {
        return await(startRead(source, fresh));
    }

    Future<SourceSnapshot> startRead(ModelSource source, boolean fresh) {
        return reads.submit(() -> source.read(new ReadContext(fresh, LIMIT)));
    }

    /** Interrupts the thread that reads. */
    void interruptRead() {
        readThread.get().interrupt();
    }

    /** Reads on a thread that is interrupted already. */
    SourceSnapshot readInterrupted(ModelSource source) throws Exception {
        return await(reads.submit(() -> {
            Thread.currentThread().interrupt();
            try {
                return source.read(new ReadContext(false, LIMIT));
            } finally {
                Thread.interrupted();
            }
        }));
    }

    Optional<ModelCard> card(ModelSource source, ModelCardReference reference) throws Exception {
        return call(() -> source.card(reference));
    }

    /** Calls something else than a read. */
    <T> T call(Callable<T> task) throws Exception {
        return await(others.submit(task));
    }

    /** The threads that were started while a source was used and are alive. */
    List<Thread> startedThreads(Predicate<Thread> isForeign) {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = threads[i].getName();
            if (!name.startsWith("contract-")
                    && OF_THE_PROCESS.stream().noneMatch(name::startsWith)
                    && !isForeign.test(threads[i])) {
                started.add(threads[i]);
            }
        }
        return started;
    }

    @Override
    public void close() {
        reads.shutdownNow();
        others.shutdownNow();
    }

    private Thread newThread(Runnable task, String name) {
        Thread thread = new Thread(group, task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static <T> T await(Future<T> result) throws Exception {
        try {
            return result.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError("the source did not return within " + LIMIT, e);
        }
    }
}
