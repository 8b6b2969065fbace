package io.modelconnector.techdocs;

import static io.modelconnector.techdocs.ScriptedProvider.anyVersion;
import static io.modelconnector.techdocs.ScriptedProvider.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelCardsTest extends ModelCardsFixture {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aCardIsReadWhenSomebodyAsksAndThenHeld() {
        catalog.has("granite", GRANITE);
        cards = builder().build();

        assertThat(cards.isAtHand(version("granite", GRANITE))).isFalse();
        assertThat(catalog.asked()).isZero();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        assertThat(cards.isAtHand(version("granite", GRANITE))).isTrue();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        assertThat(catalog.asked()).isEqualTo(1);
    }

    @Test
    void aCardIsReadOnceForAHundredWhoAskAtTheSameTime() throws Exception {
        catalog.has("granite", GRANITE);
        catalog.hangs();
        cards = builder().loadTimeout(LONG).build();
        ExecutorService askers = Executors.newFixedThreadPool(100);
        try {
            CountDownLatch start = new CountDownLatch(100);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(askers.submit(() -> {
                    start.countDown();
                    start.await();
                    return shown(version("granite", GRANITE));
                }));
            }
            catalog.awaitAsked();
            start.await();
            catalog.hangsNoMore();
            for (Future<String> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(GRANITE);
            }
        } finally {
            askers.shutdownNow();
        }
        assertThat(catalog.asked()).isEqualTo(1);
    }

    @Test
    void theETagIsThatOfTheTextThatIsServed() {
        catalog.has("granite", GRANITE);
        cards = builder().cleaning((markdown, card) -> markdown + "cleaned").build();

        Payload card = cards.card(version("granite", GRANITE)).orElseThrow();

        assertThat(card.etag())
                .isEqualTo(Payload.of((GRANITE + "cleaned").getBytes(StandardCharsets.UTF_8))
                        .etag());
    }

    @Test
    void aNewerVersionIsReadAtOnce() {
        catalog.has("granite", GRANITE);
        cards = builder().build();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        catalog.has("granite", GRANITE_2);

        assertThat(cards.isAtHand(version("granite", GRANITE_2))).isFalse();
        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE_2);
        assertThat(catalog.asked()).isEqualTo(2);
    }

    @Test
    void anyTextWillDoWhereTheVersionIsNotKnown() {
        catalog.has("granite", GRANITE);
        cards = builder().build();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);

        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
        assertThat(catalog.asked()).isEqualTo(1);
    }

    @Test
    void aCatalogThatHasAnotherTextThanItSaysIsNotAskedAgainAndAgain() {
        catalog.has("granite", GRANITE);
        cards = builder().build();

        for (int i = 0; i < 10; i++) {
            assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
            assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        }
        assertThat(catalog.asked()).isEqualTo(1);
    }

    @Test
    void theLastTextIsServedWhileANewerOneCannotBeRead() {
        catalog.has("granite", GRANITE);
        cards = builder().build();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        catalog.has("granite", GRANITE_2).fails();

        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
        assertThat(cards.isAtHand(version("granite", GRANITE_2))).isTrue();
        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
        assertThat(catalog.asked()).isEqualTo(2);
    }

    @Test
    void theLastTextIsServedWhileTheCatalogHangs() throws InterruptedException {
        catalog.has("granite", GRANITE);
        cards = builder().loadTimeout(SHORT).build();
        Waiting.until(() -> GRANITE.equals(shown(version("granite", GRANITE))));
        catalog.has("granite", GRANITE_2).hangs();

        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
        catalog.awaitAsked();
        assertThat(catalog.asked()).isEqualTo(2);
    }

    @Test
    void anOutdatedTextIsReadAgainInTheBackground() {
        catalog.has("granite", GRANITE);
        cards = ModelCards.builder(catalog).retryInterval(SHORT).build();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        catalog.fails();
        assertThat(shown(version("granite", GRANITE_2))).isEqualTo(GRANITE);
        catalog.has("granite", GRANITE_2).works();

        Waiting.until(() -> GRANITE_2.equals(shown(version("granite", GRANITE_2))));
    }

    @Test
    void aCardOfWhichNobodyTellsIsReadAgainInTheBackground() {
        catalog.has("granite", GRANITE);
        cards = ModelCards.builder(catalog).refreshInterval(SHORT).build();
        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
        catalog.has("granite", GRANITE_2);

        Waiting.until(() -> GRANITE_2.equals(shown(anyVersion("granite"))));
    }

    @Test
    void aCardWhoseVersionIsKnownIsNotReadAgain() {
        catalog.has("granite", GRANITE).has("mistral", "# Mistral\n");
        cards = ModelCards.builder(catalog)
                .refreshInterval(SHORT)
                .retryInterval(SHORT)
                .build();
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
        assertThat(shown(anyVersion("mistral"))).isEqualTo("# Mistral\n");
        catalog.has("granite", GRANITE_2).has("mistral", "# Mistral 7B\n");
        Waiting.until(() -> "# Mistral 7B\n".equals(shown(anyVersion("mistral"))));
        catalog.has("mistral", "# Mistral 7B v0.3\n");
        Waiting.until(() -> "# Mistral 7B v0.3\n".equals(shown(anyVersion("mistral"))));

        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
    }

    @Test
    void absenceIsRememberedForAWhile() {
        cards = builder().retryInterval(Duration.ofMinutes(1)).build();

        assertThat(shown(anyVersion("granite"))).isNull();
        assertThat(cards.isAtHand(anyVersion("granite"))).isTrue();
        catalog.has("granite", GRANITE);
        assertThat(shown(anyVersion("granite"))).isNull();
        assertThat(catalog.asked()).isEqualTo(1);

        pass(Duration.ofMinutes(1));
        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
    }

    @Test
    void absenceEndsWhenAVersionIsToldOf() {
        cards = builder().build();
        assertThat(shown(anyVersion("granite"))).isNull();
        catalog.has("granite", GRANITE);

        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
    }

    @Test
    void aCardThatTheCatalogHasNoMoreIsGone() {
        catalog.has("granite", GRANITE);
        cards = ModelCards.builder(catalog).refreshInterval(SHORT).build();
        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
        catalog.lacks("granite");

        Waiting.until(() -> shown(anyVersion("granite")) == null);
    }

    @Test
    void aFailureIsToldAndTriedAgainSoon() {
        catalog.has("granite", GRANITE).fails();
        cards = builder().build();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SourceUnavailableException.class)
                    .isThrownBy(() -> cards.card(version("granite", GRANITE)))
                    .withMessageContaining("503");
        }
        assertThat(cards.isAtHand(version("granite", GRANITE))).isTrue();
        assertThat(catalog.asked()).isEqualTo(1);

        catalog.works();
        pass(Duration.ofSeconds(5));
        assertThat(shown(version("granite", GRANITE))).isEqualTo(GRANITE);
    }

    @Test
    void aProviderThatThrowsAnythingIsUnavailable() {
        catalog.failsWith(new IllegalStateException("no connection"));
        cards = builder().build();

        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> cards.card(version("granite", GRANITE)))
                .withMessageContaining("redhat_ai_validated/RedHatAI/granite")
                .withStackTraceContaining("no connection");
    }

    @Test
    void aCatalogThatHangsKeepsNobodyForLong() {
        catalog.has("granite", GRANITE).hangs();
        cards = builder().loadTimeout(SHORT).build();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SourceUnavailableException.class)
                    .isThrownBy(() -> cards.card(version("granite", GRANITE)))
                    .withMessageContaining("more than 20 ms");
        }
        catalog.hangsNoMore();
        Waiting.until(() -> cards.isAtHand(version("granite", GRANITE)));
        assertThat(catalog.asked()).isEqualTo(1);
    }

    @Test
    void aReadingThatBeganForAnOlderVersionIsFollowedByAnother() throws Exception {
        catalog.has("granite", GRANITE).hangs();
        cards = builder().loadTimeout(LONG).build();
        ExecutorService askers = Executors.newFixedThreadPool(2);
        try {
            Future<String> older = askers.submit(() -> shown(version("granite", GRANITE)));
            catalog.awaitAsked();
            catalog.has("granite", GRANITE_2);
            Future<String> newer = askers.submit(() -> shown(version("granite", GRANITE_2)));
            catalog.hangsNoMore();

            assertThat(older.get(30, TimeUnit.SECONDS)).isEqualTo(GRANITE);
            assertThat(newer.get(30, TimeUnit.SECONDS)).isEqualTo(GRANITE_2);
        } finally {
            askers.shutdownNow();
        }
        assertThat(catalog.asked()).isEqualTo(2);
    }

    @Test
    void cardsThatDoNotFitAreReadWhenAskedFor() {
        cards = builder().maxBytes(20_000).build();
        for (int i = 0; i < 100; i++) {
            catalog.has("m" + i, "# Model " + i + "\n" + "x".repeat(900));
            assertThat(shown(anyVersion("m" + i))).hasSizeGreaterThan(900);
        }
        long held = 0;
        for (int i = 0; i < 100; i++) {
            held += cards.isAtHand(anyVersion("m" + i)) ? 900 : 0;
        }

        assertThat(held).isBetween(900L, 20_000L);
        assertThat(shown(anyVersion("m0"))).startsWith("# Model 0\n");
    }

    @Test
    void aCardThatIsLargerThanTheCacheIsServed() {
        String large = "# Granite\n" + "x".repeat(5_000);
        catalog.has("granite", large);
        cards = builder().maxBytes(1_000).build();

        assertThat(shown(anyVersion("granite"))).isEqualTo(large);
        assertThat(shown(anyVersion("granite"))).isEqualTo(large);
    }

    @Test
    void aCardThatCannotBeCleanedIsShownAsText() {
        catalog.has("granite", "# Granite\n```\n<script>alert(1)</script>");
        cards = builder()
                .cleaning((markdown, card) -> {
                    throw new IllegalStateException("unbalanced " + card.name());
                })
                .build();

        assertThat(shown(anyVersion("granite")))
                .isEqualTo("# Granite\n\n<pre>&#35; Granite&#10;&#96;&#96;&#96;&#10;"
                        + "&#60;script&#62;alert(1)&#60;/script&#62;</pre>\n");
    }

    @Test
    void aCardThatIsTooLargeToBeCleanedIsShownAsText() {
        catalog.has("small", "é".repeat(50)).has("large", "é".repeat(51));
        cards = builder()
                .maxCardBytes(100)
                .cleaning((markdown, card) -> "cleaned")
                .build();

        assertThat(shown(anyVersion("small"))).isEqualTo("cleaned");
        assertThat(shown(anyVersion("large"))).isEqualTo("<pre>" + "é".repeat(51) + "</pre>\n");
    }

    @Test
    void nothingInACardThatIsTooLargeIsATemplateOrAnInclude() {
        catalog.has("large", "{{ config }}\n--8<-- \"/etc/passwd\"\n" + "x".repeat(100));
        cards = builder().maxCardBytes(100).build();

        assertThat(shown(anyVersion("large"))).doesNotContain("{{", "8<--").contains("config", "/etc/passwd");
    }

    @Test
    void whatIsHeldIsServedAfterTheEnd() {
        catalog.has("granite", GRANITE).has("mistral", "# Mistral\n");
        cards = builder().build();
        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
        cards.close();
        cards.close();

        assertThat(shown(anyVersion("granite"))).isEqualTo(GRANITE);
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> cards.card(anyVersion("mistral")))
                .withMessageContaining("closed");
    }

    @Test
    void theEndKeepsNobodyWaiting() throws Exception {
        catalog.has("granite", GRANITE).hangs();
        cards = builder().loadTimeout(LONG).build();
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try {
            Future<String> answer = asker.submit(() -> shown(anyVersion("granite")));
            catalog.awaitAsked();
            cards.close();

            assertThat(answer).failsWithin(30, TimeUnit.SECONDS);
        } finally {
            asker.shutdownNow();
        }
    }

    @Test
    void aSettingThatMakesNoSenseIsRefused() {
        ModelCardsBuilder builder = builder();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.maxBytes(0))
                .withMessage("maxBytes was 0, must be positive");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.maxCardBytes(0))
                .withMessage("maxCardBytes was 0, must be from 1 to 67108864");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.concurrency(65))
                .withMessage("concurrency was 65, must be from 1 to 64");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.refreshInterval(Duration.ZERO))
                .withMessage("refreshInterval was PT0S, must be positive and at most 365 days");
    }
}
