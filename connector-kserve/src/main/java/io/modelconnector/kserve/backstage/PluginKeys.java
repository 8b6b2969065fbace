package io.modelconnector.kserve.backstage;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one plugin, kept while they can be confirmed. There is one read at a time, and never two within
 * {@link #PAUSE}, whatever is asked for. Thread-safe.
 */
final class PluginKeys {
    /** From the beginning of one read to that of the next. */
    static final Duration PAUSE = Duration.ofSeconds(30);
    /** Keys that are used and older than this are read again, while they stay in use. */
    static final Duration FRESH = Duration.ofMinutes(10);
    /** Keys that nobody has confirmed for so long are not used; a token lives no longer either. */
    static final Duration TRUSTED = Duration.ofHours(1);

    /** Threads of the host that may wait for one read. */
    private static final int MOST_WAITING = 32;

    private static final String UNREADABLE = "the keys of the Backstage plugin cannot be read";
    private static final Logger LOG = LoggerFactory.getLogger(BackstageTokenAuthenticator.class);

    private final String plugin;
    private final KeyReader reader;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile @Nullable Known known;
    private volatile boolean failing;
    private @Nullable CompletableFuture<Void> running;
    private @Nullable Long startedAt;

    private record Known(KeySet keys, long readAt) {}

    /**
     * Makes what knows no key yet.
     *
     * @param plugin the plugin
     * @param reader what asks for them
     * @param patience how long a caller waits for a read at most
     * @param nanoTime a clock for differences
     */
    PluginKeys(String plugin, KeyReader reader, Duration patience, LongSupplier nanoTime) {
        this.plugin = plugin;
        this.reader = reader;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** A key that may be used now; null if there is none, or it has to be asked for. Never waits. */
    @Nullable
    PluginKey atHand(String id) {
        Known current = known;
        if (current == null) {
            return null;
        }
        long age = nanoTime.getAsLong() - current.readAt();
        if (age >= TRUSTED.toNanos()) {
            return null;
        }
        PluginKey key = current.keys().get(id);
        if (key != null && age >= FRESH.toNanos()) {
            CompletableFuture<Void> unused = refresh();
        }
        return key;
    }

    /** A key, asked for if it has to be. Waits no longer than the patience. */
    PluginKey find(String id) throws BadTokenException {
        PluginKey key = atHand(id);
        if (key != null) {
            return key;
        }
        CompletableFuture<Void> read = refresh();
        if (read != null) {
            await(read);
        }
        key = atHand(id);
        if (key != null) {
            return key;
        }
        if (failing || known == null) {
            throw unavailable(UNREADABLE);
        }
        throw new BadTokenException(Refused.badToken("the plugin has no key of the id that the token names")
                .because("subject " + plugin));
    }

    private void await(CompletableFuture<Void> read) throws BadTokenException {
        if (read.isDone()) {
            return;
        }
        if (!waiting.tryAcquire()) {
            throw unavailable("too many requests wait for the keys of the Backstage plugin");
        }
        try {
            read.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw unavailable(UNREADABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(UNREADABLE);
        } finally {
            waiting.release();
        }
    }

    /** Begins to read, unless that was done a moment ago; null if so and it has ended. */
    private synchronized @Nullable CompletableFuture<Void> refresh() {
        if (running != null) {
            return running;
        }
        long now = nanoTime.getAsLong();
        if (startedAt != null && now - startedAt < PAUSE.toNanos()) {
            return null;
        }
        CompletableFuture<Void> read = new CompletableFuture<>();
        running = read;
        startedAt = now;
        reader.read(plugin, new KeyReader.Listener() {
            @Override
            public void read(String document) {
                took(document, now, read);
            }

            @Override
            public void failed(String reason) {
                PluginKeys.this.failed(reason, read);
            }
        });
        return read;
    }

    private void took(String document, long askedAt, CompletableFuture<Void> read) {
        Known before = known;
        try {
            known = new Known(KeySet.read(document, before == null ? KeySet.EMPTY : before.keys()), askedAt);
        } catch (MalformedResponseException e) {
            failed(String.valueOf(e.getMessage()), read);
            return;
        } catch (RuntimeException e) {
            // Whoever waits must not wait for what has ended.
            failed("it cannot be read: " + e.getClass().getName(), read);
            return;
        }
        if (failing) {
            failing = false;
            LOG.info("reading the keys at {} works again", reader.address(plugin));
        }
        ended(read);
    }

    private void failed(String reason, CompletableFuture<Void> read) {
        if (failing) {
            LOG.debug("reading the keys at {} still fails: {}", reader.address(plugin), reason);
        } else {
            failing = true;
            LOG.warn("reading the keys at {} fails: {}", reader.address(plugin), reason);
        }
        ended(read);
    }

    private void ended(CompletableFuture<Void> read) {
        synchronized (this) {
            running = null;
        }
        read.complete(null);
    }

    private BadTokenException unavailable(String check) {
        return new BadTokenException(Refused.unavailable(check, check, PAUSE).because("plugin " + plugin));
    }
}
