package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedProvenance;
import io.modelconnector.core.internal.WebUrl;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of an entry and of its server. */
final class EntryFacts {
    private static final int TEXT = 4000;
    private static final int MOST = 60;

    private EntryFacts() {}

    static void write(Html html, FeedMoment moment, FeedEntry feedEntry) {
        CatalogEntry entry = feedEntry.entry();
        Model model = entry.catalog().models().get(0);
        html.open("section", "aria-labelledby", "about").element("h2", "About", "id", "about");
        html.element("p", Marks.beginning(model.description(), TEXT));
        html.open("dl");
        fact(html, "Owner", model.owner());
        fact(html, "Lifecycle", model.lifecycle());
        fact(html, "License", model.license());
        fact(html, "Usage", model.usage());
        fact(html, "Ethics", model.ethics());
        fact(html, "Support", model.support());
        fact(html, "Training", model.training());
        place(html, "Documentation", model.howToUseUrl());
        place(html, "TechDocs", entry.techDocsUrl());
        place(html, "Artifact", model.artifactLocationUrl());
        tags(html, model.tags());
        annotations(html, model.annotations());
        origin(html, moment, feedEntry);
        html.close("dl").close("section").line();
        ModelServer server = entry.catalog().modelServer();
        if (server != null) {
            server(html, model, server);
        }
    }

    private static void server(Html html, Model model, ModelServer server) {
        html.open("section", "aria-labelledby", "server").element("h2", "Model server", "id", "server");
        html.open("dl");
        fact(html, "Name", server.name());
        ModelServerApi api = server.api();
        if (api != null) {
            place(html, "Address", api.url());
            fact(html, "API", api.type().wireName());
            if (WebUrl.isHttp(api.spec())) {
                place(html, "Definition", api.spec());
            }
        }
        Boolean authentication = server.authentication();
        fact(html, "Authentication", authentication == null ? null : authentication ? "required" : "not required");
        place(html, "Home page", server.homepageUrl());
        // Mostly the server has what the model has, which need not be read twice.
        fact(html, "Owner", server.owner().equals(model.owner()) ? null : server.owner());
        fact(html, "Lifecycle", server.lifecycle().equals(model.lifecycle()) ? null : server.lifecycle());
        fact(html, "Usage", Objects.equals(server.usage(), model.usage()) ? null : server.usage());
        if (!server.tags().equals(model.tags())) {
            tags(html, server.tags());
        }
        annotations(html, server.annotations());
        html.close("dl").close("section").line();
    }

    private static void origin(Html html, FeedMoment moment, FeedEntry feedEntry) {
        CatalogEntry entry = feedEntry.entry();
        Optional<FeedProvenance.Finding> finding = moment.finding(feedEntry);
        if (feedEntry.standsIn()) {
            fact(html, "Source", "The store, because no source shows it");
        } else {
            fact(
                    html,
                    "Source",
                    finding.map(found -> FeedMoment.teller(found.source(), found.part()))
                            .orElse(null));
        }
        fact(html, "Origin", entry.origin().id());
        fact(html, "Key", entry.key().toString());
        if (entry.lastUpdate() != null) {
            html.element("dt", "Last update").open("dd");
            Times.moment(html, entry.lastUpdate(), moment.at());
            html.close("dd");
        }
    }

    private static void fact(Html html, String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            html.element("dt", name)
                    .open("dd")
                    .name(Marks.beginning(text, TEXT))
                    .close("dd");
        }
    }

    /** Where something is: a link if a browser can go there. */
    private static void place(Html html, String name, @Nullable String url) {
        if (url == null || url.isBlank()) {
            return;
        }
        html.element("dt", name).open("dd");
        String text = Marks.beginning(url, TEXT);
        if (WebUrl.isHttp(url) && url.length() <= TEXT) {
            html.element("a", text, "href", url, "rel", "noopener noreferrer nofollow");
        } else {
            html.element("code", text);
        }
        html.close("dd");
    }

    private static void tags(Html html, List<String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        html.element("dt", "Tags").open("dd").open("ul", "class", "tags");
        tags.stream().limit(MOST).forEach(tag -> html.element("li", Marks.beginning(tag, 100)));
        html.close("ul");
        rest(html, tags.size());
        html.close("dd");
    }

    private static void annotations(Html html, Map<String, String> annotations) {
        if (annotations.isEmpty()) {
            return;
        }
        html.element("dt", "Annotations").open("dd").open("ul", "class", "plain");
        new TreeMap<>(annotations)
                .entrySet().stream()
                        .limit(MOST)
                        .forEach(each -> html.open("li")
                                .element("code", Marks.beginning(each.getKey(), 200))
                                .text(" ")
                                .name(Marks.beginning(each.getValue(), 500))
                                .close("li"));
        html.close("ul");
        rest(html, annotations.size());
        html.close("dd");
    }

    private static void rest(Html html, int count) {
        if (count > MOST) {
            html.text("and " + Numbers.text(count - MOST) + " more");
        }
    }
}
