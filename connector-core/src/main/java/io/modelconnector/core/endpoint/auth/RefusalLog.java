package io.modelconnector.core.endpoint.auth;

import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Tells of refusals without letting whoever asks fill the log. Thread-safe. */
final class RefusalLog {
    /** Checks are a fixed few; an authenticator that does not keep to that must not fill the memory either. */
    private static final int MOST_CHECKS = 50;

    private static final String OTHER = "another check failed";

    private final Logger log;
    private final long pause;
    private final LongSupplier nanoTime;
    private final Map<String, Told> told = new HashMap<>();

    /** When a check was told of, and how many have failed it since. */
    private static final class Told {
        private long at;
        private long untold;
    }

    RefusalLog(Logger log, Duration pause, LongSupplier nanoTime) {
        this.log = log;
        this.pause = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    void add(FeedRequest request, Refused refused) {
        long before = due(refused.check());
        if (before < 0) {
            return;
        }
        InetAddress client = request.client();
        log.warn(
                "a request{} is refused with {}: {}{}{}",
                client == null ? "" : " from " + client.getHostAddress(),
                refused.status(),
                refused.check(),
                refused.detail() == null ? "" : " (" + refused.detail() + ")",
                before == 0 ? "" : "; so were " + before + " others since this was told last");
    }

    /** How many refusals were not told of before this one; negative if this one is not told of either. */
    private synchronized long due(String check) {
        String known = told.containsKey(check) || told.size() < MOST_CHECKS ? check : OTHER;
        long now = nanoTime.getAsLong();
        Told last = told.get(known);
        if (last == null) {
            last = new Told();
            told.put(known, last);
        } else if (now - last.at < pause) {
            last.untold++;
            return -1;
        }
        long before = last.untold;
        last.at = now;
        last.untold = 0;
        return before;
    }
}
