package io.modelconnector.examples.sidecars.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.http.RequestObserver;
import io.modelconnector.examples.sidecars.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
    private volatile @Nullable FeedGauges feed;

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
        feed = new FeedGauges(registry, shown, clock);
    }

    /**
     * Notes a request to a registry, a catalog or another upstream.
     *
     * @param upstream the upstream's name
     * @param outcome how it ended, in a few words of which there are few
     * @param latency how long it took
     */
    public void upstream(String upstream, String outcome, Duration latency) {
        Timer.builder("model_connector_upstream_requests")
                .description("Requests to registries and catalog")
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
        FeedGauges shown = feed;
        if (shown != null) {
            shown.update();
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
