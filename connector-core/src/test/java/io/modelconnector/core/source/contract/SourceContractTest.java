package io.modelconnector.core.source.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ModelSource} has to keep to, so that a feed can rely on it. Extend it and say how to get a source
 * over a platform that the test controls:
 *
 * <pre>{@code
 * final class AcmeModelSourceContractTest extends SourceContractTest {
 *     @Override
 *     protected SourceFixture fixture() throws Exception {
 *         return new AcmeFixture(); // a stub of the platform; newSource() builds an AcmeModelSource over it
 *     }
 * }
 * }</pre>
 *
 * <p>It is in the test jar of {@code connector-core}. A module that extends it needs these dependencies in test scope:
 * {@code io.modelconnector:connector-core} with {@code <type>test-jar</type>},
 * {@code org.junit.jupiter:junit-jupiter} 6 and {@code org.assertj:assertj-core} 3.
 *
 * <p>Sources are used as a feed uses them: reads on one thread, the rest on another, each call for 30 seconds at most.
 * A source that is driven by a watch has 30 seconds to learn that the platform changed, broke or was repaired; until
 * then it gives all that it knew. Whatever a test does, in its end the source is closed, twice, and has 5 seconds to be
 * rid of its threads.
 */
@Timeout(120)
public abstract class SourceContractTest {
    private static final int CLOSE_SECONDS = 5;
    private static final int INTERRUPT_SECONDS = 10;
    private static final int NOTICE_SECONDS = 30;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<ModelSource> sources = new ArrayList<>();
    private final FeedDouble feed = new FeedDouble();
    private SourceFixture fixture;

    /** For subclasses. */
    protected SourceContractTest() {}

    /** Starts the platform. Called once for each test. */
    protected abstract SourceFixture fixture() throws Exception;

    @BeforeEach
    final void startPlatform() throws Exception {
        fixture = fixture();
    }

