package io.modelconnector.kserve.store;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.internal.ClusterApi;
import io.modelconnector.kserve.internal.SettingChecks;
import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.internal.WatchSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries in ConfigMaps of a namespace, where they survive restarts and are shared by all processes that use them.
 *
 * <pre>{@code
 * try (EntryStore store = ConfigMapEntryStore.builder(apiClient, "ai-rhdh").build()) {
 *     store.write(StoreUpdate.of(entries));
 * }
 * }</pre>
 *
 * <p>Each entry is a record ({@link io.modelconnector.core.store.EntryRecord}) under its import key, in the
 * {@code binaryData} of {@code bac-import-model}, which other implementations read and write. Entries for which there is no
 * room go to {@code bac-import-model-1}, {@code -2} and so on, and stay where they are; one that no ConfigMap can take is a
 * problem, and lives as long as this process. The texts of model cards are compressed in {@code bac-import-model-cards-0}
 * and so on; above a total the ones that did not change for the longest time are not stored. A ConfigMap made here says
 * {@code modelconnector.io/filling: "true"} in an annotation until the first key set came.
 *
 * <p>Everything is in memory: reads cost the API server nothing, a watch tells of what others change, and what is there
 * already is not written again. Changes that come at the same time are made together, at most one write for each ConfigMap
 * that changes. ConfigMaps that somebody else changed in between are read again (optimistic concurrency), so that no
 * change of anybody is lost; one that somebody deleted is made again. Records that cannot be read are problems; like keys,
 * fields, labels and annotations of others they stay as they are.
 *
 * <p>The account needs get, list, watch, create, update and patch on {@code configmaps} in the namespace, and no delete.
 * Without watch it is looked for changes when somebody lists, every five seconds at most.
 *
 * <p>Thread-safe. The first call starts two threads; {@link #close()} ends them. The given client lends its base URL, TLS
 * and authentication; it is neither changed nor closed.
 */
public final class ConfigMapEntryStore implements EntryStore {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapEntryStore.class);
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(5);

    private final StoreSettings settings;
    private final Timing timing;
    private final StoreWorker worker;
    private volatile Runnable changed = () -> {};

    // Guarded by this.
    private @Nullable Long firstAsked;
    private long refreshed;

    private ConfigMapEntryStore(Builder builder) {
        WatchSettings calls =
                new WatchSettings(builder.callTimeout, WatchSettings.DEFAULT_IDLE_TIMEOUT, builder.timing);
        this.settings = new StoreSettings(
                builder.namespace,
                builder.name,
                builder.maxMapBytes,
                builder.maxCardBytes,
                builder.fillingDeadline,
                builder.linger,
                calls,
                builder.clock);
        this.timing = builder.timing;
        this.worker = new StoreWorker(settings, builder.client, () -> changed.run());
    }

    /**
     * Starts to build a store.
     *
     * @param client a client of the cluster; borrowed
     * @param namespace the namespace of the ConfigMaps
     * @throws ConfigurationException if the client's base path is no URL, or the namespace cannot be one
     */
    public static Builder builder(ApiClient client, String namespace) {
        return new Builder(client, namespace);
    }

    /**
     * What is stored. The first call reads it; all others answer from memory. A store that has entries and got no key set
     * counts as complete after the filling deadline.
     */
    @Override
    public StoreListing list() throws InterruptedException {
        return current().listing(isOverdue());
    }

    @Override
    public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
        return Optional.ofNullable(current().entry(importKey));
    }

    @Override
    public StoreOutcome write(StoreUpdate update) throws InterruptedException {
        noteAsked();
        return worker.submit(Request.toWrite(update));
    }

    /**
     * Takes a callback to call when another process changed what is stored. It is called from the thread of the store that
     * writes, so that it must not write itself.
     */
    @Override
    public void onChange(Runnable listener) {
        changed = requireNonNull(listener, "listener");
    }

    @Override
    public List<Problem> problems() {
        StoreView view = worker.view();
        List<Problem> problems = new ArrayList<>(view == null ? List.of() : view.problems());
        ConnectorException failure = worker.watchFailure();
        if (failure != null) {
            problems.add(new Problem(
                    settings.name(),
                    failure.getMessage() + "; until then changes of other processes are noticed late"));
        }
        return List.copyOf(problems);
    }

    /** What was done so far, and how full the ConfigMaps are. */
    public StoreStatistics statistics() {
        StoreView view = worker.view();
        return worker.counters().statistics(view == null ? Collections.emptySortedMap() : view.bytes());
    }

    /** Ends the watch and the threads, within seconds. Changes under way fail. Idempotent. */
    @Override
    public void close() {
        worker.close();
    }

    /** How many calls wait to be taken up. */
    int waitingRequests() {
        return worker.waitingRequests();
    }

    private StoreView current() throws InterruptedException {
        noteAsked();
        if (worker.isClosed()) {
            throw worker.closed();
        }
        if (worker.view() == null) {
            worker.submit(Request.toLoad());
        } else if (worker.isToldNothing() && !worker.isOwnThread() && isRefreshDue()) {
            refresh();
        }
        return requireNonNull(worker.view(), "view");
    }

    private void refresh() throws InterruptedException {
        try {
            worker.submit(Request.toRefresh());
        } catch (ConnectorException e) {
            LOG.debug("Looking for changes failed, and what is known is answered: {}", e.getMessage());
        }
    }

    private synchronized boolean isRefreshDue() {
        long now = timing.nanoTime();
        if (now - refreshed < REFRESH_INTERVAL.toNanos()) {
            return false;
        }
        refreshed = now;
        return true;
    }

    private synchronized void noteAsked() {
        if (firstAsked == null) {
            firstAsked = timing.nanoTime();
            refreshed = firstAsked;
        }
    }

    private synchronized boolean isOverdue() {
        return firstAsked != null
                && timing.nanoTime() - firstAsked >= settings.fillingDeadline().toNanos();
    }

    /** Settings of a store. Not thread-safe. */
    public static final class Builder {
        private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,238}[a-z0-9])?");
        private static final int LEAST_MAP_BYTES = 1000;
        private static final int MOST_MAP_BYTES = 1 << 20;
        private static final int MOST_CARD_BYTES = 256 << 20;

        private final ApiClient client;
        private final String namespace;
        private String name = "bac-import-model";
        private int maxMapBytes = 1_000_000;
        private int maxCardBytes = 8 << 20;
        private Duration fillingDeadline = Duration.ofMinutes(5);
        private Duration callTimeout = WatchSettings.DEFAULT_CALL_TIMEOUT;
        private Duration linger = Duration.ofMillis(5);
        private Timing timing = Timing.system();
        private Clock clock = Clock.systemUTC();

        private Builder(ApiClient client, String namespace) {
            this.client = ClusterApi.checked(client);
            this.namespace = SettingChecks.namespace("namespace", namespace);
        }

        /**
         * The name of the first ConfigMap, from which the names of the others are made; {@code bac-import-model} by
         * default, which other implementations use.
         *
         * @throws ConfigurationException if it cannot be the name of a ConfigMap
         */
        public Builder name(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException(
                        "name was \"" + name
                                + "\", must be the name of a ConfigMap: lower-case letters, digits, \"-\" and \".\", at most 240");
            }
            this.name = name;
            return this;
        }

        /**
         * How many bytes the keys and values of one ConfigMap may take, counted as the API server does, without base64;
         * 1,000,000 by default, as the API server takes 1,048,576 for the values alone.
         *
         * @throws ConfigurationException if it is less than 1,000 or more than 1,048,576
         */
        public Builder maxMapBytes(int maxMapBytes) {
            this.maxMapBytes = between("maxMapBytes", LEAST_MAP_BYTES, maxMapBytes, MOST_MAP_BYTES);
            return this;
        }

        /**
         * How many bytes all model cards may take in the ConfigMaps, compressed; 8 MiB by default. Four times as much is
         * kept in memory.
         *
         * @throws ConfigurationException if it is negative or more than 256 MiB
         */
        public Builder maxCardBytes(int maxCardBytes) {
            this.maxCardBytes = between("maxCardBytes", 0, maxCardBytes, MOST_CARD_BYTES);
            return this;
        }

        /**
         * After how long a store that has entries counts as complete although it never got a key set; 5 minutes by
         * default, from the first call on.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder fillingDeadline(Duration fillingDeadline) {
            this.fillingDeadline = SettingChecks.positive("fillingDeadline", fillingDeadline);
            return this;
        }

        /**
         * How long reading or writing one ConfigMap may take; 30 seconds by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder callTimeout(Duration callTimeout) {
            this.callTimeout = SettingChecks.positive("callTimeout", callTimeout);
            return this;
        }

        Builder linger(Duration linger) {
            this.linger = linger;
            return this;
        }

        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Makes the store. Nothing is started before its first call. */
        public ConfigMapEntryStore build() {
            return new ConfigMapEntryStore(this);
        }

        private static int between(String setting, int least, int value, int most) {
            if (value < least || value > most) {
                throw new ConfigurationException(
                        setting + " was " + value + ", must be at least " + least + " and at most " + most);
            }
            return value;
        }
    }
}
