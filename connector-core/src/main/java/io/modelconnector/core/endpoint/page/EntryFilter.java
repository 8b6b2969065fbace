package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedProvenance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are to be shown, and in which order.
 *
 * @param words what has to be in them
 * @param source the name of the source that they come from; empty for any
 * @param show which kind of them
 * @param newestFirst whether they are ordered by their last update, not by their key
 * @param page which page of them
 */
record EntryFilter(SearchWords words, String source, Show show, boolean newestFirst, int page) {

    /** Kinds of entries that one looks for. */
    enum Show {
        ALL("All models"),
        SERVED("Served"),
        UNSERVED("Not served"),
        CARD("With a model card"),
        STALE("Stale"),
        PROBLEMS("With problems");

        private final String label;

        Show(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** How it is called in a link. */
        String parameter() {
            return this == ALL ? "" : name().toLowerCase(Locale.ROOT);
        }
    }

    static EntryFilter of(Map<String, String> parameters) {
        String show = parameters.getOrDefault("show", "");
        return new EntryFilter(
                SearchWords.of(parameters.getOrDefault("q", "")),
                parameters.getOrDefault("source", ""),
                Arrays.stream(Show.values())
                        .filter(each -> each.parameter().equals(show))
                        .findFirst()
                        .orElse(Show.ALL),
                parameters.getOrDefault("sort", "").equals("updated"),
                PageQuery.page(parameters));
    }

    /** Whether nothing is left out. */
    boolean isEmpty() {
        return words.isEmpty() && source.isEmpty() && show == Show.ALL;
    }

    List<FeedEntry> apply(FeedMoment moment) {
        List<FeedEntry> all = moment.snapshot().entries();
        List<FeedEntry> found = isEmpty()
                ? all
                : all.stream().filter(entry -> matches(entry, moment)).toList();
        return newestFirst
                ? found.stream()
                        .sorted(Comparator.comparing(EntryFilter::updated).reversed())
                        .toList()
                : found;
    }

    /** The link to the same entries, on a page or in an order. */
    String link(int toPage, boolean byUpdate) {
        StringBuilder link = new StringBuilder("?");
        append(link, "q", words.text());
        append(link, "source", source);
        append(link, "show", show.parameter());
        append(link, "sort", byUpdate ? "updated" : "");
        append(link, "page", toPage == 1 ? "" : Integer.toString(toPage));
        return link.length() == 1 ? "./" : link.toString();
    }

    private static void append(StringBuilder link, String name, String value) {
        if (!value.isEmpty()) {
            link.append(link.length() == 1 ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static Instant updated(FeedEntry entry) {
        Instant update = entry.entry().lastUpdate();
        return update == null ? Instant.MIN : update;
    }

    private boolean matches(FeedEntry entry, FeedMoment moment) {
        boolean shown = switch (show) {
            case ALL -> true;
            case SERVED -> entry.entry().catalog().modelServer() != null;
            case UNSERVED -> entry.entry().catalog().modelServer() == null;
            case CARD -> entry.entry().card() != null;
            case STALE -> moment.stale(entry);
            case PROBLEMS -> !moment.problems(entry).isEmpty();
        };
        return shown && isOf(entry, moment) && words.match(word -> has(entry.entry(), word));
    }

    private boolean isOf(FeedEntry entry, FeedMoment moment) {
        return source.isEmpty()
                || moment.finding(entry)
                        .map(FeedProvenance.Finding::source)
                        .filter(source::equals)
                        .isPresent();
    }

    private static boolean has(CatalogEntry entry, String word) {
        ModelServer server = entry.catalog().modelServer();
        return SearchWords.in(entry.key().toString(), word)
                || SearchWords.in(entry.origin().id(), word)
                || entry.catalog().models().stream().anyMatch(model -> has(model, word))
                || (server != null && (SearchWords.in(server.name(), word) || any(server.tags(), word)));
    }

    private static boolean has(Model model, String word) {
        return SearchWords.in(model.name(), word)
                || SearchWords.in(model.owner(), word)
                || SearchWords.in(model.lifecycle(), word)
                || has(model.license(), word)
                || any(model.tags(), word)
                || SearchWords.in(model.description(), word);
    }

    private static boolean has(@Nullable String text, String word) {
        return text != null && SearchWords.in(text, word);
    }

    private static boolean any(List<String> texts, String word) {
        return texts.stream().anyMatch(text -> SearchWords.in(text, word));
    }
}