    @AfterEach
    final void closesQuicklyAndCompletely() throws Exception {
        try {
            for (ModelSource source : sources) {
                feed.call(() -> {
                    source.close();
                    source.close();
                    return null;
                });
            }
            for (Thread thread : startedThreads()) {
                thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
            assertThat(startedThreads())
                    .as("threads that outlive close() by %s seconds", CLOSE_SECONDS)
                    .isEmpty();
        } finally {
            feed.close();
            if (fixture != null) {
                fixture.close();
            }
        }
    }

    @Test
    void isNamedForLogsAndMetrics() throws Exception {
        ModelSource source = open();
        String name = source.name();
        assertThat(name).as("name()").matches("[A-Za-z0-9._-]+");
        feed.read(source, false);
        assertThat(source.name()).as("name() after a read").isEqualTo(name);
    }

    @Test
    void startsNoThreadBeforeItIsUsed() throws Exception {
        open();
        assertThat(startedThreads()).as("threads that building a source starts").isEmpty();
    }

    @Test
    void closesWithoutHavingBeenUsed() throws Exception {
        open();
    }

    @Test
    void closesAfterOnlyHavingBeenGivenACallback() throws Exception {
        ModelSource source = open();
        feed.call(() -> {
            source.onChange(() -> {});
            return null;
        });
    }

    @Test
    void findsEverythingInTheFirstRead() throws Exception {
        SourceSnapshot snapshot = feed.read(open(), false);
        assertComplete(snapshot);
        assertThat(problems(snapshot))
                .as("problems of a platform that is in order")
                .isEmpty();
    }

    @Test
    void namesEachFactOnce() throws Exception {
        assertThat(factIds(feed.read(open(), false))).as("fact ids").doesNotHaveDuplicates();
    }

    @Test
    void namesWhatItFinds() throws Exception {
        SourceSnapshot snapshot = feed.read(open(), false);
        assertThat(versions(snapshot)).allSatisfy(version -> {
            assertThat(version.registry()).as("registry of " + version.id()).isNotBlank();
            assertThat(version.model().id()).as("model id of " + version.id()).isNotBlank();
            assertThat(version.model().name())
                    .as("model name of " + version.id())
                    .isNotBlank();
            assertThat(version.version().id())
                    .as("version id of " + version.id())
                    .isNotBlank();
            assertThat(version.version().name())
                    .as("version name of " + version.id())
                    .isNotBlank();
        });
        assertThat(servedModels(snapshot)).allSatisfy(served -> {
            assertThat(served.kind()).as("kind of " + served.id()).isNotBlank();
            assertThat(served.namespace()).as("namespace of " + served.id()).isNotBlank();
            assertThat(served.name()).as("name of " + served.id()).isNotBlank();
        });
    }

    @Test
    void findsTheSameAgainWhileNothingChanges() throws Exception {
        ModelSource source = open();
        SourceSnapshot first = feed.read(source, false);
        assertSameFacts(feed.read(source, false), first, "a second read");
        assertSameFacts(feed.read(source, true), first, "a fresh read");
    }

    @Test
    void findsTheSameAfterARestart() throws Exception {
        SourceSnapshot first = feed.read(open(), false);
        assertSameFacts(feed.read(open(), false), first, "the first read of another source");
    }

    @Test
    void findsWhatChanged() throws Exception {
        ModelSource source = open();
        Set<String> before = new HashSet<>(factIds(feed.read(source, false)));
        fixture.change();
        assertThat(fixture.factIds())
                .as("the fixture's fact ids after its change")
                .isNotEqualTo(before);
        assertComesToBeComplete(source);
    }

    @Test
    void tellsOfAChange() throws Exception {
        assumeTrue(fixture.announcesChanges(), "this source is polled");
        ModelSource source = open();
        CountDownLatch changed = new CountDownLatch(1);
        AtomicBoolean listening = new AtomicBoolean();
        feed.call(() -> {
            source.onChange(() -> {
                if (listening.get()) {
                    changed.countDown();
                }
            });
            return null;
        });
        feed.read(source, false);
        listening.set(true);
        fixture.change();
        assertThat(changed.await(NOTICE_SECONDS, TimeUnit.SECONDS))
                .as("called back within %s seconds of a change", NOTICE_SECONDS)
                .isTrue();
        assertComesToBeComplete(source);
    }

    @Test
    void doesNotTakeABrokenPlatformForAnEmptyOne() throws Exception {
        ModelSource source = open();
        SourceSnapshot before = feed.read(source, false);
        fixture.breakDown();
        assertComesToFail(source, before);
    }

    @Test
    void recoversWithThePlatform() throws Exception {
        ModelSource source = open();
        SourceSnapshot before = feed.read(source, false);
        fixture.breakDown();
        assertComesToFail(source, before);
        fixture.repair();
        assertComesToBeComplete(source);
    }

    @Test
    void startsOnABrokenPlatform() throws Exception {
        fixture.breakDown();
        ModelSource source = open();
        assertComesToFail(source, new SourceSnapshot(List.of()));
        fixture.repair();
        assertComesToBeComplete(source);
    }

    @Test
    void doesNotMistakeAnInterruptForAnEmptyPlatform() throws Exception {
        ModelSource source = open();
        try {
            assertComplete(feed.readInterrupted(source));
        } catch (InterruptedException e) {
            // As good as a complete read.
        }
        assertComplete(feed.read(source, false));
    }

    @Test
    void endsAReadThatIsInterrupted() throws Exception {
        ModelSource source = open();
        assumeTrue(fixture.stall(), "this platform cannot stall");
        Future<SourceSnapshot> read = feed.startRead(source, false);
        assertThat(endOfInterrupted(read))
                .as("what an interrupted read of a platform that does not answer throws")
                .isInstanceOf(InterruptedException.class);
        fixture.repair();
        assertComesToBeComplete(source);
    }

    @Test
    void findsTheCardsThatItsFactsName() throws Exception {
        ModelSource source = open();
        for (CardVersion version : cards(feed.read(source, false))) {
            ModelCard card = feed.card(source, version.reference())
                    .orElseGet(() -> fail("a fact names the card %s, which card() does not find", version.reference()));
            assertThat(card.version())
                    .as("reference and digest of the card found")
                    .isEqualTo(version);
            assertThat(card.digest())
                    .as("digest of the card %s", version.reference())
                    .isEqualTo(ContentDigest.of(card.markdown()));
            assertThat(card.markdown())
                    .as("text of the card %s", version.reference())
                    .isNotBlank();
        }
    }

    @Test
    void knowsNoCardThatDoesNotExist() throws Exception {
        ModelSource source = open();
        feed.read(source, false);
        assertThat(feed.card(source, new ModelCardReference("no-such-source", "no-such-group", "no-such-model")))
                .isEmpty();
    }

    private ModelSource open() throws Exception {
        ModelSource source = feed.call(fixture::newSource);
        sources.add(source);
        return source;
    }

    private void assertComplete(SourceSnapshot snapshot) {
        assertThat(snapshot).as("the snapshot").isNotNull();
        assertThat(snapshot.parts())
                .as("parts of a platform that is in order")
                .allSatisfy(part -> assertThat(part.failure())
                        .as("failure of part \"%s\"", part.name())
                        .isNull());
        assertThat(factIds(snapshot)).as("fact ids").containsExactlyInAnyOrderElementsOf(fixture.factIds());
    }

    /** A source that is driven by a watch learns of a change a moment later, and of a repair when it tries again. */
    private void assertComesToBeComplete(ModelSource source) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(NOTICE_SECONDS);
        while (System.nanoTime() < deadline) {
            try {
                assertComplete(feed.read(source, false));
                return;
            } catch (ConnectorException | AssertionError e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        assertComplete(feed.read(source, true));
    }

    /** Until it fails, a source may go on giving what it knew before, and nothing less. */
    private void assertComesToFail(ModelSource source, SourceSnapshot before) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(NOTICE_SECONDS);
        while (System.nanoTime() < deadline) {
            SourceSnapshot snapshot;
            try {
                snapshot = feed.read(source, true);
            } catch (ConnectorException e) {
                assertThat(e).as("the failure's message").message().isNotBlank();
                return;
            }
            assertLosesNothing(before, snapshot);
            if (snapshot.parts().stream().anyMatch(part -> !part.isComplete())) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        fail("reads of a broken platform did not fail within %s seconds", NOTICE_SECONDS);
    }

    /** A part may have failed, but not be gone; one that is said to be complete has to have all of its facts. */
    private static void assertLosesNothing(SourceSnapshot before, SourceSnapshot now) {
        Map<String, SourcePart> parts =
                now.parts().stream().collect(Collectors.toMap(SourcePart::name, Function.identity()));
        for (SourcePart part : before.parts()) {
            assertThat(parts).as("parts of a platform that is broken").containsKey(part.name());
            SourcePart found = parts.get(part.name());
            if (found.isComplete()) {
                assertSameFacts(snapshot(found), snapshot(part), "part \"" + part.name() + "\", said to be complete");
            }
        }
    }

    private static void assertSameFacts(SourceSnapshot snapshot, SourceSnapshot expected, String what) {
        assertThat(versions(snapshot))
                .as("registered versions of " + what)
                .containsExactlyInAnyOrderElementsOf(versions(expected));
        assertThat(servedModels(snapshot))
                .as("served models of " + what)
                .containsExactlyInAnyOrderElementsOf(servedModels(expected));
    }

    /**
     * Interrupts until it has met the read, which may yet have to begin to wait; gives what the read threw in the end.
     */
    private Throwable endOfInterrupted(Future<SourceSnapshot> read) throws Exception {
        for (int i = 0; i < INTERRUPT_SECONDS * 10; i++) {
            try {
                return fail("a read of a platform that does not answer gave %s", read.get(100, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                feed.interruptRead();
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
        return fail("a read that was interrupted did not end within %s seconds", INTERRUPT_SECONDS);
    }

    private List<Thread> startedThreads() {
        return feed.startedThreads(fixture == null ? thread -> false : fixture::isForeign);
    }

    private static SourceSnapshot snapshot(SourcePart part) {
        return new SourceSnapshot(List.of(part));
    }

    private static List<RegisteredModelVersion> versions(SourceSnapshot snapshot) {
        return snapshot.parts().stream()
                .flatMap(part -> part.modelVersions().stream())
                .toList();
    }

    private static List<ServedModel> servedModels(SourceSnapshot snapshot) {
        return snapshot.parts().stream()
                .flatMap(part -> part.servedModels().stream())
                .toList();
    }

    private static List<String> problems(SourceSnapshot snapshot) {
        return snapshot.parts().stream()
                .flatMap(part -> part.problems().stream())
                .map(problem -> problem.item() + ": " + problem.message())
                .toList();
    }

    private static List<String> factIds(SourceSnapshot snapshot) {
        return Stream.concat(
                        versions(snapshot).stream().map(RegisteredModelVersion::id),
                        servedModels(snapshot).stream().map(ServedModel::id))
                .toList();
    }

    private static Set<CardVersion> cards(SourceSnapshot snapshot) {
        return versions(snapshot).stream()
                .flatMap(version -> version.artifacts().stream())
                .map(ModelArtifact::card)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
