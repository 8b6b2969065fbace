package io.modelconnector.core.feed;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.source.ApiDefinitionProvider;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.store.EntryStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes a {@link ModelFeed}. At least one source is required; everything else has a default. Not thread-safe. */
public final class ModelFeedBuilder {
    private static final Pattern SOURCE_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final URI DEFAULT_BASE = URI.create("http://localhost:9090");

    private final List<ModelSource> sources = new ArrayList<>();
    private final List<FeedFormat> formats = new ArrayList<>();
    private final List<FeedListener> listeners = new ArrayList<>();
    private @Nullable Normalizer normalizer;
    private @Nullable URI publicBase;
    private Duration pollInterval = Duration.ofMinutes(2);
    private Duration readTimeout = Duration.ofMinutes(10);
    private Duration startupDeadline = Duration.ofMinutes(5);
    private Duration departureGrace = Duration.ofSeconds(60);
    private int removalItems = 10;
    private double removalFraction = 1.0 / 3;
    private InstantSource clock = InstantSource.system();
    private @Nullable EntryStore store;
    private @Nullable Supplier<Optional<Instant>> storePermit;
    private @Nullable ApiDefinitionProvider apiDefinitions;

    ModelFeedBuilder() {}

    /**
     * Adds a source, which the feed closes when it is closed itself.
     *
     * @throws ConfigurationException if the source's name is no name or another source has it
     */
    public ModelFeedBuilder source(ModelSource source) {
        String name = source.name();
        if (!SOURCE_NAME.matcher(name).matches()) {
            throw ModelFeed.invalid("a source's name", '"' + name + '"', "letters, digits, '.', '_' or '-'");
        }
        if (sources.stream().anyMatch(other -> other.name().equals(name))) {
            throw new ConfigurationException("two sources are named \"" + name + "\"; give each a name of its own");
        }
        sources.add(source);
        return this;
    }

    /** Sets how facts become entries; by default {@code Normalizer.builder().build()}. */
    public ModelFeedBuilder normalizer(Normalizer normalizer) {
        this.normalizer = requireNonNull(normalizer, "normalizer");
        return this;
    }

    /**
     * Adds a format in which entries are written. Without any, the feed is written as {@link JsonArrayFormat} with links to
     * the {@linkplain #publicBase(URI) public base}.
     *
     * @throws ConfigurationException if another format has its file name
     */
    public ModelFeedBuilder format(FeedFormat format) {
        if (formats.stream().anyMatch(other -> other.fileName().equals(format.fileName()))) {
            throw new ConfigurationException("two formats write files named " + format.fileName());
        }
        formats.add(format);
        return this;
    }

    /**
     * Sets where the portal reaches the endpoint of this feed, for the links to model cards in the default format; by
     * default {@code http://localhost:9090}.
     *
     * @throws ConfigurationException if it is not an absolute http or https URL
     */
    public ModelFeedBuilder publicBase(URI base) {
        boolean web = base.getHost() != null && String.valueOf(base.getScheme()).matches("(?i)https?");
        if (!web || base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new ConfigurationException(
                    "publicBase must be an absolute http or https URL without credentials, query"
                            + " and fragment, for instance http://models.example.com:9090");
        }
        this.publicBase = base;
        return this;
    }

