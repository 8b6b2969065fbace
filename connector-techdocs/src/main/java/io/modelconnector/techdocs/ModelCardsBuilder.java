package io.modelconnector.techdocs;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.techdocs.clean.ModelCardCleaner;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Describes {@link ModelCards}. Everything has a default. Not thread-safe. */
public final class ModelCardsBuilder {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LARGEST_CARD = 64 << 20;
    private static final int MOST_THREADS = 64;

    private final ModelCardProvider provider;
    private final @Nullable ModelFeed feed;
    private long maxBytes = 64L << 20;
    private int maxCardBytes = 2 << 20;
    private Duration refreshInterval = Duration.ofMinutes(10);
    private Duration retryInterval = Duration.ofMinutes(1);
    private Duration loadTimeout = Duration.ofSeconds(10);
    private int concurrency = 4;
    private CardCleaning cleaning = CardCleaning.by(ModelCardCleaner.defaults());
    private LongSupplier clock = System::nanoTime;

    ModelCardsBuilder(ModelCardProvider provider, @Nullable ModelFeed feed) {
        this.provider = requireNonNull(provider, "provider");
        this.feed = feed;
    }

    /**
     * Sets how many bytes of cards are kept, as they are served and compressed; 64 MiB by default. Cards that do not fit are
     * read whenever they are asked for.
     *
     * @throws ConfigurationException if it is not positive
     */
    public ModelCardsBuilder maxBytes(long bytes) {
        if (bytes < 1) {
            throw invalid("maxBytes", bytes, "positive");
        }
        this.maxBytes = bytes;
        return this;
    }

    /**
     * Sets how many bytes a card has at most to be {@linkplain #cleaning cleaned}; 2 MiB by default. A larger one is shown
     * {@linkplain ModelCardCleaner#asText as text}.
     *
     * @throws ConfigurationException if it is not from 1 to 64 MiB
     */
    public ModelCardsBuilder maxCardBytes(int bytes) {
        if (bytes < 1 || bytes > LARGEST_CARD) {
            throw invalid("maxCardBytes", bytes, "from 1 to " + LARGEST_CARD);
        }
        this.maxCardBytes = bytes;
        return this;
    }

    /**
     * Sets after which time a card is read again in the background, if nobody tells when it changes; 10 minutes by default. A
     * feed tells.
     *
     * @throws ConfigurationException if it is not positive
     */
    public ModelCardsBuilder refreshInterval(Duration interval) {
        this.refreshInterval = positive("refreshInterval", interval);
        return this;
    }

    /**
     * Sets how long it is remembered that there is no such card, and after which time a card that could not be read, or only
     * in an older version than there is, is read again; 1 minute by default.
     *
     * @throws ConfigurationException if it is not positive
     */
    public ModelCardsBuilder retryInterval(Duration interval) {
        this.retryInterval = positive("retryInterval", interval);
        return this;
    }

    /**
     * Sets how long anybody waits for a card to be read, counted from when that began; 10 seconds by default. Then the last
     * text is served, if there is one.
     *
     * @throws ConfigurationException if it is not positive
     */
    public ModelCardsBuilder loadTimeout(Duration limit) {
        this.loadTimeout = positive("loadTimeout", limit);
        return this;
    }

    /**
     * Sets how many cards are read at the same time; 4 by default. There are as many threads, while there is something to do.
     *
     * @throws ConfigurationException if it is not from 1 to 64
     */
    public ModelCardsBuilder concurrency(int cards) {
        if (cards < 1 || cards > MOST_THREADS) {
            throw invalid("concurrency", cards, "from 1 to " + MOST_THREADS);
        }
        this.concurrency = cards;
        return this;
    }

    /** Sets what makes texts of authors fit to be shown; by default a {@link ModelCardCleaner} with its defaults. */
    public ModelCardsBuilder cleaning(CardCleaning cleaning) {
        this.cleaning = requireNonNull(cleaning, "cleaning");
        return this;
    }

    /** Sets the clock, in nanoseconds, for tests. */
    ModelCardsBuilder clock(LongSupplier clock) {
        this.clock = clock;
        return this;
    }

    /** Makes the cache, which reads nothing before it is asked or its feed publishes something. */
    public ModelCards build() {
        ModelCardsSettings settings = new ModelCardsSettings(
                maxBytes, maxCardBytes, refreshInterval, retryInterval, loadTimeout, concurrency, cleaning, clock);
        ModelCards cards = new ModelCards(provider, feed, settings);
        cards.follow();
        return cards;
    }

    private static Duration positive(String setting, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw invalid(setting, value, "positive and at most " + LONGEST.toDays() + " days");
        }
        return value;
    }

    private static ConfigurationException invalid(String setting, Object value, String valid) {
        return new ConfigurationException(setting + " was " + value + ", must be " + valid);
    }
}
