package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static io.modelconnector.examples.sidecars.backstage.Entries.GRANITE;
import static io.modelconnector.examples.sidecars.backstage.Entries.LLAMA;
import static io.modelconnector.examples.sidecars.backstage.Entries.noted;
import static io.modelconnector.examples.sidecars.backstage.Entries.store;
import static io.modelconnector.examples.sidecars.backstage.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.examples.sidecars.backstage.FakeBackstage.Answer;
import io.modelconnector.examples.sidecars.backstage.SteppedTiming.Rest;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BackstagePushTest {
    private static final Rest MINUTE = new Rest(Duration.ofMinutes(1), true);

    private final InMemoryEntryStore entries = new InMemoryEntryStore();
    private final SteppedTiming timing = new SteppedTiming();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.modelconnector.examples.sidecars.backstage");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private FakeBackstage backstage;
    private BackstagePush push;

    @BeforeEach
    void start() throws Exception {
        logger.setLevel(Level.DEBUG);
        logged.start();
        logger.addAppender(logged);
        backstage = new FakeBackstage();
        push = push(FakeBackstage.TOKEN);
    }

    @AfterEach
    void stop() {
        push.close();
        backstage.close();
        logger.detachAppender(logged);
        logger.setLevel(null);
        // A pool has ended a moment before its threads have.
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("modelconnector-backstage")));
    }

    private BackstagePush push(String token) {
        return BackstagePush.builder(entries, BASE, new BackstageSettings(true, backstage.url(), token, null, null))
                .timing(timing)
                .build();
    }

    @Test
    void tellsBackstageAtOnceAndLooksAgainEveryMinute() throws Exception {
        store(entries, GRANITE);
        assertThat(push.health()).isEqualTo(new PushHealth(HealthStatus.UNKNOWN, null, 0, 0));

        push.start();

        assertThat(timing.next()).isEqualTo(MINUTE);
        assertThat(push.health()).isEqualTo(new PushHealth(HealthStatus.UP, null, 1, 0));
        backstage.losesItsDatabase();
        assertThat(timing.afterThat()).isEqualTo(MINUTE);
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void tellsBackstageOfSeveralChangesAtOnceSoonAfterTheFirst() throws Exception {
        push.start();
        assertThat(timing.next()).isEqualTo(MINUTE);
        store(entries, GRANITE);
        push.changed();

        assertThat(timing.afterThat()).isEqualTo(new Rest(Duration.ofMillis(500), false));
        assertThat(backstage.targets()).isEmpty();
        store(entries, GRANITE, LLAMA);
        push.changed();
        backstage.forgetRequests();

        assertThat(timing.afterThat()).isEqualTo(MINUTE);
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        assertThat(backstage.count("GET")).isOne();
    }

    @Test
    void looksAgainSoonWhenSomethingSeemsToBeLeftOver() throws Exception {
        store(entries, GRANITE, LLAMA);
        push.start();
        timing.next();
        store(entries, GRANITE);

        assertThat(timing.afterThat()).isEqualTo(new Rest(Duration.ofSeconds(3), true));
        assertThat(push.health()).isEqualTo(new PushHealth(HealthStatus.UP, null, 1, 1));

        assertThat(timing.afterThat()).isEqualTo(MINUTE);
        assertThat(push.health()).isEqualTo(new PushHealth(HealthStatus.UP, null, 1, 0));
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void leavesABackstageThatIsDownAloneForLongerAndLonger() throws Exception {
        store(entries, GRANITE);
        backstage.isDown();
        push.start();

        assertThat(timing.next()).isEqualTo(new Rest(Duration.ofSeconds(1), false));
        assertThat(timing.afterThat().limit()).isEqualTo(Duration.ofSeconds(2));
        push.changed();
        assertThat(timing.afterThat().limit()).isEqualTo(Duration.ofSeconds(4));
        assertThat(push.health().status()).isEqualTo(HealthStatus.DOWN);
        assertThat(push.health().waiting()).isOne();
        backstage.isUp();
        assertThat(timing.afterThat()).isEqualTo(MINUTE);
        assertThat(backstage.targets()).containsExactly(target(GRANITE));

        backstage.isDown();
        assertThat(timing.afterThat().limit()).isEqualTo(Duration.ofSeconds(1));
        assertThat(push.health().status()).isEqualTo(HealthStatus.STALE);
        assertThat(push.health().registered()).isOne();
    }

    @Test
    void leavesBackstageAloneForAsLongAsItAsks() throws Exception {
        backstage.fails((method, path, body) -> Answer.status(503).with("Retry-After", "20"));
        push.start();
        assertThat(timing.next().limit()).isEqualTo(Duration.ofSeconds(20));

        backstage.fails(
                (method, path, body) -> Answer.status(429).with("Retry-After", "Mon, 02 Mar 2026 10:00:30 GMT"));
        assertThat(timing.afterThat().limit()).isEqualTo(Duration.ofSeconds(30));

        backstage.fails((method, path, body) -> Answer.status(503).with("Retry-After", "86400"));
        assertThat(timing.afterThat().limit()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void losesNothingWhenTheProcessEndsWhileBackstageIsDown() throws Exception {
        store(entries, GRANITE);
        push.start();
        timing.next();
        backstage.isDown();
        store(entries, LLAMA);
        push.changed();
        timing.afterThat();
        timing.afterThat();
        push.close();

        backstage.isUp();
        SteppedTiming later = new SteppedTiming();
        push = BackstagePush.builder(
                        entries, BASE, new BackstageSettings(true, backstage.url(), FakeBackstage.TOKEN, null, null))
                .timing(later)
                .build();
        push.start();
        later.next();
        later.afterThat();

        assertThat(backstage.targets()).containsExactly(target(LLAMA));
        assertThat(noted(entries, LLAMA).locationId()).isEqualTo(backstage.idOf(target(LLAMA)));
    }

    @Test
    void logsALastingFaultOnceAndItsEndOnce() throws Exception {
        store(entries, GRANITE);
        backstage.isDown();
        push.start();
        timing.next();
        timing.afterThat();
        timing.afterThat();
        backstage.isUp();
        timing.afterThat();
        timing.afterThat();

        assertThat(logged.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                        .map(event -> event.getLevel() + " " + event.getFormattedMessage()))
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("WARN listing the locations in Backstage at http://127.0.0.1:")
                                .endsWith("it is tried again, 1 changes wait"),
                        recovery -> assertThat(recovery).startsWith("INFO Backstage at http://127.0.0.1:"));
    }

    @Test
    void saysWhatToSetWhenTheTokenIsNotAcceptedAndNeverShowsIt() throws Exception {
        push = push("c2VjcmV0LW9mLW1pbmU");
        push.start();

        assertThat(timing.next().limit()).isEqualTo(Duration.ofSeconds(5));

        assertThat(push.health().status()).isEqualTo(HealthStatus.DOWN);
        assertThat(push.health().failure())
                .contains("answered 401", "RHDH_TOKEN", "backend.auth.externalAccess")
                .doesNotContain("c2VjcmV0");
        assertThat(logged.list).isNotEmpty();
        assertThat(logged.list).noneMatch(event -> event.getFormattedMessage().contains("c2VjcmV0"));
    }

    @Test
    void saysWhatToAllowWhenTheTokenMayNotRegister() throws Exception {
        store(entries, GRANITE);
        backstage.fails((method, path, body) -> method.equals("POST") ? Answer.status(403) : null);
        push.start();
        timing.next();

        assertThat(push.health().failure()).contains("answered 403", "RHDH_TOKEN", "accessRestrictions");
    }

    @Test
    void tellsTheListenerOfEachRequest() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        store(entries, GRANITE);
        push = BackstagePush.builder(
                        entries, BASE, new BackstageSettings(true, backstage.url(), FakeBackstage.TOKEN, null, null))
                .timing(timing)
                .listener((upstream, outcome, took) -> heard.add(upstream + ' ' + outcome))
                .build();
        push.start();
        timing.next();

        assertThat(heard).containsExactly("backstage 200", "backstage 201");
    }

    @Test
    void closesWhileBackstageDoesNotAnswer() throws Exception {
        store(entries, GRANITE, LLAMA);
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        backstage.fails((method, path, body) -> {
            if (method.equals("POST")) {
                asked.countDown();
                awaitUninterrupted(never);
            }
            return null;
        });
        push.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        push.close();
        push.close();

        assertThat(logged.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        never.countDown();
    }

    @Test
    void goesOnAfterAMistakeOfTheStore() throws Exception {
        WatchedStore store = new WatchedStore();
        store(store, GRANITE);
        store.hasAMistake(true);
        push = BackstagePush.builder(
                        store, BASE, new BackstageSettings(true, backstage.url(), FakeBackstage.TOKEN, null, null))
                .timing(timing)
                .build();
        push.start();
        timing.next();
        assertThat(push.health().failure()).contains("failed unexpectedly: IllegalStateException");
        store.hasAMistake(false);

        assertThat(timing.afterThat()).isEqualTo(MINUTE);
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void closesWithoutHavingBeenStarted() {
        push.close();
        push.start();

        assertThat(backstage.count("")).isZero();
        assertThatIllegalStateException().isThrownBy(push::start);
    }

    @Test
    void worksInRealTime() throws Exception {
        push = BackstagePush.builder(
                        entries, BASE, new BackstageSettings(true, backstage.url(), FakeBackstage.TOKEN, null, null))
                .fileName("catalog-info.yaml")
                .build();
        push.start();
        await().until(() -> push.health().status() == HealthStatus.UP);
        store(entries, GRANITE);
        push.changed();

        await().until(() -> push.health().registered() == 1);

        assertThat(backstage.targets()).containsExactly(BASE + GRANITE.path("catalog-info.yaml"));
    }

    @Test
    void needsATokenAndAnAddress() {
        URI url = backstage.url();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> BackstagePush.builder(entries, BASE, new BackstageSettings(true, url, null, null, null))
                                .build())
                .withMessageContaining("RHDH_TOKEN");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstagePush.builder(
                                entries, BASE, new BackstageSettings(true, null, "token", "ai-rhdh", null))
                        .build())
                .withMessageContaining("BKSTG_URL");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstagePush.builder(
                                entries, URI.create("ftp://bridge"), new BackstageSettings(true, url, "t", null, null))
                        .build())
                .withMessageContaining("publicBase");
        URI other = URI.create("ftp://portal");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> BackstagePush.builder(entries, BASE, new BackstageSettings(true, other, "t", null, null))
                                .build())
                .withMessageContaining("BKSTG_URL");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
