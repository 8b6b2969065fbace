package io.modelconnector.kserve.leader;

import io.modelconnector.kserve.internal.Timing;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How to take part in an election.
 *
 * @param identity what this process is called in the record
 * @param leaseDuration for how long the others respect a record after a question that is not answered
 * @param renewInterval how often the leader looks whether somebody asked
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
     * How long a leader leads after it last saw that nobody asked, or answered. It counts from before that request; the
     * others count from after a later question, and for longer; so no clock has to be exact for the one to end before the
     * other begins.
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
