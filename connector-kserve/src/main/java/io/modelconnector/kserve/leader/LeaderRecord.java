package io.modelconnector.kserve.leader;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Who leads, as it is stored: the fields of a Lease, and a question. The times are texts by the holder's clock, for people
 * to read; nobody else compares them with anything but what they were before.
 *
 * @param holder the identity of who leads; empty if nobody does
 * @param acquired since when
 * @param renewed when the holder took the lead, or last answered a question; differs after each answer
 * @param leaseSeconds for how long the record has to be respected after a question; 0 if it does not say
 * @param transitions how often the lead passed on
 * @param asked a question whether the holder is still there, which differs from all others; empty if it has none to answer
 */
record LeaderRecord(String holder, String acquired, String renewed, int leaseSeconds, int transitions, String asked) {
    /** The API server takes times with six digits after the point, and nothing else. */
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String HOLDER = "holderIdentity";
    private static final String ACQUIRED = "acquireTime";
    private static final String RENEWED = "renewTime";
    private static final String LEASE_SECONDS = "leaseDurationSeconds";
    private static final String TRANSITIONS = "leaseTransitions";

    /** Checks that nothing is null. */
    LeaderRecord {
        requireNonNull(holder, "holder");
        requireNonNull(acquired, "acquired");
        requireNonNull(renewed, "renewed");
        requireNonNull(asked, "asked");
    }

    /** The record in these fields. One that is missing, or of another type, counts as empty. */
    static LeaderRecord read(JsonNode fields, String asked) {
        return new LeaderRecord(
                fields.path(HOLDER).asText(""),
                fields.path(ACQUIRED).asText(""),
                fields.path(RENEWED).asText(""),
                fields.path(LEASE_SECONDS).asInt(),
                fields.path(TRANSITIONS).asInt(),
                asked);
    }

    /**
     * Something that is no record. It has to be respected like one, as its writer may lead. It needs no question, as
     * whoever leads finds out by it that the record is not its own any more.
     */
    static LeaderRecord unreadable(String text) {
        return new LeaderRecord("unknown", "", text, 0, 0, "unreadable");
    }

    /** Writes all but the question; other fields stay. */
    void write(ObjectNode fields) {
        fields.put(HOLDER, holder)
                .put(ACQUIRED, acquired)
                .put(RENEWED, renewed)
                .put(LEASE_SECONDS, leaseSeconds)
                .put(TRANSITIONS, transitions);
    }

    /** The first holder. */
    static LeaderRecord first(String holder, Instant now, Duration lease) {
        return new LeaderRecord(holder, time(now), time(now), seconds(lease), 0, "");
    }

    /** The next holder, or the same one anew. */
    LeaderRecord taken(String next, Instant now, Duration lease) {
        int passed = holder.equals(next) ? transitions : transitions + 1 & Integer.MAX_VALUE;
        return new LeaderRecord(next, time(now), time(now), seconds(lease), passed, "");
    }

    /** Confirmed by its holder, which answers the question. */
    LeaderRecord renewed(Instant now, Duration lease) {
        String time = time(now);
        // A record that looks as before would be taken for abandoned, whatever this clock did meanwhile.
        String next = time.equals(renewed) ? time(now.plus(1, ChronoUnit.MICROS)) : time;
        return new LeaderRecord(holder, acquired, next, seconds(lease), transitions, "");
    }

    /** Given up by its holder. */
    LeaderRecord released(Instant now) {
        return new LeaderRecord("", time(now), time(now), 1, transitions, "");
    }

    boolean isHeld() {
        return !holder.isEmpty();
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    /** Whether its holder, whose lease lasts that long, has nothing to write: no answer, and no correction. */
    boolean isAsItShouldBe(Duration lease) {
        return !isAsked() && leaseSeconds == seconds(lease);
    }

    private static String time(Instant instant) {
        return MICROS.format(instant);
    }

    private static int seconds(Duration lease) {
        return Math.toIntExact(lease.plusNanos(999_999_999).toSeconds());
    }
}
