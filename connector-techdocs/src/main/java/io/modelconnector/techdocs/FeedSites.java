package io.modelconnector.techdocs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.DocumentationSite;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.Payload;
import io.modelconnector.techdocs.site.DocumentedModel;
import io.modelconnector.techdocs.site.SiteContent;
import io.modelconnector.techdocs.site.TechDocsSite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sites of a feed's entries, made when somebody asks. What is kept of them is their revision, as long as nothing that goes
 * into them is replaced: portals ask for that often, and for the files seldom. Thread-safe.
 */
final class FeedSites {
    private static final int MOST_OTHER_VERSIONS = 50;
    private static final int MOST_REVISIONS = 2_000;

    private final ModelFeed feed;
    private final CardCache cards;
    private final UnaryOperator<String> cleaning;
    private final Cache<EntryKey, Revision> revisions = Caffeine.newBuilder()
            .maximumSize(MOST_REVISIONS)
            .executor(Runnable::run)
            .build();
    private volatile @Nullable Index index;

    private record Index(FeedSnapshot snapshot, FeedVersions versions) {}

    private record Revision(List<Ingredient> ingredients, int omittedVersions, String text) {}

    /** What goes into a site: an entry and the ETag of its card; empty if there is none. */
    private record Ingredient(CatalogEntry entry, String card) {}

    /**
     * Sites.
     *
     * @param feed whose entries have sites
     * @param cards the model cards
     * @param cleaning makes longer texts of authors fit to be shown
     */
    FeedSites(ModelFeed feed, CardCache cards, UnaryOperator<String> cleaning) {
        this.feed = feed;
        this.cards = cards;
        this.cleaning = cleaning;
    }

    /** The site of an entry. */
    Optional<DocumentationSite> site(EntryKey key) {
        FeedSnapshot snapshot = feed.snapshot();
        if (!snapshot.published()) {
            throw new SourceUnavailableException(
                    "there is no documentation of " + key + " before the feed is published");
        }
        return snapshot.readable(key.toString()).map(FeedEntry::entry).flatMap(entry -> site(entry, snapshot));
    }

    private Optional<DocumentationSite> site(CatalogEntry entry, FeedSnapshot snapshot) {
        List<CatalogEntry> others = versions(snapshot).others(entry);
        int omitted = Math.max(0, others.size() - MOST_OTHER_VERSIONS);
        List<CatalogEntry> shown = new ArrayList<>();
        shown.add(entry);
        shown.addAll(others.subList(0, others.size() - omitted));
        // All at once, since whoever waits for one waits for the others meanwhile.
        shown.stream().map(CatalogEntry::card).forEach(card -> {
            if (card != null) {
                cards.prepare(card);
            }
        });
        List<Optional<Payload>> texts = shown.stream().map(this::text).toList();
        List<Ingredient> ingredients = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            ingredients.add(
                    new Ingredient(shown.get(i), texts.get(i).map(Payload::etag).orElse("")));
        }
        Revision known = revisions.getIfPresent(entry.key());
        if (known == null
                || known.omittedVersions() != omitted
                || !known.ingredients().equals(ingredients)) {
            Optional<TechDocsSite> site = TechDocsSite.of(content(shown, texts, omitted), cleaning);
            if (site.isEmpty()) {
                return Optional.empty();
            }
            known = new Revision(ingredients, omitted, site.get().revision());
            revisions.put(entry.key(), known);
        }
        return Optional.of(new DocumentationSite(
                known.text(), () -> archive(entry.key().first(), content(shown, texts, omitted))));
    }

    private Optional<Payload> text(CatalogEntry entry) {
        CardVersion card = entry.card();
        return card == null ? Optional.empty() : cards.text(card);
    }

    private Payload archive(String directory, SiteContent content) {
        return Payload.ofCompressed(
                TechDocsSite.of(content, cleaning).orElseThrow().tarGz(directory));
    }

    private static SiteContent content(List<CatalogEntry> entries, List<Optional<Payload>> cards, int omitted) {
        List<DocumentedModel> models = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String card = cards.get(i)
                    .map(payload ->
                            StandardCharsets.UTF_8.decode(payload.bytes()).toString())
                    .orElse(null);
            models.add(new DocumentedModel(entries.get(i), card));
        }
        return new SiteContent(models.get(0), models.subList(1, models.size()), omitted);
    }

    private FeedVersions versions(FeedSnapshot snapshot) {
        Index known = index;
        if (known == null || known.snapshot() != snapshot) {
            known = new Index(
                    snapshot,
                    FeedVersions.of(
                            snapshot.entries().stream().map(FeedEntry::entry).toList()));
            index = known;
        }
        return known.versions();
    }
}
