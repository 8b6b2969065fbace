package io.modelconnector.kserve.testing;

import io.modelconnector.kserve.internal.Timing;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still, no chance, and pauses that end when the test says so. */
public final class ManualTiming implements Timing {
    private final AtomicLong now = new AtomicLong();
    private final BlockingQueue<Pause> pauses = new LinkedBlockingQueue<>();
    private volatile boolean impatient;

    /** A watch that waits before it tries again. */
    public record Pause(String watch, Duration delay, Semaphore wake) {
        /** Lets it try again. */
        public void end() {
            wake.release();
        }
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Duration jitter(Duration delay) {
        return delay;
    }

    @Override
    public void pause(String watch, Duration delay, Semaphore wake) throws InterruptedException {
        Pause pause = new Pause(watch, delay, wake);
        pauses.add(pause);
        if (impatient) {
            pause.end();
        }
        wake.acquire();
        wake.drainPermits();
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** Ends each pause, from now on at once, for tests to which they do not matter any more. */
    public void endAllPauses() {
        impatient = true;
        for (Pause pause = pauses.poll(); pause != null; pause = pauses.poll()) {
            pause.end();
        }
    }

    /** Waits until a watch pauses, and gives that pause. */
    public Pause nextPause() {
        try {
            Pause pause = pauses.poll(10, TimeUnit.SECONDS);
            if (pause == null) {
                throw new AssertionError("no watch paused within 10 s");
            }
            return pause;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether no watch paused that the test was not told of. */
    public boolean hasNoPause() {
        return pauses.isEmpty();
    }
}
