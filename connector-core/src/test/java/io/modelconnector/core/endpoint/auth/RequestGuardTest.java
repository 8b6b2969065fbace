package io.modelconnector.core.endpoint.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Allowed;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestGuardTest {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = new LoggerContext().getLogger("guard");
    private final AtomicLong now = new AtomicLong(-5);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void aRequestThatIsAllowedIsNotRefused() {
        RequestGuard guard = guard((request, audience) -> new Allowed(audience));

        assertThat(guard.refusal(Asked.with(), "models")).isEmpty();
        assertThat(lines.list).isEmpty();
    }

    @Test
    void oneThatIsRefusedIsToldWithItsAddressAndWhichCheckFailed() {
        Refused expired = Refused.badToken("the token has expired").because("subject catalog");
        RequestGuard guard = guard((request, audience) -> expired);

        assertThat(guard.refusal(Asked.from("10.128.2.7"), "models")).contains(expired);

        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .containsExactly(
                        "WARN a request from 10.128.2.7 is refused with 401: the token has expired (subject catalog)");
    }

    @Test
    void aFloodIsToldOnceAMinuteForEachCheck() {
        RequestGuard guard = guard((request, audience) -> Refused.badToken(audience));

        for (int i = 0; i < 1000; i++) {
            assertThat(guard.refusal(Asked.with(), i % 2 == 0 ? "it is old" : "it is forged"))
                    .isPresent();
        }
        assertThat(lines.list).hasSize(2);

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(guard.refusal(Asked.with(), "it is old")).isPresent();
        assertThat(lines.list).hasSize(3);
        assertThat(lines.list.get(2).getFormattedMessage()).contains("499 others");
    }

    @Test
    void anAuthenticatorWithEverNewWordsFillsNothing() {
        RequestGuard guard = guard((request, audience) -> Refused.badToken(audience));

        for (int i = 0; i < 1000; i++) {
            assertThat(guard.refusal(Asked.with(), "words " + i)).isPresent();
        }

        assertThat(lines.list).hasSizeLessThan(100);
    }

    @Test
    void anAuthenticatorThatFailsLetsNobodyThroughAndShowsNothing() {
        RequestGuard guard = guard((request, audience) -> {
            throw new IllegalStateException("secret");
        });

        Refused refused = guard.refusal(Asked.with(), "models").orElseThrow();

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message()).doesNotContain("secret");
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void anAuthenticatorOfWhichNothingIsKnownMayWait() {
        RequestGuard guard = RequestGuard.of((request, audience) -> new Allowed("anybody"));

        assertThat(guard.answersAtOnce(Asked.with())).isFalse();
    }

    private RequestGuard guard(RequestAuthenticator authenticator) {
        return RequestGuard.of(authenticator, log, now::get);
    }
}
