package io.modelconnector.kserve.store;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.kserve.internal.ConfigMapApi;
import io.modelconnector.kserve.internal.ConfigMapVersion;
import io.modelconnector.kserve.internal.Fields;
import io.modelconnector.kserve.internal.ResourceWatch;
import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.internal.WatchGroup;
import io.modelconnector.kserve.internal.WatchState;
import io.modelconnector.kserve.internal.WatchState.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The thread that does all the work of a store, so that what is known has one owner and changes that come at the same time
 * are made together. It is started with the first request. Thread-safe.
 */
final class StoreWorker implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 5;
    private static final long CLOSE_TIMEOUT_MILLIS = 2000;

    private final StoreSettings settings;
    private final Timing timing;
    private final StoreContents contents;
    private final StoreCounters counters = new StoreCounters();
    private final ConfigMapApi api;
    private final WatchGroup watches;
    private final ResourceWatch<ConfigMapVersion> watch;
    private final MapReader reader;
    private final StoreLog log;
    private final Runnable changed;
    private final Semaphore wake = new Semaphore(0);

    // Guarded by this.
    private List<Request> waiting = new ArrayList<>();
    private @Nullable Thread thread;
    private boolean closed;

    private volatile @Nullable StoreView view;

    // The thread's own.
    private boolean watching;
    private boolean loaded;
    private int failures;
    private long viewed = -1;

    /**
     * Creates it; nothing is started.
     *
     * @param changed called after another process changed something
     */
    StoreWorker(StoreSettings settings, ApiClient client, Runnable changed) {
        this.settings = settings;
        this.timing = settings.calls().timing();
        this.contents = new StoreContents(settings);
        this.api = new ConfigMapApi(client, settings.namespace(), settings.calls());
        this.watches = new WatchGroup(settings.name(), client, settings.calls(), wake::release);
        this.watch = watches.add(ConfigMapApi.scope(settings.namespace()), "ConfigMap", this::ofInterest);
        this.reader = new MapReader(
                contents, api, watches, watch, counters, settings.calls().callTimeout());
        this.log = new StoreLog(settings.name());
        this.changed = changed;
    }

    /** What is known, for readers; null before it was loaded. */
    @Nullable
    StoreView view() {
        return view;
    }

    /** What was done so far. */
    StoreCounters counters() {
        return counters;
    }

    /** Why changes of others are not noticed, or not at once; null if they are. */
    @Nullable
    ConnectorException watchFailure() {
        return watch.state().failure();
    }

    /** Whether changes of others are noticed only when somebody looks. */
    boolean isToldNothing() {
        WatchState<ConfigMapVersion> state = watch.state();
        return state.phase() == Phase.SYNCED && state.failure() != null;
    }

    /** Whether this is the thread that does the work, and that must not wait for itself. */
    synchronized boolean isOwnThread() {
        return thread == Thread.currentThread();
    }

    /** How many requests were not taken up yet. */
    synchronized int waitingRequests() {
        return waiting.size();
    }

    /** Whether it was closed. */
    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Has a request done, and waits for that.
     *
     * @throws ConnectorException if it failed
     * @throws InterruptedException if the thread was interrupted; then it may be done or not
     */
    StoreOutcome submit(Request request) throws InterruptedException {
        if (isOwnThread()) {
            throw new IllegalStateException(
                    "a change callback of the store of " + settings.name() + " must not wait for the store");
        }
        synchronized (this) {
            if (closed) {
                throw closed();
            }
            waiting.add(request);
            if (thread == null) {
                thread = new Thread(this::run, "modelconnector-" + settings.name() + "-store");
                thread.setDaemon(true);
                thread.start();
            }
        }
        wake.release();
        try {
            return request.await();
        } catch (InterruptedException e) {
            synchronized (this) {
                waiting.remove(request);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
        }
        api.close();
        watches.close();
        // A change callback may close its own store.
        if (ending != null && ending != Thread.currentThread()) {
            ending.interrupt();
            try {
                ending.join(CLOSE_TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    SourceUnavailableException closed() {
        return new SourceUnavailableException("the store of " + settings.name() + " is closed; build another");
    }

    private void run() {
        while (!isClosed()) {
            List<Request> taken = List.of();
            try {
                rest();
                taken = take();
                serve(taken);
            } catch (InterruptedException e) {
                // Only closing interrupts this thread, and the loop ends with that.
                taken.forEach(request -> request.fail(closed()));
            }
        }
        drain().forEach(request -> request.fail(closed()));
    }

    private void rest() throws InterruptedException {
        if (failures == 0) {
            wake.acquire();
        } else {
            Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
            timing.pause("store-retry", timing.jitter(delay), wake);
        }
        wake.drainPermits();
    }

    private List<Request> take() throws InterruptedException {
        if (!settings.linger().isZero() && hasWrites()) {
            timing.pause("store-linger", settings.linger(), new Semaphore(0));
        }
        return drain();
    }

    private synchronized boolean hasWrites() {
        return waiting.stream().anyMatch(request -> request.update() != null);
    }

    private synchronized List<Request> drain() {
        List<Request> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private void serve(List<Request> requests) throws InterruptedException {
        boolean loadedBefore = loaded;
        try {
            try {
                follow(requests);
                commit(requests);
            } finally {
                publish(loadedBefore);
            }
            failures = 0;
            requests.forEach(request -> request.succeed(contents::problem));
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // An error of ours, of the caller's client or of its class path must not end the store in silence.
            failures++;
            ConnectorException error = e instanceof ConnectorException known ? known : unexpected(e);
            requests.forEach(request -> request.fail(error));
            if (requests.isEmpty()) {
                log.state(error);
            }
        }
    }

    private void follow(List<Request> requests) throws InterruptedException {
        if (!watching) {
            watching = true;
            watches.start();
            awaitFirstList();
        } else if (requests.stream().anyMatch(Request::isRefresh)
                || (!requests.isEmpty() && !watch.state().listed())) {
            watches.relist(settings.calls().callTimeout());
        }
        WatchState<ConfigMapVersion> state = watch.state();
        if (state.listed()) {
            reader.refresh();
            loaded = true;
        } else if (!loaded && !requests.isEmpty()) {
            throw unreadable(state);
        }
        if (loaded) {
            log.state(state.failure());
        }
    }

    private void awaitFirstList() throws InterruptedException {
        long deadline = timing.nanoTime() + settings.calls().callTimeout().toNanos();
        while (watch.state().phase() == Phase.STARTING && timing.nanoTime() - deadline < 0 && !isClosed()) {
            timing.pause("store-start", Duration.ofNanos(deadline - timing.nanoTime()), wake);
        }
        // Requests may have come meanwhile, and what woke us was theirs.
        wake.release();
    }

    private void commit(List<Request> requests) throws InterruptedException {
        List<GroupUpdate> updates =
                requests.stream().map(Request::update).filter(Objects::nonNull).toList();
        if (!updates.isEmpty() || contents.isToBeRestored()) {
            new GroupCommit(settings, contents, api, reader, counters).make(updates);
        }
    }

    private void publish(boolean loadedBefore) {
        if (loaded && viewed != contents.revision()) {
            view = StoreView.of(contents, settings);
            viewed = contents.revision();
        }
        if (contents.takeChangedByOthers() && loadedBefore) {
            tell();
        }
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            log.listenerFailed(e);
        }
    }

    private ConnectorException unreadable(WatchState<ConfigMapVersion> state) {
        ConnectorException failure = state.failure();
        return failure != null
                ? failure
                : new SourceUnavailableException("listing "
                        + watch.scope().describe()
                        + " gave nothing; check that the URL is that of an API server, and try again");
    }

    private ConnectorException unexpected(Throwable e) {
        return new MalformedResponseException(
                "the store of " + settings.name() + " failed unexpectedly: "
                        + e.getClass().getName() + "; check the ApiClient",
                e);
    }

    private @Nullable ConfigMapVersion ofInterest(Fields object) {
        String name = object.object("metadata").text("name");
        boolean ours = name != null
                && (contents.entryMaps().index(name) >= 0 || contents.cardMaps().index(name) >= 0);
        return ours ? ConfigMapVersion.read(object) : null;
    }
}
