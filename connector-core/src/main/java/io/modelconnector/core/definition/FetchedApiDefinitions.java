package io.modelconnector.core.definition;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.internal.ApiDefinitionSyntax;
import io.modelconnector.core.internal.WebUrl;
import io.modelconnector.core.source.ApiDefinitionProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the OpenAPI documents that model servers publish: from where an author says that it is, or else from {@code
 * /openapi.json} below the URL of the API. Only hosts that are allowed are asked, and by default none is.
 *
 * <p>Documents are fetched by two threads of its own, and again after a while; how large one may be, how long it may take, and
 * how much is kept altogether is bounded. A document that cannot be fetched any more stays as it was; one that nobody asks for
 * is forgotten. Threads begin with the first document and end with {@link #close()}. Thread-safe.
 *
 * <pre>{@code
 * var definitions = FetchedApiDefinitions.builder(fetcher, List.of("*.apps.example.com")).build();
 * ModelFeed.builder().source(source).apiDefinitions(definitions)
 * }</pre>
 */
public final class FetchedApiDefinitions implements ApiDefinitionProvider, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FetchedApiDefinitions.class);
    private static final String USUAL_PATH = "/openapi.json";
    private static final int THREADS = 2;
    private static final int MOST_DOCUMENTS = 10_000;
    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final DefinitionFetcher fetcher;
    private final AllowedHosts hosts;
    private final Duration interval;
    private final Duration timeout;
    private final int maxBytes;
    private final long maxTotalLength;
    private final int patience;
    private final ScheduledThreadPoolExecutor threads;

    // Guarded by this.
    private final Map<URI, Document> documents = new HashMap<>();
    private long totalLength;
    private boolean announced;

    private volatile Runnable changed = () -> {};

    /** What is known of one address; guarded by its provider. */
    private static final class Document {
        private @Nullable String text;
        private int unasked;
        private boolean failing;
    }

    private FetchedApiDefinitions(Builder builder) {
        this.fetcher = builder.fetcher;
        this.hosts = builder.hosts;
        this.interval = builder.interval;
        this.timeout = builder.timeout;
        this.maxBytes = builder.maxBytes;
        this.maxTotalLength = builder.maxTotalLength;
        this.patience = builder.patience;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, daemons());
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts the description of a provider.
     *
     * @param fetcher fetches a document; it is not closed with the provider
     * @param allowedHosts from which hosts: names or addresses without a port, or {@code *.} and a domain for all hosts in it
     * @throws ConfigurationException if one of them is something else
     */
    public static Builder builder(DefinitionFetcher fetcher, List<String> allowedHosts) {
        return new Builder(fetcher, new AllowedHosts(allowedHosts));
    }

    @Override
    public void onChange(Runnable changed) {
        this.changed = requireNonNull(changed, "changed");
    }

    @Override
    public Optional<String> definition(ModelServerApi api) {
        Optional<URI> url = api.type() == ApiType.OPENAPI ? hosts.allowed(address(api)) : Optional.empty();
        return url.isEmpty() ? Optional.empty() : Optional.ofNullable(known(url.get()));
    }

    private static String address(ModelServerApi api) {
        if (WebUrl.isHttp(api.spec())) {
            return api.spec().strip();
        }
        String base = api.url().strip();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + USUAL_PATH;
    }

    private synchronized @Nullable String known(URI url) {
        Document document = documents.get(url);
        if (document == null && documents.size() < MOST_DOCUMENTS && !threads.isShutdown()) {
            document = new Document();
            documents.put(url, document);
            schedule(url, Duration.ZERO);
        }
        if (document == null) {
            return null;
        }
        document.unasked = 0;
        return document.text;
    }

    private synchronized void schedule(URI url, Duration delay) {
        if (!threads.isShutdown()) {
            var unused = threads.schedule(() -> refresh(url), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void refresh(URI url) {
        if (forgotten(url)) {
            return;
        }
        Duration pause = interval;
        try {
            if (keep(url, fetched(url))) {
                announce();
            }
        } catch (IOException | RuntimeException e) {
            failed(url, e);
            pause = interval.compareTo(RETRY) < 0 ? interval : RETRY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        schedule(url, pause);
    }

    /** Once for all documents that come in within a moment: each announcement makes the feed be published anew. */
    private synchronized void announce() {
        if (!announced && !threads.isShutdown()) {
            announced = true;
            var unused = threads.schedule(this::tell, MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        synchronized (this) {
            announced = false;
        }
        changed.run();
    }

    private String fetched(URI url) throws IOException, InterruptedException {
        byte[] bytes = fetcher.fetch(url, maxBytes, timeout);
        if (bytes.length > maxBytes) {
            throw new IOException("the document is longer than " + maxBytes + " bytes");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (!ApiDefinitionSyntax.is(ApiType.OPENAPI, text)) {
            throw new IOException("the document is not an OpenAPI document");
        }
        return text;
    }

    private synchronized boolean forgotten(URI url) {
        Document document = documents.get(url);
        if (document == null) {
            return true;
        }
        document.unasked++;
        if (document.unasked > patience) {
            documents.remove(url);
            totalLength -= length(document.text);
            return true;
        }
        return false;
    }

    /** Keeps a document, unless all of them together would be too long; tells whether it is another one than before. */
    private synchronized boolean keep(URI url, String text) throws IOException {
        Document document = documents.get(url);
        if (document == null) {
            return false;
        }
        document.failing = false;
        if (text.equals(document.text)) {
            return false;
        }
        long total = totalLength - length(document.text) + text.length();
        if (total > maxTotalLength) {
            throw new IOException("all documents together would be longer than " + maxTotalLength + " characters");
        }
        totalLength = total;
        document.text = text;
        return true;
    }

    private synchronized void failed(URI url, Exception cause) {
        Document document = documents.get(url);
        if (document != null && !document.failing) {
            document.failing = true;
            log.info(
                    "the definition of the API at {}{} cannot be fetched{}: {}",
                    url.getHost(),
                    url.getRawPath(),
                    document.text == null ? "" : " and stays as it was",
                    cause.toString());
        }
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "modelconnector-definitions-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ends the threads. What is known can still be asked for. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            threads.shutdownNow();
        }
        try {
            boolean unused = threads.awaitTermination(4, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects the settings of {@link FetchedApiDefinitions}. Not thread-safe. */
    public static final class Builder {
        private final DefinitionFetcher fetcher;
        private final AllowedHosts hosts;
        private Duration interval = Duration.ofHours(1);
        private Duration timeout = Duration.ofSeconds(10);
        private int maxBytes = 1 << 20;
        private long maxTotalLength = 64L << 20;
        private int patience = 3;

        private Builder(DefinitionFetcher fetcher, AllowedHosts hosts) {
            this.fetcher = requireNonNull(fetcher, "fetcher");
            this.hosts = hosts;
        }

        /** Sets after how long a document is fetched again; an hour by default. */
        public Builder interval(Duration interval) {
            this.interval = positive("interval", interval);
            return this;
        }

        /** Sets how long fetching a document may take; 10 seconds by default. */
        public Builder timeout(Duration timeout) {
            this.timeout = positive("timeout", timeout);
            return this;
        }

        /** Sets how long a document may be at most, in bytes; 1 MiB by default. */
        public Builder maxBytes(int maxBytes) {
            if (maxBytes < 1) {
                throw new ConfigurationException("maxBytes was " + maxBytes + ", must be positive");
            }
            this.maxBytes = maxBytes;
            return this;
        }

        /** Sets how long all documents together may be at most, in characters; 64 Mi by default. */
        public Builder maxTotalLength(long maxTotalLength) {
            if (maxTotalLength < 1) {
                throw new ConfigurationException("maxTotalLength was " + maxTotalLength + ", must be positive");
            }
            this.maxTotalLength = maxTotalLength;
            return this;
        }

        /** Sets after how many fetches that nobody asked for a document is forgotten. */
        Builder patience(int fetches) {
            this.patience = fetches;
            return this;
        }

        /** Makes the provider, which starts nothing yet. */
        public FetchedApiDefinitions build() {
            return new FetchedApiDefinitions(this);
        }

        private static Duration positive(String setting, Duration value) {
            if (value.isZero() || value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
                throw new ConfigurationException(setting + " was " + value + ", must be positive and at most 365 days");
            }
            return value;
        }
    }
}
