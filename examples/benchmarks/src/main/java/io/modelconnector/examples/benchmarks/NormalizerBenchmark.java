package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.normalize.NormalizedModels;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to turn all facts into entries, and all entries into bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class NormalizerBenchmark {
    /** The number of registered versions. */
    @Param({"100", "1000", "10000"})
    public int models;

    private final Normalizer normalizer = Normalizer.builder().build();
    private final JsonArrayFormat format = new JsonArrayFormat(URI.create("http://models.example.com:9090"));
    private List<RegisteredModelVersion> versions = List.of();
    private List<ServedModel> served = List.of();
    private List<CatalogEntry> entries = List.of();

    /** Makes the facts and the entries. */
    @Setup
    public void prepare() {
        versions = Platform.versions(models);
        served = Platform.served(models);
        entries = normalizer.normalize(versions, served).entries();
    }

    /** All facts into entries. */
    @Benchmark
    public NormalizedModels normalize() {
        return normalizer.normalize(versions, served);
    }

    /** All entries into bytes. */
    @Benchmark
    public void write(Blackhole blackhole) {
        for (CatalogEntry entry : entries) {
            blackhole.consume(format.write(entry));
        }
    }
}
