package io.modelconnector.examples.sidecars.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.http.Route;
import io.modelconnector.examples.sidecars.remote.LocationReplicator;
import io.modelconnector.kserve.store.ConfigMapEntryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the program measures: the feed's content and health, requests to upstreams and from clients, and the
 * JVM. Thread-safe; noting a request costs a look-up in an array and an addition.
 */
public final class ConnectorMetrics implements RequestObserver, AutoCloseable {
    private static final int STATUSES = 600;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Route, AtomicReferenceArray<@Nullable Counter>> answers = new EnumMap<>(Route.class);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final InstantSource clock;
    private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();
    private final List<Runnable> updates = new CopyOnWriteArrayList<>();

    /**
     * Starts measuring the JVM.
     *
     * @param clock tells the age of reads
     */
    public ConnectorMetrics(InstantSource clock) {
        this.clock = clock;
        for (Route route : Route.values()) {
            answers.put(route, new AtomicReferenceArray<>(STATUSES));
        }
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Shows a feed from now on; once. */
    public void show(ModelFeed shown) {
        updates.add(new FeedGauges(registry, shown, clock)::update);
    }

    /** Shows what a store of ConfigMaps costs from now on; once. */
    public void show(ConfigMapEntryStore shown) {
        updates.add(new StoreGauges(registry, shown)::update);
    }

    /**
     * Shows entries that are no feed's from now on; once.
     *
     * @param entries how many there are
     * @param problems how many of them have a problem
     */
    public void showEntries(IntSupplier entries, IntSupplier problems) {
        gauge("model_connector_entries", "Entries that are published", entries);
        Gauge.builder("model_connector_problems", problems, IntSupplier::getAsInt)
                .description("Items with a problem")
                .strongReference(true)
                .tag("source", "store")
                .register(registry);
    }

    /** Shows how the forwarding to a location goes from now on; once. */
    public void show(LocationReplicator shown) {
        gauge(
                "model_connector_location_pending",
                "Entries that location lacks or has in another state",
                () -> shown.health().pending());
        gauge(
                "model_connector_location_up",
                "Whether location takes what it is sent",
                () -> shown.health().failure() == null ? 1 : 0);
        count(
                "model_connector_location_forwards",
                "Changes that location took",
                () -> shown.health().forwarded());
        count(
                "model_connector_location_failures",
                "Attempts to bring location up to date that failed",
                () -> shown.health().failures());
    }

    /** Shows how telling Backstage of entries goes from now on; once. */
    public void show(BackstagePush shown) {
        gauge(
                "model_connector_backstage_locations",
                "Entries that Backstage is known to have a location of",
                () -> shown.health().registered());
        gauge(
                "model_connector_backstage_pending",
                "Locations to register and to delete",
                () -> shown.health().waiting());
    }

    /** Shows whether this process is the one that writes from now on; once. */
    public void showLeading(BooleanSupplier leading) {
        gauge(
                "model_connector_leader",
                "Whether this process is the one that writes",
                () -> leading.getAsBoolean() ? 1 : 0);
    }

    private void gauge(String name, String description, IntSupplier value) {
        Gauge.builder(name, value, IntSupplier::getAsInt)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void count(String name, String description, LongSupplier value) {
        // A counter of a function does not keep it alive by itself.
        counted.add(value);
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    /**
     * Notes a request to a registry, a catalog, another part of the connector or another upstream.
     *
     * @param upstream the upstream's name
     * @param outcome how it ended, in a few words of which there are few
     * @param latency how long it took
     */
    public void upstream(String upstream, String outcome, Duration latency) {
        Timer.builder("model_connector_upstream_requests")
                .description("Requests to registries, catalog, Backstage and other parts of the connector")
                .tag("upstream", upstream)
                .tag("outcome", outcome)
                .register(registry)
                .record(latency);
    }

    @Override
    public void answered(Route route, int status) {
        AtomicReferenceArray<@Nullable Counter> counters = requireNonNull(answers.get(route));
        Counter counter = counters.get(status);
        if (counter == null) {
            // Registering twice gives the same counter, so a race does no harm.
            counter = Counter.builder("model_connector_http_requests")
                    .description("Requests that were answered")
                    .tag("route", route.name().toLowerCase(Locale.ROOT))
                    .tag("status", Integer.toString(status))
                    .register(registry);
            counters.set(status, counter);
        }
        counter.increment();
    }

    /** All metrics in the Prometheus text format 0.0.4. */
    public String scrape() {
        updates.forEach(Runnable::run);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
