package io.modelconnector.core.source.file;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that looks for changes at intervals and tells of them, until it is closed. */
final class FileWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ChangeDetector detector;
    private final Duration interval;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    FileWatch(String threadName, ChangeDetector detector, Duration interval, Runnable changed) {
        this.detector = detector;
        this.interval = interval;
        this.changed = changed;
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread. Waits for it, unless that thread is the caller. */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                if (detector.look()) {
                    tell();
                }
            }
        } catch (InterruptedException e) {
            log.debug(
                    "{} was interrupted and ends; changes are found when the file is read the next time",
                    thread.getName());
        }
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            log.warn(
                    "{}: the callback for changes failed; the change is found when the file is read the next time",
                    thread.getName(),
                    e);
        }
    }
}
