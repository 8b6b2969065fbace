package io.modelconnector.examples.sidecars.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.MemorySource;
import io.modelconnector.examples.sidecars.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConnectorMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;

    @Test
    void showsTheFeed() throws Exception {
        MemorySource source =
                new MemorySource().model("granite-3.1-8b", "Chat.", "# Granite").problem("lab/7/9");
        try (ModelFeed feed = ModelFeed.builder().source(source).clock(clock).build();
                ConnectorMetrics metrics = new ConnectorMetrics(clock)) {
            metrics.show(feed);
            feed.start();
            assertThat(feed.awaitPublished(Duration.ofSeconds(10))).isTrue();
            now.set(NOON.plusSeconds(90));

            assertThat(metrics.scrape())
                    .contains("model_connector_entries 1.0")
                    .contains("model_connector_published 1.0")
                    .contains("model_connector_problems{source=\"feed\"} 0.0")
                    .contains("model_connector_problems{source=\"memory\"} 1.0")
                    .contains("model_connector_source_status{source=\"memory\",status=\"up\"} 1.0")
                    .contains("model_connector_source_status{source=\"memory\",status=\"stale\"} 0.0")
                    .contains("model_connector_source_part_up{part=\"all\",source=\"memory\"} 1.0")
                    .contains("model_connector_last_complete_read_age_seconds{part=\"all\",source=\"memory\"} 90.0");
        }
    }

    @Test
    void showsAFeedThatHasReadNothingYet() {
        MemorySource source = new MemorySource().readsWaitFor(new CountDownLatch(1));
        try (ModelFeed feed = ModelFeed.builder().source(source).clock(clock).build();
                ConnectorMetrics metrics = new ConnectorMetrics(clock)) {
            metrics.show(feed);
            feed.start();

            assertThat(metrics.scrape())
                    .contains("model_connector_published 0.0")
                    .contains("model_connector_source_status{source=\"memory\",status=\"unknown\"} 1.0")
                    .doesNotContain("model_connector_last_complete_read_age_seconds{");
        }
    }

    @Test
    void countsAnswersByRouteAndStatus() {
        try (ConnectorMetrics metrics = new ConnectorMetrics(clock)) {
            metrics.answered(Route.LIST, 200);
            metrics.answered(Route.LIST, 200);
            metrics.answered(Route.LIST, 304);
            metrics.answered(Route.CARD, 404);

            assertThat(metrics.scrape())
                    .contains("model_connector_http_requests_total{route=\"list\",status=\"200\"} 2.0")
                    .contains("model_connector_http_requests_total{route=\"list\",status=\"304\"} 1.0")
                    .contains("model_connector_http_requests_total{route=\"card\",status=\"404\"} 1.0");
        }
    }

    @Test
    void timesRequestsToUpstreams() {
        try (ConnectorMetrics metrics = new ConnectorMetrics(clock)) {
            metrics.upstream("public", "200", Duration.ofMillis(250));
            metrics.upstream("public", "200", Duration.ofMillis(750));
            metrics.upstream("public", "failed", Duration.ofSeconds(30));

            assertThat(metrics.scrape())
                    .contains("model_connector_upstream_requests_seconds_count{outcome=\"200\",upstream=\"public\"} 2")
                    .contains("model_connector_upstream_requests_seconds_sum{outcome=\"200\",upstream=\"public\"} 1.0")
                    .contains(
                            "model_connector_upstream_requests_seconds_count{outcome=\"failed\",upstream=\"public\"} 1");
        }
    }

    @Test
    void showsTheJvm() {
        try (ConnectorMetrics metrics = new ConnectorMetrics(clock)) {
            assertThat(metrics.scrape())
                    .contains("jvm_memory_used_bytes")
                    .contains("jvm_threads_live_threads")
                    .contains("process_uptime_seconds")
                    .contains("process_cpu_usage");
        }
    }
}
