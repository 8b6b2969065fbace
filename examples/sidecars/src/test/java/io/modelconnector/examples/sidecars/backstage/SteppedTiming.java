package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Time that passes when a test says so: each rest is handed to the test, which ends it. */
final class SteppedTiming implements PushTiming {
    /** A rest, which a change ends early or not. */
    record Rest(Duration limit, boolean endsWithChange) {}

    private final BlockingQueue<Rest> rests = new LinkedBlockingQueue<>();
    private final Semaphore ends = new Semaphore(0);

    /** Waits for the next rest to begin. */
    Rest next() throws InterruptedException {
        Rest rest = rests.poll(10, TimeUnit.SECONDS);
        assertThat(rest).describedAs("a rest that should have begun").isNotNull();
        return rest;
    }

    /** Ends the rest that has begun, and waits for the next. */
    Rest afterThat() throws InterruptedException {
        ends.release();
        return next();
    }

    @Override
    public Instant instant() {
        return Instant.parse("2026-03-02T10:00:00Z");
    }

    @Override
    public double random() {
        return 0;
    }

    @Override
    public boolean awaitChange(Semaphore changes, Duration limit) throws InterruptedException {
        rests.add(new Rest(limit, true));
        ends.acquire();
        return changes.tryAcquire();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        rests.add(new Rest(time, false));
        ends.acquire();
    }
}
