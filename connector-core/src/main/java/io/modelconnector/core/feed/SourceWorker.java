package io.modelconnector.core.feed;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one source on a thread of its own, one read at a time: when it is polled, when it announces a change, and sooner
 * than the next poll when a read failed. A source that hangs holds only this thread, and nothing that a source throws ends
 * it.
 */
final class SourceWorker {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
    /** A source that announces changes while it fails must not be read in a tight loop. */
    private static final Duration REST_AFTER_FAILURE = Duration.ofMillis(100);
    /** A source opens its watch when it is given the callback, so it is not closed in the middle of that. */
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(1);

    private final ModelSource source;
    private final FeedSettings settings;
    private final ScheduledExecutorService timer;
    private final BooleanSupplier doubting;
    private final Runnable stateChanged;
    private final Thread thread;
    private final CountDownLatch opened = new CountDownLatch(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean requested;
    private boolean closed;
    private long readNumber;
    private boolean reading;
    private boolean timedOut;
    private int failures;
    private volatile SourceState state = SourceState.unread();

    SourceWorker(
            ModelSource source,
            FeedSettings settings,
            ScheduledExecutorService timer,
            BooleanSupplier doubting,
            Runnable stateChanged) {
        this.source = source;
        this.settings = settings;
        this.timer = timer;
        this.doubting = doubting;
        this.stateChanged = stateChanged;
        this.thread = new Thread(this::run, "modelconnector-source-" + source.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return source.name();
    }

    SourceState state() {
        return state;
    }

    /** Asks the source for a card. */
    Optional<ModelCard> card(ModelCardReference reference) {
        return source.card(reference);
    }

    /** Causes one read as soon as the one that is under way, if any, has ended. */
    void requestRead() {
        lock.lock();
        try {
            requested = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the loop and interrupts a read that is under way. Returns at once. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
            thread.interrupt();
            if (thread.getState() == Thread.State.NEW) {
                opened.countDown();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends what the source opened; what it throws is logged. */
    void closeSource() {
        try {
            if (!opened.await(OPENING_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("source \"{}\" is closed while it still takes its callback", name());
            }
            source.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            log.warn("closing source \"{}\" failed", name(), e);
        }
    }

    /** Waits for the thread to end after {@link #stop}; from the thread itself, does not. */
    void join(Duration limit) throws InterruptedException {
        if (thread == Thread.currentThread()) {
            return;
        }
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            log.warn("source \"{}\" did not end its read when it was interrupted; its thread is left behind", name());
        }
    }

    private void run() {
        long nextPoll = System.nanoTime();
        long restUntil = nextPoll;
        while (true) {
            try {
                if (!awaitWork(nextPoll, restUntil)) {
                    return;
                }
                boolean due = System.nanoTime() - nextPoll >= 0;
                read();
                boolean failing = state.failing();
                restUntil = System.nanoTime() + (failing ? REST_AFTER_FAILURE.toNanos() : 0);
                if (due || failing) {
                    nextPoll = System.nanoTime() + delay().toNanos();
                }
            } catch (InterruptedException e) {
                // Only being stopped ends the loop, and that is asked for at its beginning.
                log.debug("source \"{}\" was interrupted between reads", name());
            }
        }
    }

    /** Waits until there is something to read; false when the worker was stopped. */
    private boolean awaitWork(long nextPoll, long restUntil) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long rest = restUntil - now;
                long left = requested ? Math.min(rest, nextPoll - now) : nextPoll - now;
                if (left <= 0) {
                    requested = false;
                    return true;
                }
                long unused = wake.awaitNanos(left);
            }
            opened.countDown();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void read() throws InterruptedException {
        Instant began = settings.clock().instant();
        long number = begin();
        ScheduledFuture<?> watchdog =
                timer.schedule(() -> expire(number), settings.readTimeout().toNanos(), TimeUnit.NANOSECONDS);
        SourceState next = null;
        String failure = "the source returned nothing";
        Throwable cause = null;
        try {
            listen();
            boolean fresh = state.doubtful() || doubting.getAsBoolean();
            SourceSnapshot snapshot = source.read(new ReadContext(fresh, settings.readTimeout()));
            if (snapshot != null) {
                next = state.read(snapshot, began, settings.removalGuard());
            }
        } catch (ConnectorException e) {
            failure = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            failure = "the read was interrupted";
        } catch (Throwable e) {
            failure = "the source failed: " + e;
            cause = e;
        } finally {
            watchdog.cancel(false);
        }
        lock.lock();
        try {
            if (end()) {
                next = null;
                failure = "the read did not end within " + settings.readTimeout() + " and was interrupted";
            }
            update(next == null ? state.failed(failure) : next, cause);
            failures = state.failing() ? failures + 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the source its callback, once, before the first read. */
    private void listen() {
        if (opened.getCount() == 0) {
            return;
        }
        try {
            source.onChange(this::requestRead);
        } catch (RuntimeException | LinkageError e) {
            log.warn("source \"{}\" cannot announce changes and is only polled", name(), e);
        } finally {
            opened.countDown();
        }
    }

    private long begin() {
        lock.lock();
        try {
            reading = true;
            timedOut = false;
            return ++readNumber;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a read, under the lock; true if the watchdog interrupted it. Whoever set the interrupt flag, the watchdog or the
     * source itself: it must not end the loop, which {@link #stop} alone does.
     */
    private boolean end() throws InterruptedException {
        reading = false;
        if (closed) {
            throw new InterruptedException("closed");
        }
        if (Thread.interrupted() && !timedOut) {
            log.debug("source \"{}\" left its thread interrupted", name());
        }
        return timedOut;
    }

    /** The watchdog: a read that takes too long is interrupted, and counted as failed even if it goes on. */
    private void expire(long number) {
        lock.lock();
        try {
            if (!reading || readNumber != number) {
                return;
            }
            timedOut = true;
            thread.interrupt();
            update(state.failed("the read has not ended within " + settings.readTimeout()), null);
        } finally {
            lock.unlock();
        }
    }

    /** Swaps the state, under the lock: the watchdog does so as well. */
    private void update(SourceState after, @Nullable Throwable cause) {
        SourceState before = state;
        state = after;
        SourceLog.changed(log, name(), before, after, cause);
        stateChanged.run();
    }

    private Duration delay() {
        if (!state.failing()) {
            return settings.pollInterval();
        }
        return RetryDelay.after(failures, settings.pollInterval());
    }

    @Override
    public String toString() {
        return "SourceWorker[" + name() + ", " + state.health(name()).status() + ']';
    }
}
