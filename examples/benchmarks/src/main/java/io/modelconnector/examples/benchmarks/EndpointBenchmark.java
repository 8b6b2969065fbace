package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.feed.ModelFeed;
import java.time.Duration;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the endpoint adds to a request that a server has already read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EndpointBenchmark {
    /** The number of registered versions. */
    @Param({"100", "1000", "10000"})
    public int models;

    private ModelFeed feed = ModelFeed.builder().source(new ChangingSource(0)).build();
    private FeedEndpoint endpoint = FeedEndpoint.of(feed);
    private FeedRequest list = get("/list", Map.of());
    private FeedRequest entry = list;
    private FeedRequest unchanged = list;

    /** Publishes the feed and prepares the requests. */
    @Setup
    public void publish() throws InterruptedException {
        feed = ModelFeed.builder().source(new ChangingSource(models)).build();
        feed.start();
        if (!feed.awaitPublished(Duration.ofMinutes(1))) {
            throw new IllegalStateException("the feed was not published");
        }
        endpoint = FeedEndpoint.of(feed);
        String path = feed.snapshot()
                .entries()
                .get(models / 2)
                .key()
                .path(feed.formats().get(0).fileName());
        entry = get(path, Map.of());
        String etag = String.valueOf(endpoint.handle(entry).headers().get("ETag"));
        unchanged = get(path, Map.of("If-None-Match", etag));
    }

    /** Closes the feed. */
    @TearDown
    public void close() {
        feed.close();
    }

    /** The list of all entries. */
    @Benchmark
    public FeedResponse list() {
        return endpoint.handle(list);
    }

    /** One entry. */
    @Benchmark
    public FeedResponse entry() {
        return endpoint.handle(entry);
    }

    /** One entry that the client has. */
    @Benchmark
    public FeedResponse unchangedEntry() {
        return endpoint.handle(unchanged);
    }

    private static FeedRequest get(String path, Map<String, String> headers) {
        return new FeedRequest("GET", path, null, headers::get);
    }
}
