package io.modelconnector.examples.sidecars.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses entries that the existing Go storage-rest is to be sent again although it has them. It forwards what it is sent and
 * nothing else, so what its location lost in a restart, model cards above all, comes back only so; the existing normalizer
 * sends everything at each poll for it. Some at a time, because each costs that storage about a second. Not thread-safe.
 */
final class Resending {
    /** How many at a time. */
    static final int SLICE = 60;

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant next;
    private String sentUpTo = "";

    Resending(InstantSource clock) {
        this.clock = clock;
        this.next = clock.instant().plus(INTERVAL);
    }

    /** The keys whose turn it is, of those that it has; most of the time there are none. */
    Set<String> due(NavigableSet<String> keys) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return Set.of();
        }
        next = now.plus(INTERVAL);
        TreeSet<String> due = new TreeSet<>();
        keys.tailSet(sentUpTo, false).stream().limit(SLICE).forEach(due::add);
        sentUpTo = due.size() < SLICE ? "" : due.last();
        return due;
    }
}
