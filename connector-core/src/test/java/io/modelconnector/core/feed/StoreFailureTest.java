package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.HealthEndpoint;
import io.modelconnector.core.source.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store that fails, hangs or breaks costs, and how that is told. */
@Timeout(60)
class StoreFailureTest extends FeedFixture {
    private static final SourceUnavailableException STORE_DOWN =
            new SourceUnavailableException("reading ConfigMap ai-rhdh/bac-import-model was answered 503");

    private final ScriptedStore store = new ScriptedStore();
    private final ScriptedSource source = ScriptedSource.of("rhoai", version(1, "granite"));

    @Test
    void aFailingStoreHarmsNoReaderAndIsTriedAgain() throws InterruptedException {
        start(builder(source).pollInterval(SHORT).store(store));
        store.awaitWrite();

        store.listFailure = STORE_DOWN;
        await().until(() -> feed.health().store().status() == HealthStatus.STALE);
        source.change(snapshot(version(1, "granite"), version(2, "llama")));

        assertThat(names(probe.next().added())).containsExactly("llama/140");
        await().until(() -> feed.health().store().waiting() == 1);
        StoreHealth failing = feed.health().store();
        assertThat(failing.failure()).isEqualTo(STORE_DOWN.getMessage());
        assertThat(failing.lastSuccess()).isNotNull();
        assertThat(feed.health().degraded()).isTrue();

        store.listFailure = null;
        assertThat(ScriptedStore.keys(store.awaitWrite())).containsExactly("llama_140");
        await().until(() -> !feed.health().degraded());
        assertThat(feed.health().store().waiting()).isZero();
        assertThat(feed.health().store().failure()).isNull();
    }

    @Test
    void aWriteThatFailedIsMadeAgain() throws InterruptedException {
        store.writeFailure = STORE_DOWN;
        start(builder(source).pollInterval(SHORT).store(store));
        await().until(() ->
                feed.health().store().failure() != null && feed.health().store().waiting() == 1);

        store.writeFailure = null;

        assertThat(ScriptedStore.keys(store.awaitWrite())).containsExactly("granite_140");
        assertThat(store.keys()).containsExactly("granite_140");
        await().until(() -> feed.health().store().waiting() == 0);
    }

    @Test
    void aWriteThatFailedIsMadeAgainWhereTheStoreCannotTellWhatBecameOfIt() throws InterruptedException {
        store.listing = ScriptedStore::withoutDigests;
        start(builder(source).pollInterval(SHORT).store(store));
        store.awaitWrite();
        store.writeFailure = STORE_DOWN;
        source.change(snapshot(version(1, "granite", "another text")));
        await().until(() -> feed.health().store().failure() != null);

        source.change(snapshot(version(1, "granite")));
        await().until(() -> probe.pending().size() == 2);
        store.writeFailure = null;

        assertThat(ScriptedStore.keys(store.awaitWrite())).containsExactly("granite_140");
    }

    @Test
    void anyFaultOfAStoreIsSurvived() throws InterruptedException {
        start(builder(source).pollInterval(SHORT).store(store));
        store.awaitWrite();

        for (Throwable fault : List.of(new IllegalStateException("a fault in the store"), new StackOverflowError())) {
            store.listFailure = fault;
            await().until(() -> String.valueOf(feed.health().store().failure()).contains("the store failed"));
            store.listFailure = null;
            await().until(() -> feed.health().store().status() == HealthStatus.UP);
        }

        store.empty();
        assertThat(store.awaitWrite().entries()).hasSize(1);
    }

    @Test
    void theFirstPublicationWaitsForTheStoresFirstAnswer() throws InterruptedException {
        store.listFailure = STORE_DOWN;
        feed = builder(source).pollInterval(SHORT).store(store).build();
        feed.start();
        source.awaitRead();
        source.awaitRead();
        store.awaitList();
        store.awaitList();
        assertThat(feed.snapshot().published()).isFalse();
        assertThat(feed.health().store().status()).isEqualTo(HealthStatus.DOWN);

        store.listFailure = null;

        assertThat(FeedProbe.keys(probe.next().snapshot())).containsExactly("granite/140");
    }

