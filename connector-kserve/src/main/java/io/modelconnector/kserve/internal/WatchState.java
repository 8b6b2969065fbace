package io.modelconnector.kserve.internal;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a watch knew at one moment.
 *
 * @param phase how it is doing
 * @param listed whether the objects were ever listed completely; they stay when the server cannot be reached later
 * @param failure why it is refused or failing; when synced, why it is followed by lists only
 * @param objects the objects, each as it was when it could last be read
 * @param problems those that cannot be read now
 * @param <T> what is kept of an object
 */
public record WatchState<T>(
        Phase phase, boolean listed, @Nullable ConnectorException failure, List<T> objects, List<Problem> problems) {
    /** How a watch is doing. */
    public enum Phase {
        /** Nothing was heard yet. */
        STARTING,
        /** The objects are known and followed. */
        SYNCED,
        /** The resource is not served here. */
        ABSENT,
        /** The account may not read the resource. */
        FORBIDDEN,
        /** The server does not accept the token or the request. */
        REFUSED,
        /** The server cannot be reached, or makes no sense. */
        FAILED;

        /** Whether waiting longer for the first list is pointless. */
        boolean isSettled() {
            return this != STARTING && this != FAILED;
        }
    }

    /** Copies the lists. */
    public WatchState {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }
}
