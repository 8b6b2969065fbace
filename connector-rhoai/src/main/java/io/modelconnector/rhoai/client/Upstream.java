package io.modelconnector.rhoai.client;

import io.modelconnector.core.SourceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server that is asked: its address, its limits, and the threads that its requests run on. The threads bound how many
 * there are at once; they start with the first request and end when there was none for a while. Thread-safe.
 */
final class Upstream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upstream.class);
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final UpstreamIdentity identity;
    private final UpstreamOptions options;
    private final UpstreamFailures failures;
    private final OkHttpClient http;
    private final boolean ownsHttp;
    private final ThreadPoolExecutor threads;
    private final Set<Pending<?>> active = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean listenerFailed = new AtomicBoolean();
    private volatile boolean unreachable;

    Upstream(UpstreamIdentity identity, UpstreamOptions options) {
        this.identity = identity;
        this.options = options;
        this.failures = new UpstreamFailures(identity, options.timing().clock());
        this.ownsHttp = options.client() == null;
        this.http = http(options.client(), options.settings());
        int size = options.settings().requestsAtOnce();
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                named("modelconnector-rhoai-" + identity.name() + '-'));
        this.threads.allowCoreThreadTimeOut(true);
        if (options.settings().trust().trustsEverything()) {
            log.warn("certificates of {} are not verified: anybody on the way can read the token", identity.label());
        }
    }

    private static OkHttpClient http(@Nullable OkHttpClient given, HttpSettings settings) {
        OkHttpClient.Builder client = given != null
                ? given.newBuilder()
                : new OkHttpClient.Builder()
                        .connectionPool(new ConnectionPool(settings.requestsAtOnce(), 5, TimeUnit.MINUTES));
        return settings.applyTo(client).build();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    String label() {
        return identity.label();
    }

    HttpUrl.Builder url() {
        return identity.api().newBuilder();
    }

    UpstreamFailures failures() {
        return failures;
    }

    HttpSettings settings() {
        return options.settings();
    }

    RequestScope scope() {
        return new RequestScope(this);
    }

    /** Does one piece of work and waits for it. */
    <T> T run(Work<T> work) throws InterruptedException {
        try (RequestScope scope = scope()) {
            return scope.start(work).await();
        }
    }

    <T> Pending<T> start(Work<T> work) {
        Pending<T> pending = new Pending<>(new Exchange(this), work, active::remove);
        active.add(pending);
        try {
            threads.execute(pending.task());
        } catch (RejectedExecutionException e) {
            active.remove(pending);
            throw new SourceUnavailableException("the client of " + label() + " is closed", e);
        }
        return pending;
    }

    /** How often a request is tried. While the server cannot be reached once is enough: whoever polls it is the retry. */
    int tries() {
        return unreachable ? 1 : 1 + options.settings().retries();
    }

    void answered() {
        unreachable = false;
    }

    void gaveUp(boolean answered) {
        unreachable = !answered;
    }

    void pause(int retry, @Nullable Duration asked) throws InterruptedException {
        Duration limit = options.settings().maxRetryDelay();
        Duration backoff = options.timing().backoff(retry, options.settings());
        Duration wanted = asked == null ? backoff : asked;
        options.timing().sleeper().sleep(wanted.compareTo(limit) < 0 ? wanted : limit);
    }

    Call call(Target target) {
        Request.Builder request = new Request.Builder().url(target.url()).header("Accept", "application/json");
        String token = token(target);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.newCall(request.build());
    }

    private String token(Target target) {
        String token;
        try {
            token = options.token().read();
        } catch (IOException | RuntimeException e) {
            throw failures.ofToken(target, e);
        }
        String trimmed = token == null ? "" : token.strip();
        if (!trimmed.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw failures.ofBadToken(target);
        }
        return trimmed;
    }

    void report(String outcome, long startedNanos) {
        try {
            options.listener().requested(identity.name(), outcome, Duration.ofNanos(System.nanoTime() - startedNanos));
        } catch (RuntimeException e) {
            if (listenerFailed.compareAndSet(false, true)) {
                log.warn("the upstream listener {} threw", options.listener(), e);
            } else {
                log.debug("the upstream listener {} threw again", options.listener(), e);
            }
        }
    }

    /** Gives up what is under way and ends the threads. Connections of a client that was passed in are left to its owner. */
    @Override
    public void close() {
        threads.shutdownNow();
        active.forEach(Pending::cancel);
        boolean interrupted = false;
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a request to {} did not end when it was cancelled", label());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (ownsHttp) {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
