package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.Facts.versions;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
        assertThat(part().failure()).contains("30 of 30");

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
    void theGuardLooksAtEachPartAlone() throws InterruptedException {
        List<RegisteredModelVersion> all = List.of(versions(30));
        SourcePart small = SourcePart.complete("small", all.subList(0, 12), List.of(), List.of());
        SourcePart large = SourcePart.complete("large", all.subList(12, 30), List.of(), List.of());
        source.answer(parts(small, large));
        start();

        source.change(parts(SourcePart.complete("small", List.of(), List.of(), List.of()), large));
        await().until(() -> feed.health().degraded());

        assertThat(feed.snapshot().entries()).hasSize(30);
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

    private PartHealth part() {
        return feed.health().sources().get(0).parts().get(0);
    }
}
