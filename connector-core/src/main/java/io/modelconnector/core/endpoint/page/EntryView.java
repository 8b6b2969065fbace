package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;

/** One entry: what is known of it, what is wrong with it, its card, and what a portal gets of it. */
final class EntryView {
    /** How much of the document the payloads take at most, together. */
    private static final int PAYLOADS = 384 << 10;

    private EntryView() {}

    /** Where an entry is shown. */
    static String link(EntryKey key) {
        return "?entry=" + key;
    }

    /**
     * Writes an entry.
     *
     * @param card its card, as far as there is one
     * @param formats the formats of the feed
     * @param hasSites whether there is a documentation site of it
     */
    static void write(
            Html html,
            FeedMoment moment,
            FeedEntry feedEntry,
            Optional<ShownCard> card,
            List<FeedFormat> formats,
            boolean hasSites) {
        CatalogEntry entry = feedEntry.entry();
        html.open("p", "class", "back")
                .element("a", "← All models", "href", "./")
                .close("p");
        html.open("h1").name(Marks.beginning(name(feedEntry), 500)).close("h1");
        html.open("p", "class", "marks");
        ModelsView.marks(html, moment, feedEntry);
        html.close("p").line();
        if (moment.snapshot().entry(entry.key()).isEmpty()) {
            html.open("p", "class", "note")
                    .text(
                            "This entry has left the feed. It can be read for a short while yet, but it is not listed any more.")
                    .close("p");
        }
        problems(html, moment.problems(feedEntry));
        html.open("div", "class", "columns").open("div", "class", "facts");
        EntryFacts.write(html, moment, feedEntry);
        links(html, entry, formats, hasSites);
        html.close("div").open("div", "class", "reading");
        card.ifPresent(shown -> shown.write(html));
        payloads(html, feedEntry, formats);
        html.close("div").close("div").line();
    }

    /** What an entry is called. */
    static String name(FeedEntry entry) {
        return entry.entry().catalog().models().get(0).name();
    }

    /** Says that there is no such entry. */
    static void writeMissing(Html html, String location) {
        html.open("p", "class", "back")
                .element("a", "← All models", "href", "./")
                .close("p");
        html.element("h1", "No such model");
        html.open("p", "class", "empty")
                .text("There is no entry ")
                .element("code", Marks.beginning(location, 200))
                .text(" in the feed. It may have been archived or removed where it was registered.")
                .close("p");
    }

    private static void problems(Html html, List<KnownProblem> problems) {
        if (!problems.isEmpty()) {
            html.open("section", "class", "note", "aria-labelledby", "problems");
            html.element("h2", "Problems", "id", "problems").open("ul");
            for (KnownProblem problem : problems.subList(0, Math.min(20, problems.size()))) {
                html.element("li", Marks.beginning(problem.problem().message(), 2000));
            }
            html.close("ul").close("section").line();
        }
    }

    private static void links(Html html, CatalogEntry entry, List<FeedFormat> formats, boolean hasSites) {
        html.open("section", "aria-labelledby", "links").element("h2", "Links", "id", "links");
        html.open("ul", "class", "links");
        for (FeedFormat format : formats) {
            link(html, entry.key().path(format.fileName()), format.fileName());
        }
        if (entry.card() != null) {
            String card = TechDocsUrl.ofLocation(null, entry.card().reference()).text();
            link(html, card, "Model card, Markdown");
            link(html, card + "&raw=true", "Model card, as its author wrote it");
        }
        if (hasSites && entry.card() != null) {
            link(html, EndpointsView.site(entry.key()) + "/archive/main.tar.gz", "Documentation site, source");
        }
        html.close("ul").close("section").line();
    }

    private static void link(Html html, String path, String label) {
        // Relative, because the host may have mounted this anywhere.
        html.open("li").element("a", label, "href", path.substring(1)).close("li");
    }

    private static void payloads(Html html, FeedEntry entry, List<FeedFormat> formats) {
        html.open("section", "aria-labelledby", "payload").element("h2", "What the portal gets", "id", "payload");
        for (FeedFormat format : formats) {
            html.open("details").element("summary", format.name());
            Optional<Payload> payload = entry.payload(format);
            if (payload.isEmpty()) {
                html.element("p", "The entry cannot be written in this format; its problems say why.");
            } else {
                String path = entry.key().path(format.fileName());
                html.open("p", "class", "path")
                        .element("a", path, "href", path.substring(1))
                        .close("p");
                html.open("pre", "tabindex", "0", "role", "region", "aria-label", "Payload, " + format.name());
                boolean whole = html.text(
                        PayloadText.of(payload.get(), format.contentType(), PAYLOADS), PAYLOADS / formats.size());
                html.close("pre");
                if (!whole) {
                    html.element("p", "This is only the beginning; the link above has all of it.");
                }
            }
            html.close("details").line();
        }
        html.close("section").line();
    }
}
