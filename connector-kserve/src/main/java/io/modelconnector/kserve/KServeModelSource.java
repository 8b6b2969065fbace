package io.modelconnector.kserve;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.kserve.internal.ClusterApi;
import io.modelconnector.kserve.internal.SettingChecks;
import io.modelconnector.kserve.internal.Timing;
import io.modelconnector.kserve.internal.WatchGroup;
import io.modelconnector.kserve.internal.WatchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models that KServe serves in a cluster: InferenceServices and LLMInferenceServices, kept current by watches, so
 * that a change is announced within milliseconds and a read costs the API server nothing.
 *
 * <pre>{@code
 * KServeModelSource source = KServeModelSource.builder(apiClient)
 *         .namespaces("ml-prod", "ml-test")
 *         .build();
 * }</pre>
 *
 * <p>The account needs list and watch on {@code inferenceservices} and {@code llminferenceservices} of
 * {@code serving.kserve.io}, and on {@code services} and {@code serviceaccounts}: in each of the namespaces, or in all if
 * none are given. Without InferenceServices the source fails, naming what to grant. Without the others it goes on and
 * reports a problem: no LLMInferenceServices, URLs as the status has them, authentication by annotation only. Access that
 * is granted later, and a CRD that is installed later, is noticed within a minute. A cluster without KServe has no
 * models, which is no error.
 *
 * <p>A snapshot has a part for each kind and namespace. While the API server cannot be reached, they fail; what the feed
 * has of them stays.
 *
 * <p>Thread-safe. The first read starts a thread for each kind and namespace; {@link #close()} ends them. The given
 * client lends its base URL, TLS and authentication; it is neither changed nor closed.
 */
public final class KServeModelSource implements ModelSource {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final String name;
    private final Duration syncTimeout;
    private final WatchGroup watches;
    private final List<NamespaceWatch> namespaces;

    private volatile Runnable changed = () -> {};
    /** Before the first read has waited there is nothing that another read would find. */
    private volatile boolean waited;

    private Map<String, ServedModel> known = Map.of();

    private KServeModelSource(Builder builder) {
        this.name = builder.name;
        this.syncTimeout = builder.syncTimeout;
        WatchSettings settings = new WatchSettings(builder.callTimeout, builder.watchIdleTimeout, builder.timing);
        this.watches = new WatchGroup(name, builder.client, settings, this::announce);
        List<NamespaceWatch> list = new ArrayList<>();
        if (builder.namespaces.isEmpty()) {
            list.add(new NamespaceWatch(watches, null, builder.labelSelector, syncTimeout));
        }
        for (String namespace : builder.namespaces) {
            list.add(new NamespaceWatch(watches, namespace, builder.labelSelector, syncTimeout));
        }
        this.namespaces = List.copyOf(list);
    }

    /**
     * Starts to build a source.
     *
     * @param client a client of the cluster; borrowed
     * @throws ConfigurationException if the client's base path is no URL
     */
    public static Builder builder(ApiClient client) {
        return new Builder(client);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void onChange(Runnable listener) {
        changed = requireNonNull(listener, "listener");
    }

    /**
     * What the watches know. The first read waits until every kind was listed, or is known not to be there or not to be
     * allowed, but no longer than the sync timeout; a fresh one lists everything anew, and waits as long; any other
     * returns at once.
     */
    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        Duration limit =
                shorter(syncTimeout, context.timeLimit().multipliedBy(9).dividedBy(10));
        watches.start();
        if (!waited) {
            watches.awaitSettled(limit);
            waited = true;
        } else if (context.fresh()) {
            watches.relist(limit);
        }
        if (watches.isClosed()) {
            throw new SourceUnavailableException("reading source \"" + name + "\" failed: it is closed; build another");
        }
        return snapshot();
    }

    @Override
    public void close() {
        watches.close();
    }

    private synchronized SourceSnapshot snapshot() {
        List<SourcePart> parts = new ArrayList<>();
        namespaces.forEach(namespace -> parts.addAll(namespace.parts(this::sameAsBefore)));
        Map<String, ServedModel> now = new HashMap<>();
        parts.forEach(part -> part.servedModels().forEach(served -> now.put(served.id(), served)));
        known = now;
        return new SourceSnapshot(parts);
    }

    /** Unchanged facts are the same objects, which are quick to compare. */
    private ServedModel sameAsBefore(ServedModel served) {
        ServedModel before = known.get(served.id());
        return before != null && before.equals(served) ? before : served;
    }

    private void announce() {
        if (waited) {
            changed.run();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Settings of a source. Not thread-safe. */
    public static final class Builder {
        private final ApiClient client;
        private String name = "kserve";
        private List<String> namespaces = List.of();
        private @Nullable String labelSelector;
        private Duration syncTimeout = WatchSettings.DEFAULT_SYNC_TIMEOUT;
        private Duration callTimeout = WatchSettings.DEFAULT_CALL_TIMEOUT;
        private Duration watchIdleTimeout = WatchSettings.DEFAULT_IDLE_TIMEOUT;
        private Timing timing = Timing.system();

        private Builder(ApiClient client) {
            this.client = ClusterApi.checked(client);
        }

        /**
         * The source's name, unique in its feed; {@code kserve} by default.
         *
         * @throws ConfigurationException if it is not made of letters, digits, {@code .}, {@code _} and {@code -}
         */
        public Builder name(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException(
                        "name was \"" + name + "\", must be made of letters, digits, \".\", \"_\" and \"-\"");
            }
            this.name = name;
            return this;
        }

        /**
         * The namespaces to watch; all by default, which needs a ClusterRole. Each is watched by itself, and fails by
         * itself.
         *
         * @throws ConfigurationException if one cannot be the name of a namespace
         */
        public Builder namespaces(String... namespaces) {
            this.namespaces = SettingChecks.namespaces("namespaces", namespaces);
            return this;
        }

        /**
         * A label selector that InferenceServices and LLMInferenceServices have to match, in the API server's syntax:
         * {@code team in (genai,vision),!hidden}. None by default.
         *
         * @throws ConfigurationException if it is blank
         */
        public Builder labelSelector(String labelSelector) {
            if (labelSelector.isBlank()) {
                throw new ConfigurationException("labelSelector was blank, must be a selector like \"team=genai\"");
            }
            this.labelSelector = labelSelector;
            return this;
        }

        /**
         * How long the first read, or a fresh one, waits for the lists; 30 seconds by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder syncTimeout(Duration syncTimeout) {
            this.syncTimeout = SettingChecks.positive("syncTimeout", syncTimeout);
            return this;
        }

        /**
         * How long a page of a list may take; 30 seconds by default.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder callTimeout(Duration callTimeout) {
            this.callTimeout = SettingChecks.positive("callTimeout", callTimeout);
            return this;
        }

        /**
         * After how long without a sign of life a watch is opened anew; 2 minutes by default, since an API server sends
         * a bookmark about once a minute. A connection that died without a word is noticed after this long at the
         * latest.
         *
         * @throws ConfigurationException if it is not positive
         */
        public Builder watchIdleTimeout(Duration watchIdleTimeout) {
            this.watchIdleTimeout = SettingChecks.positive("watchIdleTimeout", watchIdleTimeout);
            return this;
        }

        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        /** Makes the source. Nothing is started before its first read. */
        public KServeModelSource build() {
            return new KServeModelSource(this);
        }
    }
}
