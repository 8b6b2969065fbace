package io.modelconnector.kserve.store;

import io.modelconnector.kserve.internal.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that stands still and no chance. Waits after conflicts and for a busy server are over at once; those of watches,
 * and those before something is tried again, end when the test says so.
 */
final class StoreTiming implements Timing {
    private final AtomicLong now = new AtomicLong();
    private final List<String> pauses = new CopyOnWriteArrayList<>();
    private final List<Semaphore> waiting = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gathered = new CountDownLatch(0);

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public Duration jitter(Duration delay) {
        return delay;
    }

    @Override
    public void pause(String what, Duration delay, Semaphore wake) throws InterruptedException {
        pauses.add(what + ' ' + delay.toMillis());
        switch (what) {
            case "store-conflict", "configmaps-busy" -> advance(delay);
            case "store-linger" -> {
                if (!gathered.await(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody ended the wait for more changes within 10 s");
                }
            }
            default -> {
                waiting.add(wake);
                wake.acquire();
                wake.drainPermits();
                waiting.remove(wake);
            }
        }
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    /** From now on a store waits for more changes until the result is counted down. */
    CountDownLatch gather() {
        gathered = new CountDownLatch(1);
        return gathered;
    }

    /** Ends all waits of watches and before retries. */
    void wakeAll() {
        waiting.forEach(Semaphore::release);
    }

    /** The waits that began so far, each with its length in milliseconds. */
    List<String> pauses(String what) {
        return pauses.stream().filter(pause -> pause.startsWith(what + ' ')).toList();
    }
}
