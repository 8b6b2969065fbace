package io.modelconnector.core.feed;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one source on a thread of its own, one read at a time: when it is polled, when it announces a change, and sooner
 * than the next poll when a read failed. A source that hangs holds only this thread.
 */
final class SourceWorker {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final ModelSource source;
    private final FeedSettings settings;
    private final ScheduledExecutorService timer;
    private final Runnable stateChanged;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean requested;
    private boolean closed;
    private long readNumber;
    private boolean reading;
    private boolean timedOut;
    private int failures;
    private volatile SourceState state = SourceState.unread();

    SourceWorker(ModelSource source, FeedSettings settings, ScheduledExecutorService timer, Runnable stateChanged) {
        this.source = source;
        this.settings = settings;
        this.timer = timer;
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
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the thread to end after {@link #stop()}. */
    void join(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            log.warn("source \"{}\" did not end its read when it was interrupted; its thread is left behind", name());
        }
    }

    private void run() {
        try {
            source.onChange(this::requestRead);
        } catch (RuntimeException | LinkageError e) {
            log.warn("source \"{}\" cannot announce changes and is only polled", name(), e);
        }
        long nextPoll = System.nanoTime();
        try {
            while (awaitWork(nextPoll)) {
                boolean due = System.nanoTime() - nextPoll >= 0;
                read();
                if (due || state.failing()) {
                    nextPoll = System.nanoTime() + delay().toNanos();
                }
            }
        } catch (InterruptedException e) {
            log.debug("source \"{}\" is no longer read", name());
        }
    }

    /** Waits until there is something to read; false when the worker was stopped. */
    private boolean awaitWork(long nextPoll) throws InterruptedException {
        lock.lock();
        try {
            long left = nextPoll - System.nanoTime();
            while (!closed && !requested && left > 0) {
                left = wake.awaitNanos(left);
            }
            requested = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void read() throws InterruptedException {
        long number = begin();
        ScheduledFuture<?> watchdog =
                timer.schedule(() -> expire(number), settings.readTimeout().toNanos(), TimeUnit.NANOSECONDS);
        SourceSnapshot snapshot = null;
        String failure = null;
        Throwable cause = null;
        try {
            snapshot = source.read(new ReadContext(state.doubtful(), settings.readTimeout()));
            if (snapshot == null) {
                failure = "the source returned nothing";
            }
        } catch (ConnectorException e) {
            failure = String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            failure = "the read was interrupted";
        } catch (RuntimeException | Error e) {
            failure = "the source failed: " + e;
            cause = e;
        } finally {
            watchdog.cancel(false);
        }
        lock.lock();
        try {
            if (end()) {
                failure = "the read did not end within " + settings.readTimeout() + " and was interrupted";
            }
            if (snapshot != null && failure == null) {
                update(state.read(snapshot, settings.clock().instant(), settings.removalGuard()), null);
            } else {
                update(state.failed(String.valueOf(failure)), cause);
            }
        } finally {
            lock.unlock();
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
     * source itself: it must not end the loop, which {@link #stop()} alone does.
     */
    private boolean end() throws InterruptedException {
        reading = false;
        if (closed) {
            throw new InterruptedException("closed");
        }
        boolean interrupted = Thread.interrupted();
        if (interrupted && !timedOut) {
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
        failures = after.failing() ? failures + 1 : 0;
        SourceLog.changed(log, name(), before, after, cause);
        stateChanged.run();
    }

    private Duration delay() {
        if (!state.failing()) {
            return settings.pollInterval();
        }
        long doubled = FIRST_RETRY.toMillis() << Math.min(failures - 1, 16);
        long jittered = doubled + ThreadLocalRandom.current().nextLong(doubled / 4 + 1);
        Duration retry = Duration.ofMillis(jittered);
        return retry.compareTo(settings.pollInterval()) < 0 ? retry : settings.pollInterval();
    }

    /** Ends what the source opened; what it throws is logged. */
    void closeSource() {
        try {
            source.close();
        } catch (RuntimeException | LinkageError e) {
            log.warn("closing source \"{}\" failed", name(), e);
        }
    }

    /** Asks the source for a card. */
    Optional<ModelCard> card(ModelCardReference reference) {
        return source.card(reference);
    }

    @Override
    public String toString() {
        return "SourceWorker[" + name() + ", " + state.health(name()).status() + ']';
    }
}
