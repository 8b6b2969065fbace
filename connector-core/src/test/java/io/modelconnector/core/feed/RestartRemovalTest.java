package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versions;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.store.StoreUpdate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry that answers a short or an empty list just when this process restarts must empty neither feed nor store. */
@Timeout(60)
class RestartRemovalTest extends FeedFixture {
    private static final Duration POLL = Duration.ofMinutes(2);
    private static final RegisteredModelVersion[] ALL = versions(30);

    private final ManualClock clock = new ManualClock();
    private final ScriptedStore store = new ScriptedStore();
    private ScriptedSource source;

    @Test
    void anEmptyFirstAnswerWipesNeitherFeedNorStore() throws InterruptedException {
        List<String> before = firstRun();

        FeedSnapshot after = restart();

        assertThat(etags(after)).isEqualTo(before).hasSize(30);
        assertThat(after.complete()).isFalse();
        assertThat(feed.health().degraded()).isTrue();
        assertThat(feed.health().store().standingIn()).isEqualTo(30);
        assertThat(store.settle()).isEmpty();
        assertThat(store.keys()).hasSize(30);
    }

    @Test
    void aMomentaryEmptyAnswerIsForgottenWhenTheEntriesAreBack() throws InterruptedException {
        firstRun();
        restart();

        source.change(snapshot(ALL));
        await().until(() -> feed.snapshot().complete());

        assertThat(feed.snapshot().entries()).hasSize(30);
        assertThat(probe.pending()).isEmpty();
        assertThat(store.settle()).isEmpty();
        assertThat(feed.health().degraded()).isFalse();
    }

    @Test
    void entriesGoWhenAReadOnePollLaterMissesThemAsWell() throws InterruptedException {
        firstRun();
        restart();
        source.awaitRead();

        clock.advance(POLL.minusSeconds(1));
        feed.refresh();
        assertThat(source.awaitRead().fresh()).isTrue();
        assertThat(store.settle()).isEmpty();
        assertThat(feed.snapshot().entries()).hasSize(30);

        clock.advance(Duration.ofSeconds(1));
        feed.refresh();
        FeedChange change = probe.next();
        assertThat(change.removed()).hasSize(30);
        assertThat(change.snapshot().complete()).isTrue();
        StoreUpdate update = store.awaitWrite();
        assertThat(update.entries()).isEmpty();
        assertThat(update.keySet()).isEmpty();
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void asksForTheReadThatConfirmsTheDoubt() throws InterruptedException {
        firstRun();
        restart();
        source.awaitRead();

        clock.advance(POLL);
        store.announce();

        assertThat(source.awaitRead().fresh()).isTrue();
        assertThat(probe.next().removed()).hasSize(30);
    }

    @Test
    void aFailedReadConfirmsNothing() throws InterruptedException {
        firstRun();
        restart();

        source.answer(failure(new SourceUnavailableException("the registry was answered 503")));
        clock.advance(POLL);
        feed.refresh();
        await().until(() -> feed.health().sources().get(0).status() == HealthStatus.STALE);
        assertThat(store.settle()).isEmpty();
        assertThat(feed.snapshot().entries()).hasSize(30);

        source.change(snapshot());
        assertThat(probe.next().removed()).hasSize(30);
    }

    @Test
    void everySourceHasToConfirmTheDoubt() throws InterruptedException {
        firstRun();
        ScriptedSource other = ScriptedSource.of("other");
        source = new ScriptedSource("rhoai", snapshot());
        start(builder(source, other).pollInterval(POLL).clock(clock).store(store));

        store.settle();
        clock.advance(POLL);
        source.announce();
        source.awaitRead();
        source.awaitRead();
        source.announce();
        source.awaitRead();
        assertThat(feed.snapshot().entries()).hasSize(30);

        other.announce();
        assertThat(probe.next().removed()).hasSize(30);
    }

    @Test
    void aShortFirstAnswerIsDoubtedLikewiseAndWhatIsNewInItIsPublished() throws InterruptedException {
        firstRun();
        source = ScriptedSource.of("rhoai", version(1, "granite-1"), version(31, "mistral"));

        FeedSnapshot after =
                start(builder(source).pollInterval(POLL).clock(clock).store(store));

        assertThat(after.entries()).hasSize(31);
        assertThat(feed.health().store().standingIn()).isEqualTo(29);
        StoreUpdate update = store.awaitWrite();
        assertThat(ScriptedStore.keys(update)).containsExactly("mistral_140");
        assertThat(update.keySet()).isNull();
    }

    @Test
    void whatComesBackOneByOneIsBelievedWhenFewAreMissing() throws InterruptedException {
        firstRun();
        restart();

        source.change(snapshot(Arrays.copyOf(ALL, 15)));
        await().until(() -> feed.health().store().standingIn() == 15);
        source.change(snapshot(Arrays.copyOf(ALL, 20)));

        assertThat(probe.next().removed()).hasSize(10);
        assertThat(feed.snapshot().complete()).isTrue();
        assertThat(store.awaitWrite().keySet()).hasSize(20);
    }

    @Test
    void fewEntriesGoAtOnce() throws InterruptedException {
        firstRun();
        source = ScriptedSource.of("rhoai", Arrays.copyOf(ALL, 20));

        FeedSnapshot after =
                start(builder(source).pollInterval(POLL).clock(clock).store(store));

        assertThat(after.entries()).hasSize(20);
        assertThat(after.complete()).isTrue();
        assertThat(store.awaitWrite().keySet()).hasSize(20);
        assertThat(store.fetched()).isEmpty();
    }

    @Test
    void theGuardOfTheFeedDecidesHowManyAreMany() throws InterruptedException {
        firstRun();
        source = ScriptedSource.of("rhoai");

        FeedSnapshot after = start(builder(source).removalGuard(0, 1).store(store));

        assertThat(after.entries()).isEmpty();
        assertThat(store.awaitWrite().keySet()).isEmpty();
    }

    @Test
    void anEmptyAnswerIsNotPublishedBeforeTheStoredEntriesAreThere() throws InterruptedException {
        firstRun();
        store.fetchFailure = new SourceUnavailableException("reading ConfigMap bac-import-model was answered 503");
        source = ScriptedSource.of("rhoai");
        feed = builder(source).pollInterval(SHORT).clock(clock).store(store).build();
        feed.start();
        await().until(() -> feed.health().store().failure() != null);
        for (int i = 0; i < 5; i++) {
            source.awaitRead();
        }
        assertThat(feed.snapshot().published()).isFalse();

        store.fetchFailure = null;

        assertThat(probe.next().snapshot().entries()).hasSize(30);
    }

    private List<String> firstRun() throws InterruptedException {
        List<String> etags =
                etags(start(builder(ScriptedSource.of("rhoai", ALL)).store(store)));
        store.awaitWrite();
        feed.close();
        return etags;
    }

    /** Starts anew with a registry that answers an empty list. */
    private FeedSnapshot restart() throws InterruptedException {
        source = ScriptedSource.of("rhoai");
        return start(builder(source).pollInterval(POLL).clock(clock).store(store));
    }

    private List<String> etags(FeedSnapshot snapshot) {
        var format = feed.formats().get(0);
        return snapshot.entries().stream()
                .map(entry ->
                        entry.key() + " " + entry.payload(format).orElseThrow().etag())
                .toList();
    }
}
