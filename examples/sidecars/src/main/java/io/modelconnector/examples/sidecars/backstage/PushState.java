package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.feed.HealthStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How telling Backstage goes: for the log, where a lasting fault is told once, and for whoever asks. */
final class PushState {
    private static final Logger log = LoggerFactory.getLogger(BackstagePush.class);

    private volatile PushHealth health = PushHealth.UNKNOWN;
    private boolean succeeded;
    private @Nullable Class<?> failing;

    PushHealth health() {
        return health;
    }

    /** Takes the result of a pass; from one thread. */
    void passed(String backstage, PassResult result) {
        int registered = result.registered().size();
        int waiting = result.missing() + result.leftover().size();
        PushFailure failure = result.failure();
        if (failure == null) {
            health = new PushHealth(HealthStatus.UP, null, registered, waiting);
            tellSuccess(backstage, registered);
            succeeded = true;
            failing = null;
        } else {
            String message = failure.error().getMessage();
            HealthStatus status = succeeded ? HealthStatus.STALE : HealthStatus.DOWN;
            health = new PushHealth(status, message, registered, waiting);
            tellFailure(failure, waiting);
            failing = failure.error().getClass();
        }
    }

    private void tellSuccess(String backstage, int registered) {
        if (failing != null) {
            log.info("Backstage at {} can be told of entries again; it has {} of them", backstage, registered);
        } else if (!succeeded) {
            log.info("Backstage at {} is told of entries; it has {} of them", backstage, registered);
        }
    }

    private void tellFailure(PushFailure failure, int waiting) {
        String message = failure.error().getMessage();
        if (failure.error().getClass().equals(failing)) {
            log.debug("{}; {} changes wait", message, waiting);
        } else if (failure.error().getCause() instanceof RuntimeException unexpected) {
            log.warn("{}; it is tried again, {} changes wait", message, waiting, unexpected);
        } else {
            log.warn("{}; it is tried again, {} changes wait", message, waiting);
        }
    }
}
