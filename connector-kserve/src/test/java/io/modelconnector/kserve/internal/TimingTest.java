package io.modelconnector.kserve.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class TimingTest {
    private final Timing timing = Timing.system();

    @Test
    void jittersDownToHalf() {
        for (int i = 0; i < 1000; i++) {
            assertThat(timing.jitter(Duration.ofSeconds(10))).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
        assertThat(timing.jitter(Duration.ZERO)).isZero();
    }

    @Test
    void pausesUntilItIsWokenAndForgetsHowOften() throws Exception {
        Semaphore wake = new Semaphore(3);
        timing.pause("services", Duration.ofDays(1), wake);
        assertThat(wake.availablePermits()).isZero();
    }

    @Test
    void pausesNoLongerThanItShould() throws Exception {
        timing.pause("services", Duration.ofMillis(1), new Semaphore(0));
        assertThat(timing.nanoTime()).isNotZero();
    }
}
