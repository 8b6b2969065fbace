package io.modelconnector.core.feed;

import java.time.Instant;

/**
 * What is published, and how old the view is from which it was made.
 *
 * @param snapshot what is published
 * @param oldestRead when the oldest of the reads began that found it: each later read of the same source failed. It goes on
 *     while reads find the same
 */
record Publication(FeedSnapshot snapshot, Instant oldestRead) {
    static final Publication NONE = new Publication(FeedSnapshot.unpublished(), Instant.MIN);

    /** Whether none of it was found by a read that began before a moment. */
    boolean foundSince(Instant moment) {
        return !oldestRead.isBefore(moment);
    }
}
