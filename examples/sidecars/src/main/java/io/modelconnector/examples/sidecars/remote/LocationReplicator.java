package io.modelconnector.examples.sidecars.remote;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.store.EntryStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a location, ours or the existing Go one, as a store is: forwards each change at once, repeats what did not reach it,
 * and looks from time to time whether it lists and serves what it should, for it may have been restarted.
 *
 * <p>One daemon thread decides, a few more send. {@link #changed()} may be called from anywhere and returns at once.
 * Lifecycle: start once, close.
 */
public final class LocationReplicator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocationReplicator.class);
    private static final long MAX_RESPONSE_BYTES = 24L << 20;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final LocationSync location;
    private final Duration lookInterval;
    private final Duration retryDelay;
    private final Thread thread = new Thread(this::run, "modelconnector-location");
    private final Object lock = new Object();
    private boolean changed = true;
    private boolean closed;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable String failure;

    private LocationReplicator(Builder builder) {
        PeerSettings settings = new PeerSettings(
                LocationClient.ROLE,
                "BRIDGE_URL",
                builder.base,
                builder.token,
                builder.callTimeout,
                LocationSync.AT_ONCE,
                MAX_RESPONSE_BYTES,
                builder.listener);
        this.location = new LocationSync(builder.store, new LocationClient(settings), InstantSource.system());
        this.lookInterval = builder.lookInterval;
        this.retryDelay = builder.retryDelay;
        this.thread.setDaemon(true);
    }

    /**
     * Starts to describe a replicator.
     *
     * @param store what the location is to serve; borrowed
     * @param base where the location is, an http or https URL
     */
    public static Builder builder(EntryStore store, URI base) {
        return new Builder(store, base);
    }

    /** Starts to forward, with a look at what the location has. */
    public void start() {
        thread.start();
    }

    /** Says that the store has changed. */
    public void changed() {
        synchronized (lock) {
            changed = true;
            lock.notifyAll();
        }
    }

    private void run() {
        long nextLook = System.nanoTime();
        int failed = 0;
        try {
            while (true) {
                boolean look = System.nanoTime() - nextLook >= 0;
                if (pass(look)) {
                    failed = 0;
                    nextLook = look ? System.nanoTime() + afterLook().toNanos() : nextLook;
                    if (awaitChange(nextLook)) {
                        return;
                    }
                } else if (pause(backoff(++failed))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            log.debug("forwarding to {} ends", location);
        }
    }

    /** One that is loading is looked at again soon, for then it may want much. */
    private Duration afterLook() {
        return location.loading() ? retryDelay : lookInterval;
    }

    private boolean pass(boolean look) throws InterruptedException {
        synchronized (lock) {
            changed = false;
        }
        try {
            location.pass(look);
        } catch (ConnectorException e) {
            failed(e);
            return false;
        } catch (RuntimeException e) {
            log.error("forwarding to {} failed because of a fault of the program; it is tried again", location, e);
            failed(e);
            return false;
        }
        if (failure != null) {
            failure = null;
            log.info("{} has everything that is stored again", location);
        }
        return true;
    }

    private void failed(RuntimeException e) {
        failures.incrementAndGet();
        if (failure == null) {
            log.warn("{} is not kept up to date: {}; it is tried again until it is", location, e.getMessage());
        } else {
            log.debug("{} is still not kept up to date: {}", location, e.getMessage());
        }
        failure = String.valueOf(e.getMessage());
    }

    /** Doubled from try to try up to the time between looks, and anywhere between half of that and all of it. */
    private Duration backoff(int failed) {
        long doubled = retryDelay.toNanos() << Math.min(failed - 1, 10);
        long nominal = Math.min(doubled, lookInterval.toNanos());
        return Duration.ofNanos((long) (nominal * ThreadLocalRandom.current().nextDouble(0.5, 1)));
    }

    /** Waits until something changes or a look is due; gives whether it is over. */
    private boolean awaitChange(long nextLook) throws InterruptedException {
        synchronized (lock) {
            for (long left = nextLook - System.nanoTime();
                    left > 0 && !changed && !closed;
                    left = nextLook - System.nanoTime()) {
                lock.wait(1 + left / 1_000_000);
            }
            return closed;
        }
    }

    /** Waits, whatever changes; gives whether it is over. */
    private boolean pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        synchronized (lock) {
            for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
                lock.wait(1 + left / 1_000_000);
            }
            return closed;
        }
    }

    /** How it goes. */
    public ReplicationHealth health() {
        return new ReplicationHealth(
                location.pending(),
                location.forwarded(),
                failures.get(),
                location.loading(),
                failure,
                location.problems());
    }

    /** Gives up what is under way, and ends the threads. Idempotent; takes a few seconds at most. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        thread.interrupt();
        location.close();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "LocationReplicator[" + location + ']';
    }

    /** Describes a replicator. Not thread-safe. */
    public static final class Builder {
        private final EntryStore store;
        private final URI base;
        private Supplier<String> token = () -> "";
        private Duration callTimeout = Duration.ofSeconds(10);
        private Duration lookInterval = Duration.ofSeconds(10);
        private Duration retryDelay = Duration.ofMillis(250);
        private PeerListener listener = PeerListener.NONE;

        private Builder(EntryStore store, URI base) {
            this.store = requireNonNull(store, "store");
            this.base = requireNonNull(base, "base");
        }

        /** Sets what gives the token that the parts share, asked before each request, a blank one for none; none by default. */
        public Builder bearerToken(Supplier<String> token) {
            this.token = requireNonNull(token, "token");
            return this;
        }

        /** Sets how long a request may take; 10 seconds by default. */
        Builder callTimeout(Duration timeout) {
            this.callTimeout = timeout;
            return this;
        }

        /** Sets how often to look whether the location is as it should be; 10 seconds by default. */
        Builder lookInterval(Duration interval) {
            this.lookInterval = interval;
            return this;
        }

        /** Sets how long to wait after a first failure; a quarter of a second by default. */
        Builder retryDelay(Duration delay) {
            this.retryDelay = delay;
            return this;
        }

        /** Sets who hears of requests; nobody by default. */
        public Builder listener(PeerListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        /** Makes the replicator, which does nothing before it is started. */
        public LocationReplicator build() {
            return new LocationReplicator(this);
        }
    }
}
