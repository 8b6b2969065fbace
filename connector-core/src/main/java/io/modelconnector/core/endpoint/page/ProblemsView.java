package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.feed.FeedEntry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with single items, and what to do about each. */
final class ProblemsView {
    private static final int ITEM = 300;
    private static final int MESSAGE = 2000;

    private ProblemsView() {}

    static void write(Html html, FeedMoment moment, PageQuery.Problems query) {
        html.element("h1", "Problems");
        html.open("p")
                .text(
                        "What is wrong with single items. Everything else is served as usual, and a problem goes when what it names "
                                + "is mended.")
                .close("p");
        form(html, query.words());
        List<KnownProblem> found = moment.problems().stream()
                .filter(problem -> problem.matches(query.words()))
                .toList();
        Paging paging = Paging.of(query.page(), found.size());
        html.open("p", "id", "count", "role", "status").text(paging.words("problem", "problems"));
        html.close("p").open("div", "id", "results").line();
        if (!found.isEmpty()) {
            list(html, moment, paging.of(found));
        }
        paging.links(html, page -> link(query.words(), page));
        html.close("div").line();
    }

    private static String link(SearchWords words, int page) {
        String search = words.isEmpty() ? "" : "&q=" + URLEncoder.encode(words.text(), StandardCharsets.UTF_8);
        return "?view=problems" + search + (page == 1 ? "" : "&page=" + page);
    }

    private static void form(Html html, SearchWords words) {
        html.open("form", "class", "search", "role", "search", "action", "./", "method", "get", "data-live", "");
        html.open("input", "type", "hidden", "name", "view", "value", "problems");
        html.open("label", "class", "grow").element("span", "Search");
        ModelsView.searchField(html, words);
        html.close("label")
                .element("button", "Search", "type", "submit")
                .close("form")
                .line();
    }

    private static void list(Html html, FeedMoment moment, List<KnownProblem> problems) {
        Map<String, EntryKey> entries = entries(moment, problems);
        html.open("ul", "class", "problems");
        for (KnownProblem problem : problems) {
            String item = problem.problem().item();
            html.open("li", "class", "box").open("p", "class", "item");
            EntryKey entry = entries.get(item);
            if (entry == null) {
                html.element("code", Marks.beginning(item, ITEM));
            } else {
                html.open("a", "href", EntryView.link(entry))
                        .element("code", Marks.beginning(item, ITEM))
                        .close("a");
            }
            html.text(" ")
                    .element("span", Marks.beginning(problem.teller(), ITEM), "class", "mark none")
                    .close("p");
            html.element("p", Marks.beginning(problem.problem().message(), MESSAGE))
                    .close("li")
                    .line();
        }
        html.close("ul").line();
    }

    /** The entries that problems are about, by what they are called there. */
    private static Map<String, EntryKey> entries(FeedMoment moment, List<KnownProblem> problems) {
        Set<String> items = new HashSet<>();
        problems.forEach(problem -> items.add(problem.problem().item()));
        Map<String, EntryKey> entries = new HashMap<>();
        for (FeedEntry entry : moment.snapshot().entries()) {
            EntryKey key = entry.key();
            for (String name : List.of(entry.entry().origin().id(), key.toString(), key.importKey())) {
                if (items.contains(name)) {
                    entries.put(name, key);
                }
            }
        }
        return entries;
    }
}
