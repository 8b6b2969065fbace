package io.modelconnector.core.feed;

import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.source.ApiDefinitionProvider;
import io.modelconnector.core.store.EntryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a feed, as its builder checked them.
 *
 * @param store where it is kept; null if it is not
 * @param storePermit since when it may be written there; null if always
 * @param apiDefinitions knows what servers publish as the definitions of their APIs; null if nobody does
 */
record FeedSettings(
        Normalizer normalizer,
        List<FeedFormat> formats,
        Duration pollInterval,
        Duration readTimeout,
        Duration startupDeadline,
        Duration departureGrace,
        RemovalGuard removalGuard,
        InstantSource clock,
        @Nullable EntryStore store,
        @Nullable Supplier<Optional<Instant>> storePermit,
        @Nullable ApiDefinitionProvider apiDefinitions) {}
