package io.modelconnector.core.endpoint;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** A fault that may last for many requests: one warning when it begins, one line when it is over. Thread-safe. */
final class LastingFault {
    private final Logger log;
    private final String what;
    private final AtomicBoolean lasts = new AtomicBoolean();

    /**
     * Makes what is well so far.
     *
     * @param what what may fail, as the beginning of a sentence
     */
    LastingFault(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    void met(String reason) {
        if (!lasts.getAndSet(true)) {
            log.warn("{} fails: {}", what, reason);
        } else {
            log.debug("{} still fails: {}", what, reason);
        }
    }

    void over() {
        // Nearly every request comes by here, and finds that there was none.
        if (lasts.get() && lasts.getAndSet(false)) {
            log.info("{} works again", what);
        }
    }
}
