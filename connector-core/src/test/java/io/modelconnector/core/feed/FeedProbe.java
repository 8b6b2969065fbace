package io.modelconnector.core.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that hands the changes of a feed to a test, in order. */
final class FeedProbe implements FeedListener {
    private final BlockingQueue<FeedChange> changes = new LinkedBlockingQueue<>();

    @Override
    public void changed(FeedChange change) {
        changes.add(change);
    }

    /** Waits for the next change. */
    FeedChange next() throws InterruptedException {
        FeedChange change = changes.poll(10, TimeUnit.SECONDS);
        assertThat(change).as("a change of the feed within 10 s").isNotNull();
        return change;
    }

    /** The changes that were not asked for yet. */
    List<FeedChange> pending() {
        return List.copyOf(changes);
    }

    static List<String> keys(FeedSnapshot snapshot) {
        return snapshot.entries().stream().map(entry -> entry.key().toString()).toList();
    }
}
