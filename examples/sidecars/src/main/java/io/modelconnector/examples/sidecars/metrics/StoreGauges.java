package io.modelconnector.examples.sidecars.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.modelconnector.kserve.store.ConfigMapEntryStore;
import io.modelconnector.kserve.store.StoreStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows what a store of ConfigMaps costs, and how full these are. */
final class StoreGauges {
    private final ConfigMapEntryStore store;
    private final MultiGauge bytes;

    StoreGauges(MeterRegistry registry, ConfigMapEntryStore store) {
        this.store = store;
        count(registry, "model_connector_store_writes", "ConfigMaps that were written", StoreStatistics::writes);
        count(registry, "model_connector_store_reads", "ConfigMaps that were read", StoreStatistics::reads);
        count(
                registry,
                "model_connector_store_conflicts",
                "Writes that somebody else came before, so that they were tried again",
                StoreStatistics::conflicts);
        bytes = MultiGauge.builder("model_connector_store_size")
                .description("What the keys and values of a ConfigMap take; it holds a million bytes")
                .baseUnit("bytes")
                .register(registry);
    }

    private void count(
            MeterRegistry registry, String name, String description, ToDoubleFunction<StoreStatistics> value) {
        FunctionCounter.builder(name, store, shown -> value.applyAsDouble(shown.statistics()))
                .description(description)
                .register(registry);
    }

    /** Takes the sizes over. One at a time: scrapes may overlap. */
    synchronized void update() {
        List<Row<?>> rows = new ArrayList<>();
        store.statistics().bytes().forEach((map, size) -> rows.add(Row.of(Tags.of("configmap", map), size)));
        bytes.register(rows, true);
    }
}
