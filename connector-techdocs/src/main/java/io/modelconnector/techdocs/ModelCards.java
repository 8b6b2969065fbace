package io.modelconnector.techdocs;

import io.modelconnector.core.endpoint.DocumentationSite;
import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.feed.FeedChange;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedListener;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.ModelCardProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model cards of a feed, or of any other provider, as portals are to show them.
 *
 * <pre>{@code
 * try (ModelCards cards = ModelCards.of(feed)) {
 *     Optional<Payload> card = cards.card(version);
 * }
 * }</pre>
 *
 * <p>Cards are kept in memory, up to so many bytes. One that is held is answered at once. Another is read when somebody asks,
 * once, however many ask at the same time; those of a feed's new models, before. A card of which there is a newer version is
 * read again, and so is one after a while of which nobody can tell. As long as a card cannot be read, its last text is served.
 * That there is no such card is remembered for a while. A card's ETag is that of its text as it is served, so it is the
 * same after a restart.
 *
 * <p>Threads begin when there is something to read, are daemons, and end with {@link #close()}, after which the cards that are
 * held are still answered. The provider is not closed. Thread-safe.
 */
public final class ModelCards implements ModelDocumentation, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ModelCards.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private final @Nullable ModelFeed feed;
    private final FeedListener listener = this::changed;
    private final ModelCardsSettings settings;
    private final ScheduledThreadPoolExecutor threads;
    private final CardCache cache;
    private final AheadQueue ahead;
    private final @Nullable FeedSites sites;
    private final AtomicBoolean reviewing = new AtomicBoolean();

    ModelCards(ModelCardProvider provider, @Nullable ModelFeed feed, ModelCardsSettings settings) {
        this.feed = feed;
        this.settings = settings;
        this.threads = threads(settings.concurrency());
        ShownTexts texts = new ShownTexts(settings.cleaning(), settings.maxCardBytes());
        this.cache = new CardCache(provider, settings, texts, this::execute);
        this.ahead = new AheadQueue(this::execute, cache::readAhead);
        this.sites = feed == null ? null : new FeedSites(feed, cache, texts::text);
    }

    /**
     * The cards of a feed, with the default settings.
     *
     * @param feed the feed, which is not closed with the cards
     */
    public static ModelCards of(ModelFeed feed) {
        return builder(feed).build();
    }

    /**
     * Starts the description of the cards of a feed: they follow its changes, and entries have sites.
     *
     * @param feed the feed, which is not closed with the cards
     */
    public static ModelCardsBuilder builder(ModelFeed feed) {
        return new ModelCardsBuilder(feed, feed);
    }

    /**
     * Starts the description of the cards of any provider. There are no sites.
     *
     * @param provider who has the cards
     */
    public static ModelCardsBuilder builder(ModelCardProvider provider) {
        return new ModelCardsBuilder(provider, null);
    }

    @Override
    public Optional<Payload> card(CardVersion card) {
        return cache.text(card);
    }

    @Override
    public Optional<String> cardHtml(CardVersion card) {
        return card(card)
                .flatMap(shown ->
                        CardHtml.of(StandardCharsets.UTF_8.decode(shown.bytes()).toString()));
    }

    @Override
    public boolean isAtHand(CardVersion card) {
        return cache.isAtHand(card);
    }

    /**
     * The documentation site of an entry of the feed: its model card, what else is known of it, and a page for each of the 50
     * newest other versions of its registered model. Without a feed there are no sites.
     *
     * @throws io.modelconnector.core.ConnectorException if nothing is published yet, or a card cannot be read of which there
     *     is no text
     */
    @Override
    public Optional<DocumentationSite> site(EntryKey entry) {
        return sites == null ? Optional.empty() : sites.site(entry);
    }

    /** Begins to follow the feed, if there is one. */
    void follow() {
        if (feed != null) {
            feed.addListener(listener);
            readAhead(feed.snapshot().entries().stream().map(FeedEntry::entry));
        }
    }

    private void changed(FeedChange change) {
        readAhead(Stream.concat(change.added().stream(), change.updated().stream()));
    }

    private void readAhead(Stream<CatalogEntry> entries) {
        entries.flatMap(entry -> Stream.ofNullable(entry.card()))
                .filter(card -> !cache.holds(card))
                .forEach(ahead::add);
    }

    private void execute(Runnable task) {
        if (!reviewing.getAndSet(true)) {
            reviewLater();
        }
        threads.execute(task);
    }

    private void reviewLater() {
        ScheduledFuture<?> unused =
                threads.schedule(this::review, settings.reviewInterval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void review() {
        try {
            cache.review(needed(), feed != null).forEach(ahead::add);
        } catch (RuntimeException e) {
            log.warn("looking for model cards to be read again failed", e);
        }
        if (!threads.isShutdown()) {
            reviewLater();
        }
    }

    private Predicate<ModelCardReference> needed() {
        if (feed == null) {
            return card -> true;
        }
        FeedSnapshot now = feed.snapshot();
        return card -> !now.published()
                || now.card(card.key())
                        .filter(known -> known.reference().equals(card))
                        .isPresent();
    }

    /** Stops reading, and ends all threads. Idempotent; takes a few seconds at most. */
    @Override
    public void close() {
        if (feed != null) {
            feed.removeListener(listener);
        }
        threads.shutdownNow();
        cache.close();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("a model card is still being read after an interrupt; its thread is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor threads(int number) {
        AtomicInteger count = new AtomicInteger();
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(number, task -> {
            Thread thread = new Thread(task, "modelconnector-cards-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(IDLE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return threads;
    }
}
