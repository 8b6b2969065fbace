package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushBackoffTest {
    private static final PushFailure DOWN = new PushFailure(new SourceUnavailableException("is down"));
    private static final PushFailure REFUSED = new PushFailure(new SourceRejectedException("is refused"));

    @Test
    void growsUpToALimit() {
        assertThat(delays(new PushBackoff(() -> 0), DOWN, 7))
                .containsExactly(1000L, 2000L, 4000L, 8000L, 15_000L, 15_000L, 15_000L);
    }

    @Test
    void isPatientWithWhatSomebodyHasToMend() {
        assertThat(delays(new PushBackoff(() -> 0), REFUSED, 6))
                .containsExactly(5000L, 10_000L, 20_000L, 40_000L, 60_000L, 60_000L);
    }

    @Test
    void keepsReplicasOutOfStep() {
        assertThat(delays(new PushBackoff(() -> 0.5), DOWN, 3)).containsExactly(750L, 1500L, 3000L);
    }

    @Test
    void startsAnewAfterASuccess() {
        PushBackoff backoff = new PushBackoff(() -> 0);
        delays(backoff, DOWN, 5);
        backoff.reset();

        assertThat(backoff.after(DOWN)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void comesBackNoEarlierThanAskedWithinReason() {
        PushBackoff backoff = new PushBackoff(() -> 0);

        assertThat(backoff.after(asking(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(asking(Duration.ofSeconds(-30)))).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(asking(Duration.ofDays(1)))).isEqualTo(Duration.ofMinutes(5));
    }

    private static PushFailure asking(Duration retryAfter) {
        return new PushFailure(new SourceUnavailableException("is overloaded"), 503, retryAfter);
    }

    private static List<Long> delays(PushBackoff backoff, PushFailure failure, int count) {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            delays.add(backoff.after(failure).toMillis());
        }
        return delays;
    }
}
