package io.modelconnector.kserve.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.modelconnector.core.endpoint.auth.AuthenticationResult;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** How keys are read, kept and given up. */
class PluginKeysTest extends AuthenticatorFixture {
    @Override
    BackstageTokenAuthenticator.Builder settings() {
        return super.settings().keyTimeout(Duration.ofSeconds(30));
    }

    @Test
    void askedOnceForManyTokens() {
        for (int i = 0; i < 50; i++) {
            assertThat(ask(token().claim("n", i).sign())).isInstanceOf(Allowed.class);
        }

        assertThat(backstage.requests()).hasSize(1);
    }

    @Test
    void manyAtOnceShareOneRead() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        backstage.before(() -> awaitLatch(answer));
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            String token = token().sign();
            List<Future<AuthenticationResult>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                results.add(threads.submit(() -> ask(token)));
            }
            await().until(() -> backstage.requests().size() == 1);
            answer.countDown();
            for (Future<AuthenticationResult> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(Allowed.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(backstage.requests()).hasSize(1);
    }

    @Test
    void onlySoManyThreadsWaitForARead() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        backstage.before(() -> awaitLatch(answer));
        ExecutorService threads = Executors.newFixedThreadPool(40);
        try {
            String token = token().sign();
            List<Future<AuthenticationResult>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(threads.submit(() -> ask(token)));
            }
            await().until(() -> results.stream().filter(Future::isDone).count() == 8);
            for (Future<AuthenticationResult> result : results) {
                if (result.isDone()) {
                    assertThat(((Refused) result.get()).status()).isEqualTo(503);
                }
            }
            answer.countDown();
            int allowed = 0;
            for (Future<AuthenticationResult> result : results) {
                allowed += result.get(30, TimeUnit.SECONDS) instanceof Allowed ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(32);
        } finally {
            answer.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void aTokenThatWasGoodIsAnsweredAtOnce() {
        String token = token().sign();
        assertThat(authenticator.answersAtOnce(request(token))).isFalse();

        assertThat(ask(token)).isInstanceOf(Allowed.class);

        assertThat(authenticator.answersAtOnce(request(token))).isTrue();
        assertThat(authenticator.answersAtOnce(request(token().claim("n", 1).sign())))
                .isFalse();
    }

    @Test
    void aNewKeyIsFoundWhenItIsUsed() {
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        SigningKey next = SigningKey.create();
        backstage.publish("catalog", key, next);
        time.move(PluginKeys.PAUSE);

        assertThat(ask(TestToken.by(next, time).sign())).isInstanceOf(Allowed.class);
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        assertThat(backstage.requests()).hasSize(2);
    }

    @Test
    void aPluginThatHasNotSignedYetHasNoKeys() {
        backstage.publish("catalog");
        assertThat(refused(token().sign()).status()).isEqualTo(401);

        backstage.publish("catalog", key);
        time.move(PluginKeys.PAUSE);

        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
    }

    @Test
    void aFloodOfUnknownKeysAsksOnceInHalfAMinuteForEachPlugin() {
        SigningKey docs = SigningKey.create();
        backstage.publish("techdocs", docs);
        SigningKey attackers = SigningKey.create();
        String forged = token().sign();
        String signature = forged.substring(forged.lastIndexOf('.'));

        for (int second = 0; second < 300; second++) {
            for (int i = 0; i < 20; i++) {
                String plugin = i % 2 == 0 ? "catalog" : "techdocs";
                String unknown = TestToken.by(attackers.named("kid-" + second + '-' + i), time)
                                .claim("sub", plugin)
                                .signed()
                        + signature;
                assertThat(refused(unknown).status()).isEqualTo(401);
            }
            assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
            time.move(Duration.ofSeconds(1));
        }

        assertThat(backstage.requests())
                .filteredOn(each -> each.contains("/catalog/"))
                .hasSize(10);
        assertThat(backstage.requests())
                .filteredOn(each -> each.contains("/techdocs/"))
                .hasSize(10);
    }

    @Test
    void aKeyThatWasTakenBackIsGivenUp() {
        String token = token().sign();
        assertThat(ask(token)).isInstanceOf(Allowed.class);
        backstage.publish("catalog", SigningKey.create());

        time.move(PluginKeys.FRESH);
        assertThat(ask(token)).isInstanceOf(Allowed.class);

        await().untilAsserted(() ->
                assertThat(authenticator.answersAtOnce(request(token))).isFalse());
        assertThat(refused(token).check()).contains("no key of the id");
        assertThat(backstage.requests()).hasSize(2);
    }

    @Test
    void aKeyThatWasReplacedUnderItsIdIsNotTrustedWithOldTokens() {
        String token = token().sign();
        assertThat(ask(token)).isInstanceOf(Allowed.class);
        backstage.publish("catalog", SigningKey.create().named(key.id()));

        time.move(PluginKeys.TRUSTED.minusMinutes(1));
        assertThat(ask(token)).isInstanceOf(Allowed.class);

        await().untilAsserted(() -> assertThat(refused(token().sign()).check()).contains("signature is wrong"));
        assertThat(refused(token).check()).contains("signature is wrong");
    }

    @Test
    void keysThatWereNotUsedForLongAreReadFirst() {
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        backstage.publish("catalog");

        time.move(PluginKeys.TRUSTED);

        assertThat(refused(token().sign()).status()).isEqualTo(401);
    }

    @Test
    void theLastKeysStayGoodForAWhileWhenBackstageIsDown() {
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        backstage.breakConnections();

        time.move(PluginKeys.TRUSTED.minusSeconds(1));
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);

        time.move(PluginKeys.PAUSE);
        Refused refused = refused(token().sign());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsEntry("Retry-After", "30");

        backstage.recover();
        time.move(PluginKeys.PAUSE);
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
    }

    @Test
    void aKeyThatCannotBeLookedUpIsNotSaidToBeUnknown() {
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        backstage.answer(500);
        time.move(PluginKeys.PAUSE);

        assertThat(refused(TestToken.by(SigningKey.create(), time).sign()).status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 401, 404, 500, 503})
    void tokensCannotBeCheckedWhileBackstageAnswersSomethingElse(int status) {
        backstage.answer(status);

        assertThat(refused(token().sign()).status()).isEqualTo(503);
        assertThat(refused(token().sign()).status()).isEqualTo(503);
        assertThat(backstage.requests()).hasSize(1);

        backstage.recover();
        time.move(PluginKeys.PAUSE);
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
    }

    @Test
    void aFailureThatLastsIsToldOnceAndSoIsItsEnd() {
        Logger log = (Logger) LoggerFactory.getLogger(BackstageTokenAuthenticator.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(lines);
        try {
            backstage.answer(502);
            for (int i = 0; i < 3; i++) {
                assertThat(refused(token().sign()).status()).isEqualTo(503);
                time.move(PluginKeys.PAUSE);
            }
            backstage.recover();
            assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        } finally {
            log.detachAppender(lines);
            log.setAdditive(true);
            log.setLevel(null);
        }
        String address = backstage.url() + "api/catalog/.backstage/auth/v1/jwks.json";
        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly(
                        "WARN reading the keys at " + address + " fails: it was answered 502",
                        "INFO reading the keys at " + address + " works again");
    }

    @Test
    void redirectsAreNotFollowed() {
        try (FakeBackstage elsewhere = new FakeBackstage()) {
            elsewhere.publish("catalog", key);
            backstage.answer(new MockResponse.Builder()
                    .code(307)
                    .setHeader("Location", elsewhere.url().resolve("/api/catalog/.backstage/auth/v1/jwks.json"))
                    .build());

            assertThat(refused(token().sign()).status()).isEqualTo(503);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[",
                "{\"keys\":[],\"keys\":[]}",
                "<html>"
            })
    void whatIsNoKeySetIsNotTakenForOne(String body) {
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        backstage.answer(body);
        time.move(PluginKeys.PAUSE);

        assertThat(refused(TestToken.by(SigningKey.create(), time).sign()).status())
                .isEqualTo(503);
        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
    }

    @Test
    void anEndlessKeySetIsGivenUp() {
        backstage.answer("{\"keys\":[],\"x\":\"" + "x".repeat(KeyReader.MOST_BYTES) + "\"}");
        assertThat(refused(token().sign()).status()).isEqualTo(503);

        time.move(PluginKeys.PAUSE);
        backstage.answer("[".repeat(200_000));
        assertThat(refused(token().sign()).status()).isEqualTo(503);

        time.move(PluginKeys.PAUSE);
        backstage.answer("{\"keys\":[" + "{},".repeat(KeySet.MOST_KEYS) + "{}]}");
        assertThat(refused(token().sign()).status()).isEqualTo(503);
    }

    @Test
    void oneUnreadableKeyCostsOnlyItself() {
        SigningKey other = SigningKey.create();
        Map<String, Object> offCurve =
                with(SigningKey.create(), "y", other.jwk().get("x"));
        backstage.publish(
                "catalog",
                List.of(
                        Map.of("kty", "RSA", "kid", "rsa", "n", "AQAB", "e", "AQAB"),
                        Map.of("kty", "EC", "crv", "P-256", "kid", "empty"),
                        offCurve,
                        with(SigningKey.create("secp384r1"), "crv", "P-384"),
                        with(SigningKey.create(), "alg", "ES512"),
                        with(SigningKey.create(), "use", "enc"),
                        with(SigningKey.create(), "kid", 7),
                        key.jwk()));

        assertThat(ask(token().sign())).isInstanceOf(Allowed.class);
        assertThat(refused(token().header("kid", offCurve.get("kid")).sign()).check())
                .contains("no key of the id");
    }

    @Test
    void aBackstageThatSaysNothingIsNotWaitedForLong() {
        backstage.hang();
        try (BackstageTokenAuthenticator hasty = super.settings()
                .keyTimeout(Duration.ofMillis(100))
                .time(time, time::nanos)
                .build()) {
            Refused refused = (Refused) hasty.authenticate(request(token().sign()), TestToken.AUDIENCE);

            assertThat(refused.status()).isEqualTo(503);
        }
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        backstage.hang();
        Thread.currentThread().interrupt();

        Refused refused = refused(token().sign());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(refused.status()).isEqualTo(503);
    }

    @Test
    void afterClosingNothingIsReadAndNothingFails() {
        authenticator.close();
        authenticator.close();

        assertThat(refused(token().sign()).status()).isEqualTo(503);
        assertThat(backstage.requests()).isEmpty();
    }

    private static Map<String, Object> with(SigningKey key, String name, Object value) {
        Map<String, Object> jwk = key.jwk();
        jwk.put(name, value);
        return jwk;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
