package io.modelconnector.core.feed;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store as the feed is, on a thread of its own: after each publication, when the store tells of a change, and at
 * each poll interval, it compares the two and writes what differs, in one update. Nothing that a store throws ends it.
 */
final class StoreSync {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
    /** The parts of a deployment start together: so often, a store that has never answered is tried without growing delays. */
    private static final int PATIENCE = 15;

    private static final Duration PERMIT_CHECK = Duration.ofSeconds(1);
    /** A store that tells of changes all the time must not be read in a tight loop. */
    private static final Duration REST = Duration.ofMillis(100);

    private final EntryStore store;
    private final FeedSettings settings;
    private final StandIn standIn;
    private final Runnable refresh;
    private final Runnable publish;
    private final CardTexts texts;
    private final StoreContents contents;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean requested = true;
    private boolean closed;

    private volatile Publication publication = Publication.NONE;
    private volatile boolean awaitsPass;
    private volatile State state = new State(HealthStatus.UNKNOWN, null, null, List.of());
    private volatile int waiting;

    // Only the thread touches these.
    private boolean due;
    private long nextCheck;
    private long nextLook;
    private long restUntil;
    private int failures;
    private @Nullable Instant permitted;
    private @Nullable Instant refreshedFor;
    private List<Problem> unlasting = List.of();

    private record State(
            HealthStatus status,
            @Nullable String failure,
            @Nullable Instant lastSuccess,
            List<Problem> problems) {}

    /**
     * Starts nothing.
     *
     * @param cards gives the texts of the sources' cards
     * @param refresh asks all sources for a read
     * @param publish asks for a publication, which is told to {@link #published}
     */
    StoreSync(
            EntryStore store,
            FeedSettings settings,
            StandIn standIn,
            ModelCardProvider cards,
            Runnable refresh,
            Runnable publish) {
        this.store = store;
        this.settings = settings;
        this.standIn = standIn;
        this.refresh = refresh;
        this.publish = publish;
        this.texts = new CardTexts(cards, settings.pollInterval());
        this.contents = new StoreContents(settings.formats().get(0), texts);
        this.thread = new Thread(this::run, "modelconnector-store");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    StoreHealth health() {
        State now = state;
        List<Problem> problems = Stream.concat(now.problems().stream(), standIn.problems().stream())
                .toList();
        return new StoreHealth(now.status(), now.failure(), now.lastSuccess(), waiting, standIn.size(), problems);
    }

    /** Takes what is published now, also where that is what was published before. */
    void published(Publication now) {
        boolean changed = now.snapshot() != publication.snapshot();
        publication = now;
        if (changed || awaitsPass || standIn.wantsEntries()) {
            request();
        }
    }

    /** Ends the loop and interrupts what is under way. Returns at once. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
            thread.interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the thread to end after {@link #stop}; from the thread itself, does not. */
    void join(Duration limit) throws InterruptedException {
        if (thread == Thread.currentThread()) {
            return;
        }
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            log.warn("the store did not return when it was interrupted; the feed's thread is left behind in it");
        }
    }

