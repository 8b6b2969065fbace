package io.modelconnector.core.endpoint.page;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.ModelDocumentation;
import io.modelconnector.core.endpoint.ServedContent;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.Payload;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The feed as a person sees it in a browser: the entries with a search, one entry with its card and its payloads, how the
 * sources are and when they were read, what is wrong and what to do, and links to everything else that is served. A {@link
 * io.modelconnector.core.endpoint.FeedEndpoint FeedEndpoint} shows it at its root if it is told to:
 *
 * <pre>{@code
 * FeedEndpoint.builder(feed).page(FeedPage.of(feed)).build();
 * }</pre>
 *
 * <p>Names of models and the messages of upstreams are in it, secrets are not. It asks for no credentials, so a host shows it
 * where only those can reach it who may see that, or behind its own authentication.
 *
 * <p>Each view is one document without anything that is loaded from elsewhere; it can be read without JavaScript. However
 * often it is asked for, a view is written once per second at most, and two are written at the same time. Thread-safe.
 */
public final class FeedPage {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 4 << 20;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ModelFeed feed;
    private final PageLayout layout;
    private final Map<String, URI> links;
    private final Clock clock;
    private final Semaphore writers = new Semaphore(AT_ONCE);
    private final Cache<PageQuery, PageView> views;

    private FeedPage(Builder builder) {
        this.feed = builder.feed;
        this.layout = new PageLayout(builder.title);
        this.links = Collections.unmodifiableMap(new LinkedHashMap<>(builder.links));
        this.clock = builder.clock;
        this.views = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .maximumWeight(MOST_BYTES)
                .weigher((PageQuery query, PageView view) -> view.html().length())
                .ticker(builder.nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Makes the page of a feed. The feed is not closed with it.
     *
     * @param feed what to show
     */
    public static FeedPage of(ModelFeed feed) {
        return builder(feed).build();
    }

    /**
     * Starts the description of the page of a feed, which is not closed with it.
     *
     * @param feed what to show
     */
    public static Builder builder(ModelFeed feed) {
        return new Builder(feed);
    }

    /**
     * Gives the view that somebody asks for. May wait for a model card to be read, and for other views to be written.
     *
     * @param parameters the parameters of the query, decoded; those that make no sense are ignored
     * @param documentation gives the cards
     * @return the view; nothing if too many are being written already, so that one has to ask later
     */
    public Optional<PageView> view(Map<String, String> parameters, ModelDocumentation documentation) {
        PageQuery query = PageQuery.of(parameters);
        PageView known = views.getIfPresent(query);
        if (known != null) {
            return Optional.of(known);
        }
        // Before it is written: a card that is waited for must not keep others from writing.
        Optional<ShownCard> card = card(query, documentation);
        if (!mayWrite()) {
            return Optional.empty();
        }
        try {
            PageView view = write(query, card, !(documentation instanceof ServedContent));
            views.put(query, view);
            return Optional.of(view);
        } finally {
            writers.release();
        }
    }

    private boolean mayWrite() {
        try {
            return writers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<ShownCard> card(PageQuery query, ModelDocumentation documentation) {
        if (query instanceof PageQuery.Entry asked) {
            Optional<FeedEntry> entry = feed.snapshot().readable(asked.location());
            CardVersion card = entry.isEmpty() ? null : entry.get().entry().card();
            return card == null ? Optional.empty() : Optional.of(ShownCard.of(card, documentation));
        }
        return Optional.empty();
    }

    private PageView write(PageQuery query, Optional<ShownCard> card, boolean hasSites) {
        FeedMoment moment = FeedMoment.of(feed, clock.instant());
        if (query instanceof PageQuery.Entry asked) {
            return entry(moment, asked.location(), card, hasSites);
        }
        if (query instanceof PageQuery.Sources) {
            return found(layout.document(
                    moment, PageLayout.Tab.SOURCES, "Sources", true, html -> SourcesView.write(html, moment)));
        }
        if (query instanceof PageQuery.Problems problems) {
            return found(layout.document(
                    moment,
                    PageLayout.Tab.PROBLEMS,
                    "Problems",
                    true,
                    html -> ProblemsView.write(html, moment, problems)));
        }
        if (query instanceof PageQuery.Models models) {
            return found(layout.document(
                    moment,
                    PageLayout.Tab.MODELS,
                    "Models",
                    true,
                    html -> ModelsView.write(html, moment, models.filter())));
        }
        return found(layout.document(
                moment,
                PageLayout.Tab.ENDPOINTS,
                "Endpoints",
                true,
                html -> EndpointsView.write(html, moment, feed.formats(), hasSites, links)));
    }

    private PageView entry(FeedMoment moment, String location, Optional<ShownCard> card, boolean hasSites) {
        Optional<FeedEntry> entry = moment.snapshot().readable(location);
        if (entry.isEmpty()) {
            Payload missing = layout.document(
                    moment,
                    PageLayout.Tab.MODELS,
                    "No such model",
                    false,
                    html -> EntryView.writeMissing(html, location));
            return new PageView(404, missing, PageLayout.HEADERS);
        }
        return found(layout.document(
                moment,
                PageLayout.Tab.MODELS,
                EntryView.name(entry.get()),
                false,
                html -> EntryView.write(html, moment, entry.get(), card, feed.formats(), hasSites)));
    }

    private static PageView found(Payload html) {
        return new PageView(200, html, PageLayout.HEADERS);
    }

    /** Describes a page. Not thread-safe. */
    public static final class Builder {
        private static final int LONGEST_TITLE = 60;

        private final ModelFeed feed;
        private final Map<String, URI> links = new LinkedHashMap<>();
        private String title = "Model feed";
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(ModelFeed feed) {
            this.feed = requireNonNull(feed, "feed");
        }

        /**
         * Sets what the feed is called, which is at the top of each view; {@code Model feed} by default.
         *
         * @throws ConfigurationException if it is blank or has more than 60 characters
         */
        public Builder title(String title) {
            if (title.isBlank() || title.length() > LONGEST_TITLE) {
                throw new ConfigurationException(
                        "title was \"" + title + "\", must be 1 to " + LONGEST_TITLE + " characters");
            }
            this.title = title;
            return this;
        }

        /**
         * Adds a link to something that the host serves elsewhere, such as its health or its metrics.
         *
         * @param label what it is
         * @param target where it is: an http or https URL, or a path relative to where the page is
         * @throws ConfigurationException if the target has another scheme
         */
        public Builder link(String label, URI target) {
            String scheme = target.getScheme();
            if (scheme != null && !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
                throw new ConfigurationException(
                        "the link \"" + label + "\" was " + target + ", must be http or https, or relative");
            }
            links.put(requireNonNull(label, "label"), target);
            return this;
        }

        /** Sets the clock that tells how old everything is; that of the system by default. */
        Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Sets what tells how long a view is kept; the clock of the process by default. */
        Builder nanoTime(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            return this;
        }

        /** Makes the page. */
        public FeedPage build() {
            return new FeedPage(this);
        }
    }
}
