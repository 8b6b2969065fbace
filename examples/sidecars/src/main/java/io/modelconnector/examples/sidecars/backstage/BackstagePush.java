package io.modelconnector.examples.sidecars.backstage;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.UpstreamListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the locations of a Backstage catalog as the entries of a store are: each entry has one, whose id is noted in the
 * entry's record, and one whose entry is gone is deleted.
 *
 * <p>What there is to do is found by comparing both sides, after a change of the store and every minute. So a Backstage
 * that is down or has lost its database is told what it missed, and it does not matter when this process ends. A location
 * whose entry is gone is deleted when it was found twice, some seconds apart, since another replica may know more; and none
 * is while the store is not {@linkplain io.modelconnector.core.store.StoreListing#complete() complete}. Several replicas may
 * do this for the same store. Where Backstage does not list its locations, it is asked for each one whose id is known; then
 * the location of an entry that goes while no process is running stays.
 *
 * <pre>{@code
 * BackstagePush push = BackstagePush.builder(store, publicBase, BackstageSettings.from(System.getenv()))
 *         .cluster(access.client())
 *         .build();
 * store.onChange(push::changed);
 * push.start();
 * }</pre>
 *
 * <p>Thread-safe. Has one daemon thread from {@link #start()} to {@link #close()}, and a few more while there are requests.
 */
public final class BackstagePush implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackstagePush.class);

    /** Changes seldom come alone. */
    static final Duration DEBOUNCE = Duration.ofMillis(500);

    /** How often to look whether Backstage has forgotten something. */
    static final Duration PERIOD = Duration.ofMinutes(1);

    /** How long to wait before something that seems to be left over is looked at again. */
    static final Duration CONFIRMATION = Duration.ofSeconds(3);

    private static final long CLOSE_MILLIS = 5000;

    private final BackstageAddress address;
    private final String token;
    private final OkHttpClient http;
    private final UpstreamListener listener;
    private final PushTiming timing;
    private final PushBackoff backoff;
    private final RequestWorkers workers = new RequestWorkers();
    private final LocationReconciler reconciler;
    private final PushState state = new PushState();
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private @Nullable BackstageHttp backstage;
    private boolean started;
    private boolean closed;

    private BackstagePush(Builder builder, BackstageAddress address, String token) {
        this.address = address;
        this.token = token;
        this.http = builder.client();
        this.listener = builder.listener;
        this.timing = builder.timing;
        this.backoff = new PushBackoff(timing::random);
        this.reconciler = new LocationReconciler(
                builder.store, new LocationTargets(builder.publicBase, builder.fileName), workers);
        this.thread = new Thread(this::run, "modelconnector-backstage");
        thread.setDaemon(true);
    }

    /**
     * Starts to build a push.
     *
     * @param store whose entries Backstage is told of; borrowed
     * @param publicBase {@code BRIDGE_URL}: where Backstage reads the entries
     * @param settings where Backstage is and how to be let in
     */
    public static Builder builder(EntryStore store, URI publicBase, BackstageSettings settings) {
        return new Builder(store, publicBase, settings);
    }

    /**
     * Begins, with a first comparison at once. Does nothing after {@link #close()}.
     *
     * @throws IllegalStateException if it was begun before
     */
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("already started");
        }
        started = true;
        if (!closed) {
            thread.start();
        }
    }

    /** Says that the store has changed. Returns at once. */
    public void changed() {
        if (changes.availablePermits() == 0) {
            changes.release();
        }
    }

    /** How it goes at this instant. */
    public PushHealth health() {
        return state.health();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                PassResult result = pass();
                rest(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PassResult pass() throws InterruptedException {
        changes.drainPermits();
        PassResult result;
        try {
            result = reconciler.pass(new BackstageCatalog(backstage()));
        } catch (ConnectorException e) {
            result = reconciler.unread(new PushFailure(e));
        } catch (RuntimeException e) {
            result = reconciler.unread(new PushFailure(new SourceUnavailableException(
                    "telling Backstage of entries failed unexpectedly: "
                            + e.getClass().getSimpleName(),
                    e)));
        }
        state.passed(
                backstage == null ? "an unknown address" : backstage.backstage().toString(), result);
        if (result.failure() != null) {
            // It may have moved.
            backstage = null;
        }
        return result;
    }

    private BackstageHttp backstage() throws InterruptedException {
        BackstageHttp known = backstage;
        if (known == null) {
            HttpUrl url = requireNonNull(HttpUrl.get(address.find()), "a URL that http can be spoken with");
            known = new BackstageHttp(http, url, token, listener, new PushFailures(url, timing));
            backstage = known;
        }
        return known;
    }

    private void rest(PassResult result) throws InterruptedException {
        PushFailure failure = result.failure();
        if (failure != null) {
            timing.pause(backoff.after(failure));
            return;
        }
        backoff.reset();
        if (timing.awaitChange(changes, result.leftover().isEmpty() ? PERIOD : CONFIRMATION)) {
            timing.pause(DEBOUNCE);
        }
    }

    /** Ends the threads and gives up requests that are under way. Idempotent, returns within seconds. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        thread.interrupt();
        workers.stop();
        http.dispatcher().cancelAll();
        address.cancel();
        boolean interrupted = false;
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive() || !workers.awaitStop(CLOSE_MILLIS)) {
                log.warn("telling Backstage of entries did not end when it was cancelled");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        http.connectionPool().evictAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Settings of a push. Not thread-safe. */
    public static final class Builder {
        private final EntryStore store;
        private final URI publicBase;
        private final BackstageSettings settings;
        private final HttpSettings.Builder calls = HttpSettings.builder();
        private String fileName = "model-catalog.json";
        private @Nullable ApiClient cluster;
        private @Nullable OkHttpClient httpClient;
        private UpstreamListener listener = (upstream, outcome, took) -> {};
        private PushTiming timing = PushTiming.system();

        private Builder(EntryStore store, URI publicBase, BackstageSettings settings) {
            this.store = requireNonNull(store, "store");
            this.publicBase = requireNonNull(publicBase, "publicBase");
            this.settings = requireNonNull(settings, "settings");
        }

        /**
         * The last segment of the paths of entries, {@link io.modelconnector.core.format.FeedFormat#fileName()}; {@code
         * model-catalog.json} by default.
         */
        public Builder fileName(String name) {
            this.fileName = requireNonNull(name, "name");
            return this;
        }

        /** The cluster in which Backstage's Route is looked for, where the settings have no URL; none by default. */
        public Builder cluster(ApiClient client) {
            this.cluster = requireNonNull(client, "client");
            return this;
        }

        /**
         * More certificate authorities to trust, besides those of the JVM and of the settings' file. May be called several
         * times.
         *
         * @param pem their certificates, in PEM
         * @throws ConfigurationException if there is no certificate in it, or one that cannot be read
         */
        public Builder caCertificates(String pem) {
            calls.caCertificates(pem);
            return this;
        }

        /**
         * A client to derive the one that is used from, for proxies and the like; it is borrowed, and shares neither
         * connections nor threads. Interceptors that add credentials would send them to Backstage. By default one is made.
         */
        public Builder httpClient(OkHttpClient client) {
            this.httpClient = requireNonNull(client, "client");
            return this;
        }

        /** Hears of each request, of the upstream {@code backstage}; nobody by default. */
        public Builder listener(UpstreamListener listener) {
            this.listener = requireNonNull(listener, "listener");
            return this;
        }

        Builder timing(PushTiming timing) {
            this.timing = timing;
            return this;
        }

        /**
         * Makes the push, which starts nothing.
         *
         * @throws ConfigurationException if there is no token, neither a URL nor a cluster to look for it, or a file of
         *     certificates that cannot be read
         */
        public BackstagePush build() {
            String token = settings.token();
            if (token == null || !BackstageSettings.isToken(token)) {
                throw new ConfigurationException("RHDH_TOKEN was " + (token == null ? "not set" : "not a token")
                        + ", must be a static token that Backstage's app-config has under backend.auth.externalAccess");
            }
            return new BackstagePush(this, address(), token);
        }

        private BackstageAddress address() {
            URI url = settings.url();
            if (url != null) {
                if (HttpUrl.get(url) == null) {
                    throw new ConfigurationException("BKSTG_URL was \"" + url + "\", must be an http or https URL");
                }
                return () -> url;
            }
            if (cluster == null) {
                throw new ConfigurationException(
                        "BKSTG_URL was not set, must be Backstage's URL where there is no cluster to look for its Route");
            }
            return new BackstageRoute(cluster, settings.namespace());
        }

        private OkHttpClient client() {
            OkHttpClient.Builder client = httpClient == null ? new OkHttpClient.Builder() : httpClient.newBuilder();
            client.connectionPool(new ConnectionPool(RequestWorkers.AT_ONCE, 30, TimeUnit.SECONDS))
                    .dispatcher(new Dispatcher());
            Path file = settings.caFile();
            if (file != null) {
                trust(file);
            }
            return calls.build().applyTo(client).build();
        }

        private void trust(Path file) {
            try {
                calls.caCertificates(Files.readString(file));
            } catch (IOException | ConfigurationException e) {
                throw new ConfigurationException("BKSTG_CA_FILE was " + file + ", which cannot be used: " + e, e);
            }
        }
    }
}
