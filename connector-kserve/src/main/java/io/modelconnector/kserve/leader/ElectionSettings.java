package io.modelconnector.kserve.leader;

import io.modelconnector.kserve.internal.Timing;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How to take part in an election.
 *
 * @param identity what this process is called in the record
 * @param leaseDuration for how long the others respect a record that is not renewed
 * @param renewInterval how often the leader renews it
 * @param retryInterval how often the others look at it
 * @param callTimeout how long a request may take
 * @param timing monotonic time, chance and waiting
 * @param clock the time for people to read
 */
record ElectionSettings(
        String identity,
        Duration leaseDuration,
        Duration renewInterval,
        Duration retryInterval,
        Duration callTimeout,
        Timing timing,
        InstantSource clock) {

    /**
     * How long after its last renewal a leader leads. It counts from before the request, the others count from after they
     * saw its effect, and for longer; so no clock has to be exact for the one to end before the other begins.
     */
    Duration renewDeadline() {
        return renewDeadline(leaseDuration);
    }

    private static Duration renewDeadline(Duration leaseDuration) {
        return leaseDuration.multipliedBy(2).dividedBy(3);
    }

    /** Leaves time for a second try when the connection of the first one is dead. */
    static Duration callTimeout(Duration leaseDuration, Duration renewInterval) {
        return renewDeadline(leaseDuration).minus(renewInterval).dividedBy(2);
    }
}
