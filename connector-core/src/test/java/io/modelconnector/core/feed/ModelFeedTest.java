package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.FeedProbe.keys;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelFeedTest extends FeedFixture {
    @Test
    void publishesWhatItsSourcesKnow() throws InterruptedException {
        FeedSnapshot published = start(builder(ScriptedSource.of("a", version(1, "granite"), version(2, "llama"))));

        assertThat(keys(published)).containsExactly("granite/140", "llama/140");
        assertThat(feed.snapshot()).isSameAs(published);
        assertThat(feed.awaitPublished(SHORT)).isTrue();
        assertThat(feed.health().degraded()).isFalse();
    }

    @Test
    void publishesNothingBeforeEverySourceHasBeenReadCompletely() throws InterruptedException {
        ScriptedSource good = ScriptedSource.of("good", version(1, "granite"));
        ScriptedSource late = new ScriptedSource("late", failure(DOWN));
        feed = builder(good, late).build();
        feed.start();
        late.awaitRead();
        good.awaitRead();

        assertThat(feed.snapshot().published()).isFalse();
        assertThat(feed.health().published()).isFalse();

        late.change(snapshot(version("other", 2, "llama", "Llama", List.of())));
        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(probe.pending()).isEmpty();
    }

    @Test
    void publishesNothingBeforeEveryPartHasBeenReadCompletely() throws InterruptedException {
        SourcePart good = SourcePart.complete("public", List.of(version(1, "granite")), List.of(), List.of());
        ScriptedSource source = new ScriptedSource("rhoai", parts(good, SourcePart.failed("team-a", DOWN)));
        feed = builder(source).build();
        feed.start();
        source.awaitRead();

        source.change(parts(good, SourcePart.complete("team-a", List.of(), List.of(), List.of())));
        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140");
    }

    @Test
    void publishesAnEmptyPlatformAsAnEmptyFeed() throws InterruptedException {
        FeedSnapshot published = start(builder(new ScriptedSource("rhoai", parts())));

        assertThat(published.published()).isTrue();
        assertThat(published.entries()).isEmpty();
    }

    @Test
    void publishesWithoutAnUnreadableSourceAfterTheStartupDeadline() throws InterruptedException {
        ScriptedSource dead = new ScriptedSource("dead", failure(DOWN));
        FeedSnapshot published = start(
                builder(ScriptedSource.of("good", version(1, "granite")), dead).startupDeadline(SHORT));

        assertThat(keys(published)).containsExactly("granite/140");
        assertThat(feed.health().degraded()).isTrue();
    }

    @Test
    void publishesNoEmptyFeedInPlaceOfASourceThatCannotBeRead() throws InterruptedException {
        ScriptedSource dead = new ScriptedSource("dead", failure(DOWN));
        ScriptedSource empty = ScriptedSource.of("empty");
        feed = builder(dead, empty)
                .startupDeadline(Duration.ofNanos(1))
                .pollInterval(SHORT)
                .build();
        feed.start();
        for (int i = 0; i < 5; i++) {
            dead.awaitRead();
            empty.awaitRead();
        }
        assertThat(feed.snapshot().published()).isFalse();

        dead.change(snapshot());
        assertThat(probe.next().snapshot().entries()).isEmpty();
    }

    @Test
    void publishesNothingAtAllWhileNoSourceCouldBeRead() throws InterruptedException {
        ScriptedSource dead = new ScriptedSource("dead", failure(DOWN));
        feed = builder(dead)
                .startupDeadline(Duration.ofNanos(1))
                .pollInterval(SHORT)
                .build();
        feed.start();
        for (int i = 0; i < 5; i++) {
            dead.awaitRead();
        }

        assertThat(feed.snapshot().published()).isFalse();
        assertThat(feed.health().sources().get(0).status()).isEqualTo(HealthStatus.DOWN);
        assertThat(feed.health().sources().get(0).failure()).contains("503");
    }

    @Test
    void tellsWhatWasAddedUpdatedAndRemoved() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"), version(2, "llama"));
        start(builder(source));

        source.change(snapshot(version(1, "granite", "Granite, now in German"), version(3, "mistral")));
        FeedChange change = probe.next();

        assertThat(names(change.added())).containsExactly("mistral/140");
        assertThat(names(change.updated())).containsExactly("granite/140");
        assertThat(names(change.removed())).containsExactly("llama/140");
        assertThat(change.updated().get(0).catalog().models().get(0).description())
                .isEqualTo("Granite, now in German");
    }

    @Test
    void keepsTheServedBytesOfWhatDidNotChange() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"), version(2, "llama"));
        FeedEntry before =
                start(builder(source)).entryByImportKey("granite_140").orElseThrow();

        source.change(snapshot(version(1, "granite"), version(2, "llama", "Llama 3")));
        FeedSnapshot after = probe.next().snapshot();

        assertThat(after.entryByImportKey("granite_140")).containsSame(before);
    }

    @Test
    void doesNotPublishAgainWhenAReadFindsTheSame() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        FeedSnapshot published = start(builder(source));
        source.awaitRead();

        source.change(snapshot(version(1, "granite")));
        source.awaitRead();
        source.change(snapshot(version(1, "granite"), version(2, "llama")));

        FeedChange next = probe.next();
        assertThat(names(next.added())).containsExactly("llama/140");
        assertThat(next.snapshot()).isNotSameAs(published);
    }

    @Test
    void aChangeAnnouncedDuringAReadCausesOneMoreRead() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource("a", context -> {
            reading.countDown();
            goOn.await();
            return snapshot(version(1, "granite")).answer(context);
        });
        feed = builder(source).build();
        feed.start();
        reading.await();
        for (int i = 0; i < 50; i++) {
            source.change(snapshot(version(1, "granite"), version(2, "llama")));
        }
        goOn.countDown();
        await().until(() -> feed.snapshot().entries().size() == 2);

        source.change(snapshot(version(3, "mistral")));
        await().until(() -> keys(feed.snapshot()).equals(List.of("mistral/140")));
        int reads = 0;
        for (source.awaitRead(); reads < 2; reads++) {
            source.awaitRead();
        }
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void pollsASourceThatAnnouncesNothing() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        start(builder(source).pollInterval(SHORT));

        source.answer(snapshot(version(1, "granite"), version(2, "llama")));

        assertThat(names(probe.next().added())).containsExactly("llama/140");
    }

    @Test
    void aListenerThatThrowsHarmsNobodyElse() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        feed = ModelFeed.builder()
                .pollInterval(LONG)
                .source(source)
                .listener(change -> {
                    throw new IllegalStateException("a fault in the listener");
                })
                .listener(probe)
                .build();
        feed.start();
        probe.next();

        source.change(snapshot(version(2, "llama")));

        assertThat(names(probe.next().added())).containsExactly("llama/140");
    }

    @Test
    void anErrorOfAListenerHarmsNobodyElse() throws InterruptedException {
        feed = ModelFeed.builder()
                .source(ScriptedSource.of("a", version(1, "granite")))
                .listener(change -> {
                    throw new AssertionError("a fault in the listener");
                })
                .listener(probe)
                .build();
        feed.start();

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140");
    }

    @Test
    void aListenerMayCloseTheFeed() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        feed = builder(source).build();
        feed.addListener(change -> {
            feed.close();
            closed.countDown();
        });
        feed.start();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(source.closed()).isEqualTo(1);
    }

    @Test
    void aListenerThatWasRemovedIsNotCalled() throws InterruptedException {
        FeedProbe removed = new FeedProbe();
        feed = builder(ScriptedSource.of("a", version(1, "granite"))).build();
        feed.addListener(removed);
        feed.removeListener(removed);
        FeedProbe last = new FeedProbe();
        feed.addListener(last);
        feed.start();

        assertThat(keys(last.next().snapshot())).containsExactly("granite/140");
        assertThat(removed.pending()).isEmpty();
    }

    @Test
    void aSlowListenerDelaysNoReader() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        feed = builder(ScriptedSource.of("a", version(1, "granite"))).build();
        feed.addListener(change -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        feed.start();

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140");
        assertThat(keys(feed.snapshot())).containsExactly("granite/140");
    }

    @Test
    void aFactThatTwoSourcesReportDifferentlyIsAProblemAndOneOfThemCounts() throws InterruptedException {
        FeedSnapshot published = start(builder(
                ScriptedSource.of("first", version(1, "granite", "the first says")),
                ScriptedSource.of("second", version(1, "granite", "the second says"))));

        assertThat(published.entries()).hasSize(1);
        assertThat(feed.health().problems())
                .extracting(Problem::item)
                .containsExactly(version(1, "granite").id());
    }

    @Test
    void findsCardsInItsSources() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", Facts.versionWithCard(1, "granite"));
        source.card(Facts.GRANITE_CARD);
        FeedSnapshot published = start(builder(ScriptedSource.of("none"), source));

        assertThat(published.card("redhat_ai_modelsRedHatAIgranite3.1")).contains(Facts.GRANITE_CARD.version());
        assertThat(feed.card(Facts.GRANITE_CARD.reference())).contains(Facts.GRANITE_CARD);
    }

    @Test
    void anEmptySnapshotOfASourceIsAnAnswer() throws InterruptedException {
        FeedSnapshot published = start(builder(
                new ScriptedSource("empty", context -> SourceSnapshot.builder().build())));

        assertThat(published.entries()).isEmpty();
        assertThat(published.list(feed.formats().get(0)).orElseThrow().length()).isEqualTo("{\"uris\":[]}".length());
    }
}