    private void request() {
        lock.lock();
        try {
            requested = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        listen();
        restUntil = System.nanoTime();
        due = true;
        planNext(restUntil);
        while (awaitWork()) {
            restUntil = System.nanoTime() + REST.toNanos();
            try {
                attempt();
            } catch (Throwable e) {
                log.error("keeping the feed in its store failed", e);
            }
        }
    }

    private void attempt() {
        try {
            if (check()) {
                succeeded();
            }
            planNext(System.nanoTime());
        } catch (Throwable e) {
            failed(e);
        }
        if (due) {
            contents.show(publication.snapshot());
            waiting = permitted == null ? 0 : contents.waiting();
        }
    }

    private void planNext(long now) {
        if (due) {
            nextCheck = now + settings.pollInterval().toNanos();
        }
        long look = settings.storePermit() == null ? Long.MAX_VALUE : PERMIT_CHECK.toNanos();
        nextLook = now + Math.min(nextCheck - now, look);
    }

    private void listen() {
        try {
            store.onChange(this::request);
        } catch (RuntimeException | LinkageError e) {
            log.warn("the store cannot tell of changes and is only checked every {}", settings.pollInterval(), e);
        }
    }

    /** Waits until there is something to do, or the permit has to be looked at; false when it is closed. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                due = requested || now - nextCheck >= 0;
                long left = Math.max(restUntil - now, due ? 0 : nextLook - now);
                if (left <= 0) {
                    requested = false;
                    return true;
                }
                try {
                    long unused = wake.awaitNanos(left);
                } catch (InterruptedException e) {
                    // Only being stopped ends the loop, and that is asked for at its beginning.
                    log.debug("the thread of the store was interrupted between checks");
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Does what there is to do; whether the store answered in that. */
    private boolean check() throws InterruptedException {
        if (due && readForStandIn()) {
            return true;
        }
        Instant permit = permit();
        if (!Objects.equals(permit, permitted)) {
            permitted = permit;
            awaitsPass = false;
            contents.forgetWritten();
            due = true;
        }
        if (!due) {
            return false;
        }
        if (permit != null && mayKeep(permit)) {
            keep(permit);
            return true;
        }
        if (failures > 0) {
            // Nothing is to be done with the store, but it is said to fail.
            StoreListing unused = store.list();
            return true;
        }
        return false;
    }

    /** Reads what the publisher has to know of the store, and lets it go first; whether there was anything. */
    private boolean readForStandIn() throws InterruptedException {
        if (standIn.confirmable(settings.clock().instant())) {
            refresh.run();
        }
        boolean unlisted = standIn.unlisted();
        if (unlisted) {
            standIn.listed(store.list().digests().keySet());
        }
        boolean fetched = standIn.fetch(store);
        if (unlisted || fetched) {
            awaitsPass = true;
            publish.run();
        }
        return unlisted || fetched;
    }

    /** Whether what is published may be written. If it was read before this process might, it is read again. */
    private boolean mayKeep(Instant permit) {
        // Before the look, so that no publication is missed between the two.
        awaitsPass = true;
        Publication now = publication;
        contents.show(now.snapshot());
        if (!now.snapshot().published() || now.foundSince(permit)) {
            awaitsPass = false;
            return now.snapshot().published();
        }
        if (!permit.equals(refreshedFor)) {
            refreshedFor = permit;
            refresh.run();
        }
        return false;
    }

    private void keep(Instant permit) throws InterruptedException {
        texts.begin();
        try {
            StoreUpdate update = contents.update(store.list());
            if (update == null) {
                return;
            }
            if (!permit.equals(permit())) {
                request();
                return;
            }
            write(update);
            if (texts.left()) {
                request();
            }
        } finally {
            texts.end();
        }
    }

    private void write(StoreUpdate update) throws InterruptedException {
        boolean written = false;
        try {
            StoreOutcome outcome = store.write(update);
            written = true;
            contents.wrote(update);
            unlasting = outcome.problems();
            log.debug(
                    "stored {} entries, {} of them new, and removed {}",
                    update.entries().size(),
                    outcome.added().size(),
                    outcome.removed().size());
        } finally {
            if (!written) {
                contents.mayHaveWritten(update);
            }
        }
    }

    /** Since when this process may write; null if it may not. */
    private @Nullable Instant permit() {
        Supplier<Optional<Instant>> supplier = settings.storePermit();
        return supplier == null ? Instant.MIN : supplier.get().orElse(null);
    }

    private void succeeded() {
        State before = state;
        if (before.failure() != null) {
            log.info("the store answers again");
        }
        failures = 0;
        List<Problem> problems = Stream.concat(store.problems().stream(), unlasting.stream())
                .distinct()
                .toList();
        ProblemLog.changed(log, before.problems(), problems);
        state = new State(HealthStatus.UP, null, settings.clock().instant(), problems);
    }

    private void failed(Throwable cause) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            requested = true;
        } finally {
            lock.unlock();
        }
        failures++;
        boolean refused = cause instanceof SourceRejectedException || cause instanceof ConfigurationException;
        restUntil = System.nanoTime() + Math.max(delay(refused).toNanos(), REST.toNanos());
        tell(cause);
        if (refused) {
            standIn.refused();
        }
        // Whoever waits for the store need not wait for it any longer, perhaps.
        publish.run();
    }

    private Duration delay(boolean refused) {
        Duration longest = settings.pollInterval();
        if (refused) {
            return longest;
        }
        boolean starting = state.lastSuccess() == null;
        return RetryDelay.after(starting ? Math.max(1, failures - PATIENCE) : failures, longest);
    }

    private void tell(Throwable cause) {
        State before = state;
        boolean expected = cause instanceof ConnectorException;
        String failure = expected ? String.valueOf(cause.getMessage()) : "the store failed: " + cause;
        if (before.failure() == null) {
            log.warn("{}; the feed stays as it is, and the store is tried again", failure, expected ? null : cause);
        } else {
            log.debug("the store still fails: {}", failure, cause);
        }
        HealthStatus status = before.lastSuccess() == null ? HealthStatus.DOWN : HealthStatus.STALE;
        state = new State(status, failure, before.lastSuccess(), before.problems());
    }
}
