package io.modelconnector.examples.sidecars;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running role has opened. Closing closes all of it, the last first, whatever fails on the way; what is added after
 * that is closed at once, so that a signal during the start leaves nothing behind. Thread-safe.
 */
final class Lifetime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;
    private boolean ended;
    private @Nullable Thread closing;

    /** Takes something over; what is taken over again is closed as if it had been opened now. */
    <T extends AutoCloseable> T add(T resource) {
        synchronized (opened) {
            if (!closed) {
                opened.remove(resource);
                opened.push(resource);
                return resource;
            }
        }
        close(resource);
        return resource;
    }

    boolean isClosed() {
        synchronized (opened) {
            return closed;
        }
    }

    /** Waits until it is closed. */
    void awaitClose() throws InterruptedException {
        synchronized (opened) {
            while (!closed) {
                opened.wait();
            }
        }
    }

    @Override
    public void close() {
        if (!begin()) {
            awaitEnd();
            return;
        }
        try {
            for (AutoCloseable next = next(); next != null; next = next()) {
                close(next);
            }
        } finally {
            end();
        }
    }

    private boolean begin() {
        synchronized (opened) {
            if (closed) {
                return false;
            }
            closed = true;
            closing = Thread.currentThread();
            opened.notifyAll();
            return true;
        }
    }

    private void end() {
        synchronized (opened) {
            ended = true;
            opened.notifyAll();
        }
    }

    /** The role and a signal close it at the same time: one of them does, and the process does not end before. */
    private void awaitEnd() {
        synchronized (opened) {
            try {
                while (!ended && closing != Thread.currentThread()) {
                    opened.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable AutoCloseable next() {
        synchronized (opened) {
            return opened.poll();
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            log.warn("closing {} failed", resource, e);
        }
    }
}
