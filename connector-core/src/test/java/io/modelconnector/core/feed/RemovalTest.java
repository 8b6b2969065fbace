package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versions;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registries that restart answer short or empty lists; that must not empty a portal. */
@Timeout(60)
class RemovalTest {
    private static final Duration POLL = Duration.ofMinutes(2);

    private final FeedProbe probe = new FeedProbe();
    private final ManualClock clock = new ManualClock();
    private final ScriptedSource source = ScriptedSource.of("rhoai", versions(30));
    private ModelFeed feed;

    @AfterEach
    void close() {
        feed.close();
    }

    private void start() throws InterruptedException {
        feed = ModelFeed.builder()
                .source(source)
                .pollInterval(POLL)
                .clock(clock)
                .listener(probe)
                .build();
        feed.start();
        probe.next();
        source.awaitRead();
    }

    @Test
    void aFewItemsGoAtOnce() throws InterruptedException {
        start();

        source.change(snapshot(Arrays.copyOf(versions(30), 20)));

        assertThat(probe.next().removed()).hasSize(10);
    }

    @Test
    void manyItemsStayUntilAReadOnePollLaterAgrees() throws InterruptedException {
        start();

        source.change(snapshot());
        source.awaitRead();
        await().until(() -> feed.health().degraded());
        assertThat(feed.snapshot().entries()).hasSize(30);
        assertThat(part().failure()).contains("30 items are missing");

        clock.advance(POLL.minusSeconds(1));
        feed.refresh();
        assertThat(source.awaitRead().fresh()).isTrue();
        assertThat(feed.snapshot().entries()).hasSize(30);

        clock.advance(Duration.ofSeconds(1));
        feed.refresh();
        assertThat(probe.next().removed()).hasSize(30);
        assertThat(feed.health().degraded()).isFalse();
    }

    @Test
    void aMomentaryEmptyAnswerIsForgottenWhenTheItemsAreBack() throws InterruptedException {
        start();

        source.change(snapshot());
        source.awaitRead();
        source.change(snapshot(versions(30)));
        source.awaitRead();
        await().until(() -> !feed.health().degraded());

        clock.advance(POLL.multipliedBy(2));
        source.change(snapshot());
        await().until(() -> feed.health().degraded());
        assertThat(feed.snapshot().entries()).hasSize(30);
        assertThat(probe.pending()).isEmpty();
    }

    @Test
    void whatIsNewInADoubtedReadIsPublishedAllTheSame() throws InterruptedException {
        start();

        source.change(snapshot(version(31, "mistral")));

        FeedChange change = probe.next();
        assertThat(change.added()).hasSize(1);
        assertThat(change.removed()).isEmpty();
        assertThat(change.snapshot().entries()).hasSize(31);
    }

    @Test
    void aPartThatIsGoneIsDoubtedLikewise() throws InterruptedException {
        start();

        source.change(parts());
        await().until(() -> feed.health().degraded());
        assertThat(feed.snapshot().entries()).hasSize(30);

        clock.advance(POLL);
        feed.refresh();
        assertThat(probe.next().removed()).hasSize(30);
        assertThat(feed.health().sources().get(0).parts()).isEmpty();
    }

    @Test
    void onlyWhatTwoReadsMissedGoes() throws InterruptedException {
        start();
        source.change(snapshot(Arrays.copyOf(versions(30), 15)));
        await().until(() -> feed.health().degraded());

        clock.advance(POLL);
        source.change(snapshot());

        assertThat(probe.next().removed()).hasSize(15);
        assertThat(feed.snapshot().entries()).hasSize(15);
        assertThat(feed.health().degraded()).isTrue();
        clock.advance(POLL);
        feed.refresh();
        assertThat(probe.next().removed()).hasSize(15);
    }

    @Test
    void aFailedReadInBetweenConfirmsNothing() throws InterruptedException {
        start();
        source.change(snapshot());
        await().until(() -> feed.health().degraded());

        clock.advance(POLL.multipliedBy(100));
        source.change(ScriptedSource.failure(new SourceUnavailableException("the registry was answered 503")));
        await().until(() -> String.valueOf(part().failure()).contains("503"));
        source.change(snapshot());
        await().until(() -> String.valueOf(part().failure()).contains("missing"));

        assertThat(feed.snapshot().entries()).hasSize(30);
        assertThat(probe.pending()).isEmpty();
    }