    @Test
    void aStoreThatDoesNotAnswerDelaysThePublicationUntilTheDeadlineAtMost() throws InterruptedException {
        store.listFailure = new InterruptedException("hangs");

        FeedSnapshot published = start(builder(source).startupDeadline(SHORT).store(store));

        assertThat(FeedProbe.keys(published)).containsExactly("granite/140");
        assertThat(published.complete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoreThatRefusesAccessDelaysNothing(boolean rejected) throws InterruptedException {
        String message = "reading ConfigMap ai-rhdh/bac-import-model was refused: 403";
        store.listFailure = rejected ? new SourceRejectedException(message) : new ConfigurationException(message);

        FeedSnapshot published = start(builder(source).store(store));

        assertThat(FeedProbe.keys(published)).containsExactly("granite/140");
        assertThat(feed.health().store().failure()).isEqualTo(message);
        assertThat(feed.health().degraded()).isTrue();
    }

    @Test
    void aStoreThatRefusedAccessIsTriedAgain() throws InterruptedException {
        store.listFailure = new SourceRejectedException("reading ConfigMap ai-rhdh/bac-import-model was refused: 403");
        start(builder(source).pollInterval(SHORT).store(store));

        store.listFailure = null;

        assertThat(store.awaitWrite().keySet()).containsExactly("granite_140");
        assertThat(feed.snapshot().complete()).isTrue();
    }

    @Test
    void tellsTheProblemsOfTheStore() throws InterruptedException {
        Problem damaged = new Problem("llama_140", "its record is no JSON");
        Problem large = new Problem("granite_140", "is too large for a ConfigMap and is lost with this process");
        store.problems = List.of(damaged);
        store.unlasting = List.of(large, damaged);
        start(builder(source).store(store));
        store.awaitWrite();

        await().until(() -> feed.health().store().problems().size() == 2);

        assertThat(feed.health().store().problems()).containsExactlyInAnyOrder(damaged, large);
        assertThat(health()).contains("\"store\":{\"status\":\"up\"", "is too large", "\"waiting\":0,\"standingIn\":0");
    }

    @Test
    void healthSaysThatAStoreFails() throws InterruptedException {
        store.listFailure = new SourceRejectedException("reading ConfigMap ai-rhdh/bac-import-model was refused: 403");
        start(builder(source).store(store));

        assertThat(health())
                .contains("\"degraded\":true", "\"store\":{\"status\":\"down\",\"failure\":\"reading ConfigMap");
    }

    @Test
    void thereIsNoStoreInHealthWithoutOne() throws InterruptedException {
        FeedSnapshot published = start(builder(source));

        assertThat(feed.health().store()).isNull();
        assertThat(health()).doesNotContain("\"store\"");
        assertThat(published.complete()).isTrue();
    }

    @Test
    void closingEndsAWriteThatHangsAndLeavesTheStoreOpen() throws InterruptedException {
        store.writeFailure = new InterruptedException("hangs");
        start(builder(source).store(store));
        store.awaitList();
        store.awaitList();

        feed.close();

        assertThat(store.closed()).isZero();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("modelconnector-store")));
    }

    @Test
    void aFeedThatWasNeverStartedAsksTheStoreNothing() {
        feed = builder(source).store(store).build();

        assertThat(feed.health().store().status()).isEqualTo(HealthStatus.UNKNOWN);
        feed.close();

        assertThat(store.closed()).isZero();
    }

    @Test
    void aPermitNeedsAStore() {
        ModelFeedBuilder builder = builder(source).storePermit(() -> Optional.of(Instant.EPOCH));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("storePermit");
    }

    @Test
    void aDelayAfterFailuresGrowsUpToTheInterval() {
        Duration interval = Duration.ofSeconds(10);

        assertThat(RetryDelay.after(1, interval)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_250));
        assertThat(RetryDelay.after(3, interval)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(RetryDelay.after(1_000, interval)).isEqualTo(interval);
    }

    private String health() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            HealthEndpoint.of(feed)
                    .handle(new FeedRequest("GET", "/health", null, header -> null))
                    .writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
