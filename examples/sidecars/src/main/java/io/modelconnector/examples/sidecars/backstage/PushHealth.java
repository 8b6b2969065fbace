package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.feed.HealthStatus;
import org.jspecify.annotations.Nullable;

/**
 * How telling Backstage goes, at one instant. Immutable.
 *
 * @param status {@code UP} while Backstage has what it should have; {@code STALE} if it failed after it once had, {@code
 *     DOWN} if it never had since the start; {@code UNKNOWN} before the first attempt has ended
 * @param failure what is wrong and what to do about it; null if nothing is
 * @param registered how many entries Backstage is known to have a location of
 * @param waiting how many locations it has yet to be told of: to register and to delete
 */
public record PushHealth(HealthStatus status, @Nullable String failure, int registered, int waiting) {
    static final PushHealth UNKNOWN = new PushHealth(HealthStatus.UNKNOWN, null, 0, 0);
}
