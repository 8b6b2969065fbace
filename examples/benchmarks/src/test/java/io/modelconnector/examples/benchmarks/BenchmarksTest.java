package io.modelconnector.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each benchmark does what it says it measures; how fast is for JMH to tell. */
class BenchmarksTest {
    @Test
    void theFeedBenchmarkSeesAReadAndAChange() throws InterruptedException {
        FeedBenchmark benchmark = new FeedBenchmark();
        benchmark.models = 40;
        benchmark.publish();

        assertThat(benchmark.nothingChanged()).isPositive();
        assertThat(benchmark.oneModelChanged().updated()).hasSize(1);
        benchmark.close();
    }

    @Test
    void theEndpointBenchmarkAsksForWhatIsThere() throws InterruptedException {
        EndpointBenchmark benchmark = new EndpointBenchmark();
        benchmark.models = 40;
        benchmark.publish();

        assertThat(benchmark.list().status()).isEqualTo(200);
        assertThat(benchmark.entry().status()).isEqualTo(200);
        assertThat(benchmark.unchangedEntry().status()).isEqualTo(304);
        benchmark.close();
    }

    @Test
    void theNormalizerBenchmarkHasServersAmongItsEntries() {
        NormalizerBenchmark benchmark = new NormalizerBenchmark();
        benchmark.models = 40;
        benchmark.prepare();

        assertThat(benchmark.normalize().entries())
                .hasSize(40)
                .filteredOn(entry -> entry.catalog().modelServer() != null)
                .hasSize(2);
    }

    @Test
    void theCleaningBenchmarkHasSomethingToCleanAndNothing() {
        CardCleaningBenchmark benchmark = new CardCleaningBenchmark();
        benchmark.kibibytes = 20;
        benchmark.dirty = true;
        benchmark.prepare();
        assertThat(benchmark.clean().changed()).isTrue();

        benchmark.dirty = false;
        benchmark.prepare();
        assertThat(benchmark.clean().changed()).isFalse();
    }
}
