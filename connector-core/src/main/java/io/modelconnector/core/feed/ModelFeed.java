package io.modelconnector.core.feed;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.source.ApiDefinitionProvider;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.store.EntryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads sources and publishes what they know as {@linkplain FeedSnapshot snapshots}.
 *
 * <pre>{@code
 * try (ModelFeed feed = ModelFeed.builder().source(source).build()) {
 *     feed.start();
 *     feed.awaitPublished(Duration.ofMinutes(1));
 *     feed.snapshot().entries().forEach(entry -> publish(entry));
 * }
 * }</pre>
 *
 * <p>What holds, whatever happens to the sources: reading the snapshot never waits; a source that fails, hangs or answers
 * nonsense costs only itself, and what was served of it stays; an entry goes only when a complete read no longer has it,
 * and when many would go at once, only when a second read agrees; nothing is published before every source was read
 * completely once, or the start-up deadline has passed and there is something to publish; the same facts give the same bytes.
 * With a {@linkplain ModelFeedBuilder#store store}, what was published before a restart stands in for what cannot be read.
 *
 * <p>Lifecycle: new, started once with {@link #start()}, closed with {@link #close()}. The feed owns the sources that it
 * is given and closes them; the store, it does not. Thread-safe.
 */
public final class ModelFeed implements ModelCardProvider, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
    private static final String PUBLISHER = "modelconnector-publisher";

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private final FeedSettings settings;
    private final List<SourceWorker> workers;
    private final ScheduledThreadPoolExecutor timer = executor("modelconnector-timer");
    private final ScheduledThreadPoolExecutor publishing = executor(PUBLISHER);
    private final CopyOnWriteArrayList<FeedListener> listeners;
    private final StandIn standIn;
    private final Publisher publisher;
    private final @Nullable StoreSync storeSync;
    private final CountDownLatch published = new CountDownLatch(1);
    private State state = State.NEW;

    ModelFeed(FeedSettings settings, List<ModelSource> sources, List<FeedListener> listeners) {
        this.settings = settings;
        this.listeners = new CopyOnWriteArrayList<>();
        this.listeners.add(change -> published.countDown());
        this.listeners.addAll(listeners);
        this.workers = new ArrayList<>();
        EntryStore store = settings.store();
        this.standIn = store == null ? StandIn.none(settings) : new StandIn(settings);
        this.publisher = new Publisher(settings, workers, publishing, this.listeners, standIn, this::passed);
        for (ModelSource source : sources) {
            workers.add(new SourceWorker(source, settings, timer, standIn::doubting, publisher::request));
        }
        this.storeSync = store == null
                ? null
                : new StoreSync(store, settings, standIn, this::cardOfSources, this::refresh, publisher::request);
    }

    private void passed(Publication publication) {
        if (storeSync != null) {
            storeSync.published(publication);
        }
    }

    /** Starts the description of a feed. */
    public static ModelFeedBuilder builder() {
        return new ModelFeedBuilder();
    }

    /**
     * Starts reading the sources, and returns at once.
     *
     * @throws IllegalStateException if the feed was started before or is closed
     */
    public synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("a feed is started once, but this one is " + state);
        }
        state = State.RUNNING;
        ScheduledFuture<?> unused = timer.schedule(
                publisher::passDeadline, settings.startupDeadline().toNanos(), TimeUnit.NANOSECONDS);
        ApiDefinitionProvider definitions = settings.apiDefinitions();
        if (definitions != null) {
            definitions.onChange(publisher::request);
        }
        workers.forEach(SourceWorker::start);
        if (storeSync != null) {
            storeSync.start();
        }
    }

    /** Asks every source for a read, as soon as the one that is under way has ended. Returns at once. */
    public void refresh() {
        workers.forEach(SourceWorker::requestRead);
    }

    /** The feed as it is now; never waits. Before the first publication it is not {@linkplain FeedSnapshot#published()}. */
    public FeedSnapshot snapshot() {
        return publisher.snapshot();
    }

    /** The formats in which the feed is written; the first is the default. */
    public List<FeedFormat> formats() {
        return settings.formats();
    }

    /**
     * Waits for the first publication.
     *
     * @param limit how long to wait at most
     * @return whether something is published
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean awaitPublished(Duration limit) throws InterruptedException {
        return published.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How the feed and its sources are now. */
    public FeedHealth health() {
        FeedSnapshot now = snapshot();
        return new FeedHealth(
                now.published(),
                now.entries().size(),
                publisher.failure(),
                workers.stream()
                        .map(worker -> worker.state().health(worker.name()))
                        .toList(),
                now.problems(),
                storeSync == null ? null : storeSync.health());
    }

    /** Which source each entry comes from, as far as is known now. Costs as much as there are facts. */
    public FeedProvenance provenance() {
        Map<String, SourceState> states = new LinkedHashMap<>();
        workers.forEach(worker -> states.put(worker.name(), worker.state()));
        return FeedProvenance.of(states);
    }

    /**
     * Adds a listener.
     *
     * @param listener what to call from the next change on
     */
    public void addListener(FeedListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener, for one that lives shorter than the feed. A call that is under way goes on to its end.
     *
     * @param listener the one that was added
     */
    public void removeListener(FeedListener listener) {
        listeners.remove(listener);
    }

    /**
     * Finds a model card in the sources, in the order in which they were given, and then in the store, if there is one and the
     * card is published. May wait for one request where a source does not keep the card, and for the store.
     *
     * @throws io.modelconnector.core.ConnectorException if nobody has it and one of them cannot tell
     */
    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        EntryStore store = settings.store();
        FeedEntry holder =
                store == null ? null : snapshot().cardHolder(reference.key()).orElse(null);
        if (store == null || holder == null) {
            return cardOfSources(reference);
        }
        Optional<ModelCard> card = StoredCards.ofStandIn(holder, reference);
        if (card.isPresent()) {
            return card;
        }
        try {
            card = cardOfSources(reference);
        } catch (ConnectorException e) {
            return cardOfStore(store, holder, reference, e);
        }
        return card.isPresent() ? card : StoredCards.ofStore(store, holder, reference);
    }

    /** The store's card where the sources cannot tell; if the store does not have it, the sources' failure. */
    private static Optional<ModelCard> cardOfStore(
            EntryStore store, FeedEntry holder, ModelCardReference reference, ConnectorException failure) {
        try {
            Optional<ModelCard> card = StoredCards.ofStore(store, holder, reference);
            if (card.isPresent()) {
                return card;
            }
        } catch (ConnectorException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    private Optional<ModelCard> cardOfSources(ModelCardReference reference) {
        @Nullable ConnectorException failure = null;
        for (SourceWorker worker : workers) {
            try {
                Optional<ModelCard> card = worker.card(reference);
                if (card.isPresent()) {
                    return card;
                }
            } catch (ConnectorException e) {
                failure = e;
            } catch (RuntimeException | LinkageError e) {
                failure = new SourceUnavailableException(
                        "reading the model card " + reference + " from source \"" + worker.name() + "\" failed", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /**
     * Stops reading, closes the sources, and ends all threads; the last snapshot stays readable. Idempotent; takes a few
     * seconds at most.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
        }
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        workers.forEach(SourceWorker::stop);
        if (storeSync != null) {
            storeSync.stop();
        }
        List<Thread> closers = workers.stream().map(ModelFeed::closer).toList();
        boolean ownThread = Thread.currentThread().getName().equals(PUBLISHER);
        if (ownThread) {
            // A listener closes the feed: the step that it is called from goes on to its end.
            publishing.shutdown();
        } else {
            publishing.shutdownNow();
        }
        try {
            for (Thread closer : closers) {
                closer.join(Math.max(1, millisTo(deadline)));
            }
            for (SourceWorker worker : workers) {
                worker.join(Duration.ofMillis(millisTo(deadline)));
            }
            if (storeSync != null) {
                storeSync.join(Duration.ofMillis(millisTo(deadline)));
            }
            if (!ownThread && !publishing.awaitTermination(Math.max(1, millisTo(deadline)), TimeUnit.MILLISECONDS)) {
                log.warn("a listener of the feed did not return when it was interrupted; its thread is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timer.shutdownNow();
        }
    }

    /** Closes one source on a thread of its own: one that hangs in it must not keep the others open. */
    private static Thread closer(SourceWorker worker) {
        Thread thread = new Thread(worker::closeSource, "modelconnector-close-" + worker.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long millisTo(long deadline) {
        return (deadline - System.nanoTime()) / 1_000_000;
    }

    private static ScheduledThreadPoolExecutor executor(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    static ConfigurationException invalid(String setting, Object value, String valid) {
        return new ConfigurationException(setting + " was " + value + ", must be " + valid);
    }
}
