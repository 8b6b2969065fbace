package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.feed.FeedHealth;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.feed.PartHealth;
import io.modelconnector.core.feed.SourceHealth;
import io.modelconnector.core.feed.StoreHealth;
import io.modelconnector.core.source.SourcePart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each source is, when it was read, and what to do where it could not be; and the store, if there is one. */
final class SourcesView {
    private static final int NAME = 200;
    private static final int MESSAGE = 1000;
    private static final int MOST_PARTS = 200;

    private SourcesView() {}

    static void write(Html html, FeedMoment moment) {
        FeedHealth health = moment.health();
        html.element("h1", "Sources");
        failure(html, health.failure());
        int parts = MOST_PARTS;
        for (SourceHealth source : health.sources()) {
            source(html, moment, source, parts);
            parts -= Math.min(parts, source.parts().size());
        }
        if (health.store() != null) {
            store(html, moment, health.store());
        }
    }

    private static void source(Html html, FeedMoment moment, SourceHealth source, int most) {
        html.open("section", "class", "box").open("h2").name(Marks.beginning(source.source(), NAME));
        html.text(" ");
        Marks.status(html, source.status());
        html.close("h2");
        advice(html, source.status());
        failure(html, source.failure());
        List<PartHealth> parts = source.parts();
        if (!parts.isEmpty()) {
            table(html, moment, source, parts.subList(0, Math.min(most, parts.size())));
        }
        if (parts.size() > most) {
            html.element("p", "and " + Numbers.text(parts.size() - most) + " more parts");
        }
        html.close("section").line();
    }

    private static void advice(Html html, HealthStatus status) {
        String advice = switch (status) {
            case UP -> "";
            case UNKNOWN -> "No read has ended yet.";
            case STALE ->
                "What was read before is still served, and reading is tried again by itself. If that lasts, mend what the"
                        + " failure below names.";
            case DOWN ->
                "Nothing is served of what could never be read. Reading is tried again by itself; check the address, the"
                        + " network and the access that the failure below names.";
        };
        if (!advice.isEmpty()) {
            html.element("p", advice);
        }
    }

    private static void failure(Html html, @Nullable String failure) {
        if (failure != null) {
            html.open("p", "class", "failure")
                    .text(Marks.beginning(failure, MESSAGE))
                    .close("p");
        }
    }

    private static void table(Html html, FeedMoment moment, SourceHealth source, List<PartHealth> parts) {
        html.open("table", "class", "parts", "role", "table")
                .open("caption", "class", "unseen")
                .text("The parts of " + Marks.beginning(source.source(), NAME))
                .close("caption")
                .open("thead", "role", "rowgroup")
                .open("tr", "role", "row");
        for (String column : List.of("Part", "Status", "Last complete read", "Registered", "Served", "Problems")) {
            html.element("th", column, "scope", "col", "role", "columnheader");
        }
        html.close("tr").close("thead").open("tbody", "role", "rowgroup").line();
        for (PartHealth part : parts) {
            html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
            html.name(Marks.beginning(part.name().equals(SourcePart.ONLY) ? "All of it" : part.name(), NAME));
            if (part.failure() != null) {
                html.open("p", "class", "failure")
                        .text(Marks.beginning(part.failure(), MESSAGE))
                        .close("p");
            }
            html.close("th").open("td", "role", "cell");
            Marks.status(html, part.status());
            html.close("td").open("td", "role", "cell");
            html.element("span", "Last complete read ", "class", "only-narrow");
            if (part.lastCompleteRead() == null) {
                html.text("never");
            } else {
                Times.moment(html, part.lastCompleteRead(), moment.at());
            }
            html.close("td");
            number(html, "Registered", part.modelVersions());
            number(html, "Served", part.servedModels());
            number(html, "Problems", part.problems().size());
            html.close("tr").line();
        }
        html.close("tbody").close("table");
    }

    private static void number(Html html, String label, int number) {
        html.open("td", "role", "cell", "class", "number")
                .element("span", label + " ", "class", "only-narrow")
                .text(Numbers.text(number))
                .close("td");
    }

    private static void store(Html html, FeedMoment moment, StoreHealth store) {
        html.open("section", "class", "box").open("h2").text("Store ");
        Marks.status(html, store.status());
        html.close("h2");
        html.element("p", "Where the feed is kept for a restart, and for other processes.");
        failure(html, store.failure());
        html.open("dl").element("dt", "Last in step").open("dd");
        if (store.lastSuccess() == null) {
            html.text("never");
        } else {
            Times.moment(html, store.lastSuccess(), moment.at());
        }
        html.close("dd");
        html.element("dt", "Waiting to be written").element("dd", Numbers.text(store.waiting()));
        html.element("dt", "Standing in for sources").element("dd", Numbers.text(store.standingIn()));
        html.element("dt", "Problems")
                .element("dd", Numbers.text(store.problems().size()));
        html.close("dl").close("section").line();
    }
}
