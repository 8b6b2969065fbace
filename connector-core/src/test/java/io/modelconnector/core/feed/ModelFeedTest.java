package io.modelconnector.core.feed;

import static io.modelconnector.core.feed.Facts.version;
import static io.modelconnector.core.feed.FeedProbe.keys;
import static io.modelconnector.core.feed.ScriptedSource.failure;
import static io.modelconnector.core.feed.ScriptedSource.parts;
import static io.modelconnector.core.feed.ScriptedSource.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelFeedTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final SourceUnavailableException DOWN =
            new SourceUnavailableException("listing model versions of registry \"public\" was answered 503");

    private final FeedProbe probe = new FeedProbe();
    private ModelFeed feed;

    @AfterEach
    void close() {
        if (feed != null) {
            feed.close();
        }
    }

    private ModelFeedBuilder builder(ScriptedSource... sources) {
        ModelFeedBuilder builder = ModelFeed.builder().pollInterval(LONG).listener(probe);
        for (ScriptedSource source : sources) {
            builder.source(source);
        }
        return builder;
    }

    private FeedSnapshot start(ModelFeedBuilder builder) throws InterruptedException {
        feed = builder.build();
        feed.start();
        return probe.next().snapshot();
    }

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
    void keepsWhatAFailingSourceHad() throws InterruptedException {
        ScriptedSource flaky = ScriptedSource.of("flaky", version(1, "granite"));
        ScriptedSource other = ScriptedSource.of("other", version("other", 2, "llama", "Llama", List.of()));
        start(builder(flaky, other));

        flaky.change(failure(DOWN));
        await().until(() -> feed.health().sources().get(0).status() == HealthStatus.STALE);
        other.change(snapshot(version("other", 2, "llama", "Llama 3", List.of())));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "llama/140");
        PartHealth part = feed.health().sources().get(0).parts().get(0);
        assertThat(part.failure()).isEqualTo(DOWN.getMessage());
        assertThat(part.modelVersions()).isEqualTo(1);

        flaky.change(snapshot(version(1, "granite", "Granite is back")));
        assertThat(names(probe.next().updated())).containsExactly("granite/140");
        assertThat(feed.health().degraded()).isFalse();
    }

    @Test
    void keepsWhatAFailingPartHadWhileTheOthersGoOn() throws InterruptedException {
        SourcePart team = SourcePart.complete(
                "team", List.of(version("team", 1, "granite", "Granite", List.of())), List.of(), List.of());
        ScriptedSource source = new ScriptedSource(
                "rhoai",
                parts(SourcePart.complete("public", List.of(version(2, "llama")), List.of(), List.of()), team));
        start(builder(source));

        source.change(parts(
                SourcePart.complete("public", List.of(version(3, "mistral")), List.of(), List.of()),
                SourcePart.failed("team", DOWN)));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "mistral/140");
        assertThat(feed.health().sources().get(0).parts())
                .extracting(PartHealth::name, PartHealth::status)
                .containsExactly(tuple("public", HealthStatus.UP), tuple("team", HealthStatus.STALE));
    }

    @Test
    void keepsAnItemThatCannotBeReadAndLetsOthersGo() throws InterruptedException {
        ScriptedSource source =
                ScriptedSource.of("a", version(1, "granite"), version(2, "llama"), version(3, "mistral"));
        start(builder(source));

        Problem unreadable = new Problem(version(1, "granite").id(), "its artifacts were answered 500");
        source.change(parts(
                SourcePart.complete(SourcePart.ONLY, List.of(version(2, "llama")), List.of(), List.of(unreadable))));

        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(feed.health().sources().get(0).parts().get(0).problems()).containsExactly(unreadable);
    }

    @Test
    void aSourceThatReturnsNothingOrBreaksCostsOnlyItself() throws InterruptedException {
        ScriptedSource odd = new ScriptedSource("odd", snapshot(version(1, "granite")));
        ScriptedSource good = ScriptedSource.of("good", version("other", 2, "llama", "Llama", List.of()));
        start(builder(odd, good));

        for (ScriptedSource.Answer broken : List.<ScriptedSource.Answer>of(
                context -> null,
                context -> {
                    throw new IllegalStateException("a fault in the source");
                },
                context -> {
                    throw new StackOverflowError();
                },
                context -> {
                    throw ModelFeedTest.<RuntimeException>undeclared(new IOException("from another language"));
                },
                context -> {
                    Thread.currentThread().interrupt();
                    throw DOWN;
                })) {
            odd.change(broken);
            await().until(() -> feed.health().sources().get(0).failure() != null);
            odd.change(snapshot(version(1, "granite")));
            await().until(() -> feed.health().sources().get(0).failure() == null);
        }

        assertThat(keys(feed.snapshot())).containsExactly("granite/140", "llama/140");
        assertThat(probe.pending()).isEmpty();
    }

    @Test
    void aHangingSourceDelaysNoOther() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedSource hanging = ScriptedSource.of("hanging", version(1, "granite"));
        ScriptedSource good = ScriptedSource.of("good", version("other", 2, "llama", "Llama", List.of()));
        start(builder(hanging, good));
        hanging.awaitRead();

        hanging.change(context -> {
            never.await();
            return null;
        });
        hanging.awaitRead();
        good.change(snapshot(version("other", 2, "llama", "Llama 3", List.of())));

        assertThat(names(probe.next().updated())).containsExactly("llama/140");
    }

    @Test
    void interruptsAReadThatTakesTooLongAndReadsAgain() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        ScriptedSource hanging = new ScriptedSource("hanging", context -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return null;
        });
        feed = builder(hanging).pollInterval(SHORT).readTimeout(SHORT).build();
        feed.start();
        hanging.awaitRead();
        await().until(() -> interrupted.get() > 0);
        await().until(() ->
                String.valueOf(feed.health().sources().get(0).failure()).contains("PT0.01S"));

        hanging.answer(snapshot(version(1, "granite")));
        assertThat(keys(probe.next().snapshot())).containsExactly("granite/140");
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
    void anInterruptThatIsNotOursDoesNotEndTheReading() throws InterruptedException {
        AtomicReference<Thread> reader = new AtomicReference<>();
        ScriptedSource source = new ScriptedSource("a", context -> {
            reader.set(Thread.currentThread());
            return snapshot(version(1, "granite")).answer(context);
        });
        start(builder(source));

        reader.get().interrupt();
        source.change(snapshot(version(2, "llama")));

        assertThat(names(probe.next().added())).containsExactly("llama/140");
    }

    @Test
    void aFailingSourceThatAnnouncesAllTheTimeIsNotReadInATightLoop() throws InterruptedException {
        ScriptedSource source = ScriptedSource.of("a", version(1, "granite"));
        start(builder(source));
        AtomicInteger reads = new AtomicInteger();
        long begin = System.nanoTime();

        source.change(context -> {
            reads.incrementAndGet();
            source.announce();
            throw DOWN;
        });
        await().until(() -> reads.get() >= 4);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
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

    /** What languages without checked exceptions throw. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T undeclared(Throwable cause) throws T {
        throw (T) cause;
    }

    private static List<String> names(List<CatalogEntry> entries) {
        return entries.stream().map(entry -> entry.key().toString()).toList();
    }

    @Test
    void anEmptySnapshotOfASourceIsAnAnswer() throws InterruptedException {
        FeedSnapshot published = start(builder(
                new ScriptedSource("empty", context -> SourceSnapshot.builder().build())));

        assertThat(published.entries()).isEmpty();
        assertThat(published.list(feed.formats().get(0)).orElseThrow().length()).isEqualTo("{\"uris\":[]}".length());
    }
}
