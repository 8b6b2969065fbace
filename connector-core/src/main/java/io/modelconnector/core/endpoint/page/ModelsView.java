package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.SourceHealth;
import java.util.List;

/** The list of the entries, with a search, and what is to be known at a glance. */
final class ModelsView {
    private static final int NAME = 120;
    private static final int TEXT = 180;
    private static final int MOST_SOURCES = 100;

    private ModelsView() {}

    static void write(Html html, FeedMoment moment, EntryFilter filter) {
        html.element("h1", "Models");
        trouble(html, moment);
        if (!moment.snapshot().published()) {
            html.open("p", "class", "empty")
                    .text("Nothing is published before every source was read completely once. ")
                    .element("a", "See the sources", "href", "?view=sources")
                    .text(" for what is still missing.")
                    .close("p");
            return;
        }
        tiles(html, moment);
        form(html, moment, filter);
        List<FeedEntry> found = filter.apply(moment);
        Paging paging = Paging.of(filter.page(), found.size());
        html.open("p", "id", "count", "role", "status").text(paging.words("model", "models"));
        html.close("p");
        html.open("div", "id", "results").line();
        if (found.isEmpty()) {
            html.open("p", "class", "empty")
                    .text(
                            filter.isEmpty()
                                    ? "The feed is empty: the sources have no models. "
                                    : "No model is like that. ");
            if (!filter.isEmpty()) {
                html.element("a", "Show all models", "href", "./");
            }
            html.close("p");
        } else {
            table(html, moment, filter, paging.of(found));
        }
        paging.links(html, page -> filter.link(page, filter.newestFirst()));
        html.close("div").line();
    }

    /** Says what is wrong with the feed as a whole, before anything else. */
    private static void trouble(Html html, FeedMoment moment) {
        String failure = moment.health().failure();
        List<SourceHealth> troubled = moment.health().sources().stream()
                .filter(source -> source.status() == HealthStatus.STALE || source.status() == HealthStatus.DOWN)
                .toList();
        if (failure == null && troubled.isEmpty()) {
            return;
        }
        html.open("section", "class", "note", "aria-label", "What may be out of date");
        if (failure != null) {
            html.element("p", Marks.beginning(failure, 1000));
        }
        for (SourceHealth source : troubled.subList(0, Math.min(3, troubled.size()))) {
            html.open("p").name(Marks.beginning(source.source(), NAME)).text(" ");
            Marks.status(html, source.status());
            html.text(
                    source.status() == HealthStatus.STALE
                            ? " The last read failed or is not believed yet; what was read before is still served."
                            : " Not all of it could be read so far; what is missing is not served.");
            html.close("p");
        }
        html.open("p")
                .element("a", "What to do about it", "href", "?view=sources")
                .close("p");
        html.close("section").line();
    }

    private static void tiles(Html html, FeedMoment moment) {
        List<FeedEntry> entries = moment.snapshot().entries();
        long served = entries.stream()
                .filter(entry -> entry.entry().catalog().modelServer() != null)
                .count();
        List<SourceHealth> sources = moment.health().sources();
        long up = sources.stream()
                .filter(source -> source.status() == HealthStatus.UP)
                .count();
        html.open("ul", "class", "tiles");
        tile(html, Numbers.text(entries.size()), entries.size() == 1 ? "model" : "models", "./");
        tile(html, Numbers.text((int) served), "served", "?show=served");
        tile(html, up + " of " + sources.size(), "sources up to date", "?view=sources");
        int problems = moment.problems().size();
        tile(html, Numbers.text(problems), problems == 1 ? "problem" : "problems", "?view=problems");
        html.close("ul").line();
    }

    private static void tile(Html html, String number, String what, String link) {
        html.open("li").open("a", "href", link).element("b", number).text(" " + what);
        html.close("a").close("li");
    }

    private static void form(Html html, FeedMoment moment, EntryFilter filter) {
        html.open("form", "class", "search", "role", "search", "action", "./", "method", "get", "data-live", "");
        html.open("label", "class", "grow").element("span", "Search");
        searchField(html, filter.words());
        html.close("label");
        select(html, filter);
        List<SourceHealth> sources = moment.health().sources();
        if (sources.size() > 1) {
            html.open("label").element("span", "Source").open("select", "name", "source");
            option(html, "", "All sources", filter.source());
            sources.stream()
                    .limit(MOST_SOURCES)
                    .forEach(source ->
                            option(html, source.source(), Marks.beginning(source.source(), NAME), filter.source()));
            html.close("select").close("label");
        }
        if (filter.newestFirst()) {
            html.open("input", "type", "hidden", "name", "sort", "value", "updated");
        }
        html.element("button", "Search", "type", "submit").close("form").line();
    }

