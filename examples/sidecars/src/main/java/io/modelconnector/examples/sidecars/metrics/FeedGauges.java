package io.modelconnector.examples.sidecars.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.modelconnector.core.feed.FeedHealth;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.feed.PartHealth;
import io.modelconnector.core.feed.SourceHealth;
import io.modelconnector.core.feed.StoreHealth;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows the health of a feed, whose parts come and go, as gauges. */
final class FeedGauges {
    private final ModelFeed feed;
    private final InstantSource clock;
    private final MultiGauge problems;
    private final MultiGauge waiting;
    private final MultiGauge status;
    private final MultiGauge parts;
    private final MultiGauge ages;

    FeedGauges(MeterRegistry registry, ModelFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        Gauge.builder(
                        "model_connector_entries",
                        feed,
                        shown -> shown.snapshot().entries().size())
                .description("Entries that are published")
                .register(registry);
        Gauge.builder(
                        "model_connector_published",
                        feed,
                        shown -> shown.snapshot().published() ? 1 : 0)
                .description("Whether anything is published yet")
                .register(registry);
        problems = MultiGauge.builder("model_connector_problems")
                .description("Items with a problem; those found after reading are those of the feed")
                .register(registry);
        waiting = MultiGauge.builder("model_connector_store_pending")
                .description("Entries that are published and not stored yet")
                .register(registry);
        status = MultiGauge.builder("model_connector_source_status")
                .description("1 for the status that a source has, 0 for the others")
                .register(registry);
        parts = MultiGauge.builder("model_connector_source_part_up")
                .description("Whether what is served of a part of a source is what it last said")
                .register(registry);
        ages = MultiGauge.builder("model_connector_last_complete_read_age")
                .description("Since when a part of a source has not been read completely")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Takes the values over. One at a time: scrapes may overlap. */
    synchronized void update() {
        FeedHealth health = feed.health();
        List<Row<?>> problemRows = new ArrayList<>();
        List<Row<?>> storeRows = new ArrayList<>();
        List<Row<?>> statusRows = new ArrayList<>();
        List<Row<?>> partRows = new ArrayList<>();
        List<Row<?>> ageRows = new ArrayList<>();
        problemRows.add(Row.of(Tags.of("source", "feed"), health.problems().size()));
        StoreHealth store = health.store();
        if (store != null) {
            problemRows.add(Row.of(Tags.of("source", "store"), store.problems().size()));
            storeRows.add(Row.of(Tags.empty(), store.waiting()));
        }
        for (SourceHealth source : health.sources()) {
            Tags tags = Tags.of("source", source.source());
            problemRows.add(Row.of(
                    tags,
                    source.parts().stream()
                            .mapToInt(part -> part.problems().size())
                            .sum()));
            for (HealthStatus each : HealthStatus.values()) {
                Tags named = tags.and("status", each.name().toLowerCase(Locale.ROOT));
                statusRows.add(Row.of(named, each == source.status() ? 1 : 0));
            }
            for (PartHealth part : source.parts()) {
                Tags named = tags.and("part", part.name());
                partRows.add(Row.of(named, part.status() == HealthStatus.UP ? 1 : 0));
                if (part.lastCompleteRead() != null) {
                    ageRows.add(Row.of(named, age(part)));
                }
            }
        }
        problems.register(problemRows, true);
        waiting.register(storeRows, true);
        status.register(statusRows, true);
        parts.register(partRows, true);
        ages.register(ageRows, true);
    }

    private double age(PartHealth part) {
        return Duration.between(part.lastCompleteRead(), clock.instant()).toMillis() / 1000.0;
    }
}
