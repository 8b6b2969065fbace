package io.modelconnector.kserve.internal;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that are started, awaited and closed together, each on a daemon thread of its own: reading a watch blocks, and
 * there are a handful. Thread-safe.
 */
public final class WatchGroup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchGroup.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final String name;
    private final WatchSettings settings;
    private final ClusterApi api;
    private final Runnable changed;
    private final List<ResourceWatch<?>> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean started;
    private boolean closed;

    /**
     * Creates an empty group; nothing is started.
     *
     * @param name what the threads are named after
     * @param client the client to talk through; borrowed
     * @param settings how to talk
     * @param changed called from the watches' threads after each change; must return at once
     */
    public WatchGroup(String name, ApiClient client, WatchSettings settings, Runnable changed) {
        this.name = name;
        this.settings = settings;
        this.api = new ClusterApi(client, settings);
        this.changed = changed;
    }

    /**
     * Adds a watch, before the start.
     *
     * @param scope what to watch
     * @param kind the kind of the objects, for the ids of those that cannot be read
     * @param reader what to keep of an object
     */
    public synchronized <T> ResourceWatch<T> add(WatchScope scope, String kind, ObjectReader<T> reader) {
        ResourceWatch<T> watch = new ResourceWatch<>(
                api, new ObjectStore<>(kind, reader), scope, settings.timing(), this::watchChanged, this::wakeWaiters);
        watches.add(watch);
        return watch;
    }

    /** Starts the watches. Does nothing the second time, or after {@link #close()}. */
    public synchronized void start() {
        if (started || closed) {
            return;
        }
        started = true;
        for (ResourceWatch<?> watch : watches) {
            Thread thread = new Thread(
                    watch::run,
                    "modelconnector-" + name + "-watch-" + watch.scope().shortName());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Whether every watch has listed its objects, or knows that it cannot. */
    public synchronized boolean isSettled() {
        return watches.stream().allMatch(ResourceWatch::isSettled);
    }

    /**
     * Waits until every watch has listed its objects, or knows that it cannot.
     *
     * @return whether that was so within the time
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitSettled(Duration timeout) throws InterruptedException {
        return await(this::isSettled, timeout);
    }

    /**
     * Has every watch list its objects anew, and waits for that.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    public void relist(Duration timeout) throws InterruptedException {
        Map<WatchControl, Long> tickets = new HashMap<>();
        synchronized (this) {
            watches.forEach(
                    watch -> tickets.put(watch.control(), watch.control().relist()));
        }
        await(() -> tickets.entrySet().stream().allMatch(t -> t.getKey().hasEndedList(t.getValue())), timeout);
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the watches and their threads, within seconds, and closes their connections. Idempotent. */
    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            watches.forEach(watch -> watch.control().close());
            ending = List.copyOf(threads);
            notifyAll();
        }
        join(ending, CLOSE_TIMEOUT);
        api.close();
    }

    private static void join(List<Thread> threads, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        for (Thread thread : threads) {
            // A change callback may close its own source.
            if (thread == Thread.currentThread()) {
                continue;
            }
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (thread.isAlive()) {
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!closed && !condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    private void watchChanged() {
        wakeWaiters();
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.warn("The change callback of {} failed", name, e);
        }
    }

    private synchronized void wakeWaiters() {
        notifyAll();
    }
}