    /** Writes the field that one types words into. */
    static void searchField(Html html, SearchWords words) {
        html.open(
                "input",
                "type",
                "search",
                "name",
                "q",
                "value",
                words.text(),
                "maxlength",
                "200",
                "autocomplete",
                "off");
    }

    private static void select(Html html, EntryFilter filter) {
        html.open("label").element("span", "Show").open("select", "name", "show");
        for (EntryFilter.Show show : EntryFilter.Show.values()) {
            option(html, show.parameter(), show.label(), filter.show().parameter());
        }
        html.close("select").close("label");
    }

    private static void option(Html html, String value, String label, String selected) {
        if (value.equals(selected)) {
            html.element("option", label, "value", value, "selected", "");
        } else {
            html.element("option", label, "value", value);
        }
    }

    private static void table(Html html, FeedMoment moment, EntryFilter filter, List<FeedEntry> entries) {
        // The roles are what the elements are: where the rows become cards, their layout would take that from them.
        html.open("table", "class", "models", "role", "table")
                .element("caption", "The models of the feed", "class", "unseen")
                .open("thead", "role", "rowgroup")
                .open("tr", "role", "row");
        sortable(html, "Model", filter, false);
        html.element("th", "Owner", "scope", "col", "role", "columnheader")
                .element("th", "Lifecycle", "scope", "col", "role", "columnheader")
                .element("th", "State", "scope", "col", "role", "columnheader");
        sortable(html, "Updated", filter, true);
        html.close("tr").close("thead").open("tbody", "role", "rowgroup").line();
        entries.forEach(entry -> row(html, moment, entry));
        html.close("tbody").close("table").line();
    }

    private static void sortable(Html html, String label, EntryFilter filter, boolean byUpdate) {
        boolean current = filter.newestFirst() == byUpdate;
        html.open(
                "th",
                "scope",
                "col",
                "role",
                "columnheader",
                "aria-sort",
                !current ? "none" : byUpdate ? "descending" : "ascending");
        html.open("a", "href", filter.link(1, byUpdate)).text(label);
        if (current) {
            html.element("span", byUpdate ? " ↓" : " ↑", "aria-hidden", "true");
        }
        html.close("a").close("th");
    }

    private static void row(Html html, FeedMoment moment, FeedEntry feedEntry) {
        CatalogEntry entry = feedEntry.entry();
        Model model = entry.catalog().models().get(0);
        html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
        html.open("a", "href", EntryView.link(entry.key()))
                .name(Marks.beginning(model.name(), NAME))
                .close("a");
        html.open("p").text(Marks.beginning(model.description(), TEXT)).close("p");
        html.close("th");
        cell(html, "Owner", model.owner());
        cell(html, "Lifecycle", model.lifecycle());
        html.open("td", "role", "cell", "class", "marks");
        marks(html, moment, feedEntry);
        html.close("td").open("td", "role", "cell", "class", "when");
        if (entry.lastUpdate() != null) {
            html.element("span", "Updated ", "class", "only-narrow");
            Times.date(html, entry.lastUpdate());
        }
        html.close("td").close("tr").line();
    }

    private static void cell(Html html, String label, String text) {
        html.open("td", "role", "cell")
                .element("span", label + " ", "class", "only-narrow")
                .name(Marks.beginning(text, NAME))
                .close("td");
    }

    /** What is to be known of an entry at a glance. */
    static void marks(Html html, FeedMoment moment, FeedEntry feedEntry) {
        CatalogEntry entry = feedEntry.entry();
        if (entry.catalog().modelServer() != null) {
            Marks.served(html);
        }
        if (moment.stale(feedEntry)) {
            Marks.stale(html);
        }
        int problems = moment.problems(feedEntry).size();
        if (problems > 0) {
            Marks.problems(html, problems);
        }
        if (entry.card() != null) {
            Marks.mark(html, "none", "¶", "Card");
        }
    }
}
