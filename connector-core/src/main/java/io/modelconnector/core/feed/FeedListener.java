package io.modelconnector.core.feed;

/** Is told what changed. */
@FunctionalInterface
public interface FeedListener {
    /**
     * Called after a snapshot with changed entries was published, also for the first one (even if that is empty). Calls
     * come one at a time, in order, on the feed's publishing thread: a slow listener delays the next publication, never a
     * reader. What it throws is logged and harms nobody else.
     *
     * @param change what changed
     */
    void changed(FeedChange change);
}
