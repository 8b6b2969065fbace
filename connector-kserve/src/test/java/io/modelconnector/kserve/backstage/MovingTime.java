package io.modelconnector.kserve.backstage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves. */
final class MovingTime extends Clock {
    private static final Instant START = Instant.parse("2026-03-02T09:30:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    void move(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    long seconds() {
        return instant().getEpochSecond();
    }

    long nanos() {
        return Duration.between(START, instant()).toNanos();
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
