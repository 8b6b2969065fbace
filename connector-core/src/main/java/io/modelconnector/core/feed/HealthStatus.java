package io.modelconnector.core.feed;

/** How a source, a part of one, or the store is. */
public enum HealthStatus {
    /** Nothing is known yet: no read has ended. */
    UNKNOWN,
    /** The last read was complete. */
    UP,
    /** The last read failed or is not believed yet; what is served is from an earlier one. */
    STALE,
    /** No read has succeeded so far; nothing of it is served. */
    DOWN
}
