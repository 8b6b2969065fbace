package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.source.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the forwarding to a location goes.
 *
 * @param pending how many entries the location lacks or has in another state, as far as is known
 * @param forwarded how many changes it took
 * @param failures how often it was given up, to be tried again
 * @param loading whether the location does not know yet what it serves
 * @param failure why it fails at the moment; null if it does not
 * @param problems the entries that the location does not take
 */
public record ReplicationHealth(
        int pending,
        long forwarded,
        long failures,
        boolean loading,
        @Nullable String failure,
        List<Problem> problems) {
    /** Copies the list. */
    public ReplicationHealth {
        problems = List.copyOf(problems);
    }
}