    /** Adds a listener, called for the first publication and every change after it. */
    public ModelFeedBuilder listener(FeedListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /** Sets how long after the end of a polled read the next one starts; 2 minutes by default. A failed read is repeated sooner. */
    public ModelFeedBuilder pollInterval(Duration interval) {
        this.pollInterval = positive("pollInterval", interval);
        return this;
    }

    /** Sets after how long a read is interrupted and counted as failed; 10 minutes by default. */
    public ModelFeedBuilder readTimeout(Duration timeout) {
        this.readTimeout = positive("readTimeout", timeout);
        return this;
    }

    /**
     * Sets after how long the feed is published without the sources that could not be read at all; 5 minutes by default. As
     * long as there is nothing to publish it stays unpublished, since an empty list tells a portal to delete everything.
     */
    public ModelFeedBuilder startupDeadline(Duration deadline) {
        this.startupDeadline = positive("startupDeadline", deadline);
        return this;
    }

    /**
     * Sets for how long an entry that has left can still be read, since a reader that has just seen it in the list drops
     * its whole refresh when one entry is missing; 60 seconds by default, zero for not at all.
     */
    public ModelFeedBuilder departureGrace(Duration grace) {
        if (grace.isNegative() || grace.compareTo(LONGEST) > 0) {
            throw ModelFeed.invalid("departureGrace", grace, "from zero to " + LONGEST.toDays() + " days");
        }
        this.departureGrace = grace;
        return this;
    }

    /**
     * Sets when a complete read is doubted because it would remove many items of a source, or of a part of it, at once. An
     * item goes when a read that begins at least a poll interval later misses it as well.
     *
     * @param items up to this many may go at once; 10 by default
     * @param fraction up to this fraction may go at once, from 0 to 1; a third by default. With 1 nothing is doubted
     */
    public ModelFeedBuilder removalGuard(int items, double fraction) {
        if (items < 0) {
            throw ModelFeed.invalid("removalGuard's items", items, "zero or positive");
        }
        if (!(fraction >= 0 && fraction <= 1)) {
            throw ModelFeed.invalid("removalGuard's fraction", fraction, "from 0 to 1");
        }
        this.removalItems = items;
        this.removalFraction = fraction;
        return this;
    }

    /** Sets the clock that dates reads; the system's by default. */
    public ModelFeedBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Keeps the feed in a store, in the feed's first format; by default it is kept in none.
     *
     * <p>The store is brought to what is published after each change of either, and checked every {@linkplain
     * #pollInterval(Duration) poll interval}; only what differs is written, and an entry is removed there only when the feed
     * is {@linkplain FeedSnapshot#complete() complete}. A store that fails harms nothing else, and is tried again.
     *
     * <p>After a start, what is stored stands in for the sources that cannot be read, byte for byte, until every source was
     * read; and if the sources lack many of the stored entries (see {@link #removalGuard(int, double) removalGuard}), these
     * stay until a read that begins at least a poll interval later misses them as well. For that, the first publication waits
     * for the store's first answer, at most until the {@linkplain #startupDeadline(Duration) start-up deadline}.
     *
     * @param store the store, which is not closed with the feed
     */
    public ModelFeedBuilder store(EntryStore store) {
        this.store = requireNonNull(store, "store");
        return this;
    }

    /**
     * Sets when this process may write to the store, where several keep it and one of them is elected; by default always.
     *
     * @param since gives the moment since when it may, by the feed's {@linkplain #clock(InstantSource) clock}, or nothing while
     *     it may not. It is asked about once a second, and before each write. Nothing is written of what was read before that
     *     moment; to have something younger soon, the sources are read when the moment changes
     */
    public ModelFeedBuilder storePermit(Supplier<Optional<Instant>> since) {
        this.storePermit = requireNonNull(since, "since");
        return this;
    }

    /**
     * Sets who knows what servers publish as the definitions of their APIs, for formats that show it; by default nobody does.
     *
     * @param provider who knows, which is not closed with the feed
     */
    public ModelFeedBuilder apiDefinitions(ApiDefinitionProvider provider) {
        this.apiDefinitions = requireNonNull(provider, "provider");
        return this;
    }

    /**
     * Makes the feed, which starts nothing yet.
     *
     * @throws ConfigurationException if there is no source, or if settings contradict each other
     */
    public ModelFeed build() {
        if (sources.isEmpty()) {
            throw new ConfigurationException("a feed needs at least one source");
        }
        if (!formats.isEmpty() && publicBase != null) {
            throw new ConfigurationException(
                    "publicBase is for the default format; formats that are given have a base of their own");
        }
        if (store != null && !formats.isEmpty() && !formats.get(0).inLocationContract()) {
            throw new ConfigurationException(
                    "the first format of a feed that is kept in a store is what is stored; it was "
                            + formats.get(0).name() + ", must be one of the location contract");
        }
        if (storePermit != null && store == null) {
            throw new ConfigurationException("storePermit is for a feed that is kept in a store");
        }
        List<FeedFormat> written = formats.isEmpty()
                ? List.of(new JsonArrayFormat(publicBase == null ? DEFAULT_BASE : publicBase))
                : List.copyOf(formats);
        FeedSettings settings = new FeedSettings(
                normalizer == null ? Normalizer.builder().build() : normalizer,
                written,
                pollInterval,
                readTimeout,
                startupDeadline,
                departureGrace,
                new RemovalGuard(removalItems, removalFraction, pollInterval),
                clock,
                store,
                storePermit,
                apiDefinitions);
        return new ModelFeed(settings, sources, listeners);
    }

    private static Duration positive(String setting, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw ModelFeed.invalid(setting, value, "positive and at most " + LONGEST.toDays() + " days");
        }
        return value;
    }
}
