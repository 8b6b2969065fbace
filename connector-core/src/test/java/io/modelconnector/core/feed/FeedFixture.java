package io.modelconnector.core.feed;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CatalogEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A feed over scripted sources that is read when a test says so, and closed after the test. */
abstract class FeedFixture {
    static final Duration LONG = Duration.ofHours(1);
    static final Duration SHORT = Duration.ofMillis(10);
    static final SourceUnavailableException DOWN =
            new SourceUnavailableException("listing model versions of registry \"public\" was answered 503");

    final FeedProbe probe = new FeedProbe();
    ModelFeed feed;

    @AfterEach
    void close() {
        if (feed != null) {
            feed.close();
        }
    }

    ModelFeedBuilder builder(ScriptedSource... sources) {
        ModelFeedBuilder builder = ModelFeed.builder().pollInterval(LONG).listener(probe);
        for (ScriptedSource source : sources) {
            builder.source(source);
        }
        return builder;
    }

    /** Starts the feed and waits for its first publication. */
    FeedSnapshot start(ModelFeedBuilder builder) throws InterruptedException {
        feed = builder.build();
        feed.start();
        return probe.next().snapshot();
    }

    static List<String> names(List<CatalogEntry> entries) {
        return entries.stream().map(entry -> entry.key().toString()).toList();
    }
}
