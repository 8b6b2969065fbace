package io.modelconnector.rhoai;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.CardLimit;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.UpstreamListener;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The registered models of OpenShift AI: one or many model registries, each a {@linkplain
 * io.modelconnector.core.source.SourcePart part} that fails on its own, and their model cards: those of the model catalog that
 * artifacts name, else the readmes of registered models, else those of a provider of the user's own.
 *
 * <pre>{@code
 * ModelSource source = RhoaiModelSource.builder("public", URI.create("https://registry.apps.example.com"))
 *         .catalog(URI.create("https://catalog.apps.example.com"))
 *         .bearerToken(() -> Files.readString(tokenFile))
 *         .build();
 * }</pre>
 *
 * <p>Reads are incremental. Everything is read at first, every {@link Builder#fullReadInterval(Duration)}, and whenever an
 * answer does not fit what is known; in between each registry is asked what it changed last, which is five requests when
 * nothing did, however many models there are. Only a full read can tell that something is gone. It also asks up to 200
 * versions of each registry for their artifacts again, those that were not asked for longest, because no list tells that a
 * known artifact was attached to a further version, or of artifacts other than models and documents. Facts that did not
 * change are the same objects from one read to the next.
 */
public final class RhoaiModelSource implements ModelSource {
    /** So many that registries that hang do not keep the others waiting; the threads end when they are idle. */
    private static final int REGISTRIES_AT_ONCE = 64;

    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String name;
    private final RegistryDirectory directory;
    private final RegistryFleet fleet;
    private final CardIndex cards;
    private final CardLookup lookup;
    private final ThreadPoolExecutor threads;
    private final @Nullable OkHttpClient ownHttp;
    private volatile boolean closed;

    private RhoaiModelSource(Builder builder) {
        name = builder.name;
        directory = new ConfiguredDirectory(builder.registries, builder.catalog, builder.directory);
        ownHttp = builder.http != null
                ? null
                : new OkHttpClient.Builder()
                        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                        .build();
        OkHttpClient http = ownHttp != null ? ownHttp : requireNonNull(builder.http);
        Duration fullReadInterval = builder.fullReadInterval;
        Clock clock = builder.clock;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                REGISTRIES_AT_ONCE,
                REGISTRIES_AT_ONCE,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "modelconnector-" + name + "-read-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        CardStore texts = new CardStore(builder.maxCardStoreBytes);
        fleet = new RegistryFleet(
                directory,
                new ClientFactory(http, builder.token, builder.settings, builder.listener, texts::put),
                registry -> new RegistryReader(registry, clock, fullReadInterval));
        CardLimit limit = new CardLimit(builder.settings.maxCardBytes());
        ProvidedCards provided = builder.cards == null ? null : new ProvidedCards(builder.cards, limit, threads);
        cards = new CardIndex(clock, fullReadInterval, texts, builder.earlierCards, provided);
        lookup = new CardLookup(fleet, cards, provided);
    }

    /**
     * Starts to configure a source of a registry whose address is known.
     *
     * @param registryName the registry's name on the platform; the Role that gives access to it is called after it
     * @param registryBase its address, http or https, to which {@code /api/model_registry/v1alpha3} is appended
     * @throws ConfigurationException if the name or the address is not usable
     */
    public static Builder builder(String registryName, URI registryBase) {
        return new Builder(null).registry(registryName, registryBase);
    }

    /**
     * Starts to configure a source of the registries that a directory has. It is asked at each read, so that registries
     * may come and go.
     *
     * @param directory the directory
     */
    public static Builder builder(RegistryDirectory directory) {
        return new Builder(requireNonNull(directory, "directory"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        checkOpen();
        long started = System.nanoTime();
        fleet.update();
        SourceSnapshot snapshot = new ReadRound(fleet, cards, threads, context, started).read();
        // Closing cancels requests, which looks like items that cannot be read.
        checkOpen();
        return snapshot;
    }

    private void checkOpen() {
        if (closed) {
            throw new SourceUnavailableException("source \"" + name + "\" is closed");
        }
    }

    @Override
    public void onChange(Runnable changed) {
        directory.onChange(() -> {
            if (!closed) {
                changed.run();
            }
        });
    }

    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        if (!closed) {
            return lookup.card(reference);
        }
        Optional<ModelCard> stored = cards.stored(reference);
        if (stored.isEmpty()) {
            throw new SourceUnavailableException(
                    "reading the model card " + reference + " was given up: the source is closed");
        }
        return stored;
    }

    @Override
    public void close() {
        closed = true;
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Future<?> read) {
                read.cancel(true);
            }
        }
        fleet.close();
        try {
            threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ownHttp != null) {
            ownHttp.dispatcher().executorService().shutdown();
            ownHttp.connectionPool().evictAll();
        }
    }

    @Override
    public String toString() {
        return "RhoaiModelSource[" + name + ", " + fleet.members().size() + " registries]";
    }

    /** Configures a source; a bad value is refused by its setter. Not thread-safe. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");

        private final @Nullable RegistryDirectory directory;
        private final List<RegistryLocation> registries = new ArrayList<>();
        private @Nullable URI catalog;
        private @Nullable OkHttpClient http;
        private String name = "rhoai";
        private @Nullable ModelCardProvider cards;
        private BearerToken token = () -> null;
        private HttpSettings settings = HttpSettings.defaults();
        private UpstreamListener listener = (upstream, outcome, took) -> {};
        private Duration fullReadInterval = Duration.ofMinutes(10);
        private long maxCardStoreBytes = 64L << 20;
        private Function<ModelCardReference, Optional<CardVersion>> earlierCards = reference -> Optional.empty();
        private Clock clock = Clock.systemUTC();

        private Builder(@Nullable RegistryDirectory directory) {
            this.directory = directory;
        }

        /**
         * Adds a registry. It wins over one of that name in the directory.
         *
         * @param registryName the registry's name on the platform
         * @param registryBase its address, http or https, to which {@code /api/model_registry/v1alpha3} is appended
         * @throws ConfigurationException if the name or the address is not usable, or the name was given already
         */
        public Builder registry(String registryName, URI registryBase) {
            RegistryLocation location = new RegistryLocation(registryName, registryBase, null);
            if (registries.stream().anyMatch(known -> known.name().equals(registryName))) {
                throw new ConfigurationException(
                        "registry \"" + registryName + "\" was given twice, must be given once");
            }
            ModelRegistryClient.builder(registryName, registryBase);
            registries.add(location);
            return this;
        }

        /**
         * Where the model catalog is. It wins over the directory's. Without any there are no cards of it.
         *
         * @param base its address, http or https, to which {@code /api/model_catalog/v1alpha1} is appended
         * @throws ConfigurationException if it is not usable
         */
        public Builder catalog(URI base) {
            ModelCatalogClient.builder(base);
            catalog = base;
            return this;
        }

        /**
         * The token of each request, for the registries and the catalog. By default none is sent.
         *
         * @param supplier gives the token, anew for each request
         */
        public Builder bearerToken(BearerToken supplier) {
            token = requireNonNull(supplier, "supplier");
            return this;
        }

        /**
         * How often everything is read, which is how soon it is noticed that something was deleted.
         *
         * @param interval 10 minutes by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder fullReadInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new ConfigurationException("fullReadInterval was " + interval + ", must be positive");
            }
            fullReadInterval = interval;
            return this;
        }

        /**
         * Limits, retries and trust.
         *
         * @param http {@link HttpSettings#defaults()} by default
         */
        public Builder settings(HttpSettings http) {
            settings = requireNonNull(http, "http");
            return this;
        }

        /**
         * The caller's own OkHttp client, whose connections, proxy and interceptors are used; timeouts, redirects and, where
         * they say something of it, trust are those of the settings. It is never closed. By default the source makes one.
         *
         * @param client the client
         */
        public Builder httpClient(OkHttpClient client) {
            http = requireNonNull(client, "client");
            return this;
        }

        /**
         * The source's name, unique in its feed.
         *
         * @param sourceName {@code rhoai} by default
         * @throws ConfigurationException if it is not 1 to 63 letters, digits, {@code .}, {@code _} and {@code -}
         */
        public Builder name(String sourceName) {
            if (!NAME.matcher(sourceName).matches()) {
                throw new ConfigurationException("the name of a source was \"" + sourceName
                        + "\", must be 1 to 63 letters, digits, '.', '_' and '-'");
            }
            name = sourceName;
            return this;
        }

        /**
         * Hears of each request to a registry or the catalog.
         *
         * @param upstreamListener the listener; none by default
         */
        public Builder listener(UpstreamListener upstreamListener) {
            listener = requireNonNull(upstreamListener, "upstreamListener");
            return this;
        }

        /**
         * How many bytes of model cards are kept in memory. A card that is not is fetched when it is asked for.
         *
         * @param bytes 64 MiB by default
         * @throws ConfigurationException if it is negative
         */
        public Builder maxCardStoreBytes(long bytes) {
            if (bytes < 0) {
                throw new ConfigurationException("maxCardStoreBytes was " + bytes + ", must be at least 0");
            }
            maxCardStoreBytes = bytes;
            return this;
        }

        /**
         * Who has cards that neither the catalog nor the registries have. Asked for the references that artifacts name if the
         * catalog does not have them, or there is no catalog; then for registered models that have no card otherwise, with the
         * reference {@link io.modelconnector.rhoai.client.ReadmeReference} makes. What it does not have it is asked for again
         * at the next full read, or when the model changes. While it fails, the last known card is kept.
         *
         * @param provider asked on several threads, at most eight at once, and interrupted when a read takes too long;
         *     borrowed. By default there is none
         */
        public Builder cards(ModelCardProvider provider) {
            cards = requireNonNull(provider, "provider");
            return this;
        }

        /**
         * Sets what was known of cards before the start, so that one that the catalog does not give since is not taken for
         * one that it does not have: {@link io.modelconnector.core.store.StoredCardVersions} for a feed with a store. By
         * default nothing was known. It is asked during reads, may wait, and must not throw.
         */
        public Builder earlierCards(Function<ModelCardReference, Optional<CardVersion>> known) {
            earlierCards = requireNonNull(known, "earlierCards");
            return this;
        }

        Builder clock(Clock now) {
            clock = now;
            return this;
        }

        /** Makes the source, which opens nothing before its first read. */
        public RhoaiModelSource build() {
            return new RhoaiModelSource(this);
        }
    }
}
