package io.modelconnector.core.feed;

import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.normalize.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The settings of a feed, as its builder checked them. */
record FeedSettings(
        Normalizer normalizer,
        List<FeedFormat> formats,
        Duration pollInterval,
        Duration readTimeout,
        Duration startupDeadline,
        Duration departureGrace,
        RemovalGuard removalGuard,
        InstantSource clock) {}
