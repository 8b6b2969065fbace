package io.modelconnector.kserve.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** How other threads reach a running watch: to end it, or to have it list anew at once. Thread-safe. */
final class WatchControl {
    private final String name;
    private final Timing timing;
    private final Runnable listEnded;
    private final Semaphore wake = new Semaphore(0);

    private @Nullable Call call;
    private long wantedLists = 1;
    private long startedLists;
    private long endedLists;
    private boolean closed;

    WatchControl(String name, Timing timing, Runnable listEnded) {
        this.name = name;
        this.timing = timing;
        this.listEnded = listEnded;
    }

    /** Asks for a new list now. The result is what {@link #hasEndedList(long)} takes. */
    synchronized long relist() {
        wantedLists = startedLists + 1;
        interrupt();
        return wantedLists;
    }

    /** Whether a list that was asked for was made, or failed, or never will be made. */
    synchronized boolean hasEndedList(long ticket) {
        return closed || endedLists >= ticket;
    }

    synchronized void close() {
        closed = true;
        interrupt();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether what is under way is to be dropped. */
    synchronized boolean isInterrupted() {
        return closed || wantedLists > startedLists;
    }

    /** Whether a list was asked for that was not begun yet; from now on it is. */
    synchronized boolean beginWantedList() {
        if (wantedLists == startedLists) {
            return false;
        }
        startedLists = wantedLists;
        if (!closed) {
            wake.drainPermits();
        }
        return true;
    }

    void endList() {
        synchronized (this) {
            endedLists = startedLists;
        }
        listEnded.run();
    }

    /** Takes the call that is about to be made. */
    synchronized void track(Call next) {
        call = next;
        if (isInterrupted()) {
            next.cancel();
        }
    }

    void pause(Duration delay) throws InterruptedException {
        if (!delay.isZero()) {
            timing.pause(name, delay, wake);
        }
    }

    private void interrupt() {
        if (call != null) {
            call.cancel();
        }
        wake.release();
    }
}
