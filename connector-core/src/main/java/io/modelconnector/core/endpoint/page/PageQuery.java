package io.modelconnector.core.endpoint.page;

import java.util.Locale;
import java.util.Map;

/** What of the page is asked for. Immutable; equal ones are answered alike. */
sealed interface PageQuery {
    /** The list of the entries. */
    record Models(EntryFilter filter) implements PageQuery {}

    /** One entry, by the two segments of its key, joined by a slash. */
    record Entry(String location) implements PageQuery {}

    /** The sources and the store. */
    record Sources() implements PageQuery {}

    /** The problems that have all the words in them. */
    record Problems(SearchWords words, int page) implements PageQuery {}

    /** What else there is to ask this server for. */
    record Endpoints() implements PageQuery {}

    /** Reads parameters. What makes no sense is as if it were not there: a link that somebody mistyped still shows the feed. */
    static PageQuery of(Map<String, String> parameters) {
        String entry = parameters.get("entry");
        if (entry != null) {
            return new Entry(entry);
        }
        return switch (parameters.getOrDefault("view", "").toLowerCase(Locale.ROOT)) {
            case "sources" -> new Sources();
            case "problems" -> new Problems(SearchWords.of(parameters.getOrDefault("q", "")), page(parameters));
            case "endpoints" -> new Endpoints();
            default -> new Models(EntryFilter.of(parameters));
        };
    }

    /** The number of the page that is asked for; the first one without a number. */
    static int page(Map<String, String> parameters) {
        String page = parameters.getOrDefault("page", "");
        return page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
    }
}
