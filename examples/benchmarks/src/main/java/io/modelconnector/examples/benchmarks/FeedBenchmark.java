package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.feed.FeedChange;
import io.modelconnector.core.feed.ModelFeed;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a refresh of the whole feed costs, from the read of the source to the new snapshot. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FeedBenchmark {
    /** The number of registered versions. */
    @Param({"100", "1000", "10000"})
    public int models;

    private final SynchronousQueue<FeedChange> changes = new SynchronousQueue<>();
    private ChangingSource source = new ChangingSource(0);
    private ModelFeed feed = ModelFeed.builder().source(source).build();

    /** Publishes the feed. */
    @Setup(Level.Trial)
    public void publish() throws InterruptedException {
        source = new ChangingSource(models);
        feed = ModelFeed.builder()
                .source(source)
                .pollInterval(Duration.ofDays(1))
                .build();
        feed.start();
        if (!feed.awaitPublished(Duration.ofMinutes(1))) {
            throw new IllegalStateException("the feed was not published");
        }
        feed.addListener(change -> {
            try {
                changes.put(change);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Closes the feed. */
    @TearDown(Level.Trial)
    public void close() {
        feed.close();
    }

    /** A read that finds every fact as it was. */
    @Benchmark
    public int nothingChanged() throws InterruptedException {
        int reads = source.reads();
        feed.refresh();
        return source.awaitReadAfter(reads);
    }

    /** A read that finds one version changed, until the change is published. */
    @Benchmark
    public FeedChange oneModelChanged() throws InterruptedException {
        source.changeOne();
        return changes.take();
    }
}