    @Test
    void manyArchivedAtOnceAreDoubtedAsMissingOnesAre() throws InterruptedException {
        start();

        source.change(
                snapshot(Arrays.stream(versions(30)).map(Facts::archived).toArray(RegisteredModelVersion[]::new)));
        await().until(() -> feed.health().degraded());
        assertThat(feed.snapshot().entries()).hasSize(30);

        clock.advance(POLL);
        feed.refresh();
        assertThat(probe.next().removed()).hasSize(30);
    }

    @Test
    void aPartThatIsEmptyIsDoubtedHoweverLargeTheOthersAre() throws InterruptedException {
        List<RegisteredModelVersion> all = List.of(versions(100));
        SourcePart large = SourcePart.complete("large", all.subList(20, 100), List.of(), List.of());
        source.answer(parts(SourcePart.complete("small", all.subList(0, 20), List.of(), List.of()), large));
        start();

        source.change(parts(SourcePart.complete("small", List.of(), List.of(), List.of()), large));
        await().until(() -> feed.health().degraded());

        assertThat(feed.snapshot().entries()).hasSize(100);
    }

    @Test
    void manySmallPartsThatAreEmptyAtOnceAreDoubtedTogether() throws InterruptedException {
        List<RegisteredModelVersion> all = List.of(versions(30));
        source.answer(parts(smallParts(all, 5)));
        start();

        source.change(parts(smallParts(all, 0)));
        await().until(() -> feed.health().degraded());

        assertThat(feed.snapshot().entries()).hasSize(30);
        assertThat(feed.health().sources().get(0).parts())
                .extracting(PartHealth::status)
                .containsOnly(HealthStatus.STALE)
                .hasSize(6);
    }

    private static SourcePart[] smallParts(List<RegisteredModelVersion> all, int size) {
        SourcePart[] parts = new SourcePart[6];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = SourcePart.complete("team-" + i, all.subList(i * 5, i * 5 + size), List.of(), List.of());
        }
        return parts;
    }

    @Test
    void whatIsKeptGivesWayToTheSameModelsUnderNewIds() throws InterruptedException {
        start();
        List<String> before = FeedProbe.keys(feed.snapshot());

        source.change(snapshot(Arrays.stream(versions(30))
                .map(version -> version(
                        500 + Integer.parseInt(version.model().id()),
                        version.model().name()))
                .toArray(RegisteredModelVersion[]::new)));

        assertThat(FeedProbe.keys(probe.next().snapshot())).isEqualTo(before);
        assertThat(feed.health().problems()).isEmpty();
    }

    @Test
    void anEntryThatHasLeftStaysReadableForTheGrace() throws InterruptedException {
        start();

        source.change(snapshot(Arrays.copyOf(versions(30), 29)));
        FeedSnapshot after = probe.next().snapshot();

        assertThat(after.entryByImportKey("granite-30_140")).isEmpty();
        assertThat(after.readable("granite-30/140")).isPresent();
        assertThat(after.entries()).hasSize(29);
    }

    @Test
    void anEntryThatHasLeftIsForgottenAfterTheGrace() throws InterruptedException {
        feed = ModelFeed.builder()
                .source(source)
                .pollInterval(POLL)
                .departureGrace(Duration.ofMillis(5))
                .listener(probe)
                .build();
        feed.start();
        probe.next();

        source.change(snapshot(Arrays.copyOf(versions(30), 29)));
        probe.next();

        await().until(() -> feed.snapshot().readable("granite-30/140").isEmpty());
        assertThat(feed.snapshot().entries()).hasSize(29);
    }

    @Test
    void theCardOfAnEntryThatHasLeftStaysReadableAsWell() throws InterruptedException {
        source.answer(snapshot(Facts.versionWithCard(1, "granite"), version(2, "llama")));
        start();

        source.change(snapshot(version(2, "llama")));

        assertThat(probe.next().snapshot().card(Facts.GRANITE_CARD.reference().key()))
                .contains(Facts.GRANITE_CARD.version());
    }

    private PartHealth part() {
        return feed.health().sources().get(0).parts().get(0);
    }
}
