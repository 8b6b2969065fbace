package io.modelconnector.kserve.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what another thread does: at most ten seconds, and hardly longer than it takes. */
public final class Eventually {
    private Eventually() {}

    /** Starts a condition. */
    public static ConditionFactory await() {
        return Awaitility.with()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10));
    }
}
