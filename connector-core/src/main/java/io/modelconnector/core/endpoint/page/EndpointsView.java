package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.format.FeedFormat;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What else there is to ask this server for, each with an example that leads somewhere. */
final class EndpointsView {
    private EndpointsView() {}

    /** Where the documentation site of an entry is. */
    static String site(EntryKey key) {
        return "/api/v1/repos/" + key;
    }

    static void write(
            Html html, FeedMoment moment, List<FeedFormat> formats, boolean hasSites, Map<String, URI> links) {
        html.element("h1", "Endpoints");
        html.element(
                "p",
                "What portals and scripts read. Everything has an ETag, and is compressed for whoever takes that.");
        List<FeedEntry> entries = moment.snapshot().entries();
        Optional<EntryKey> entry = entries.stream().map(FeedEntry::key).findFirst();
        html.open("ul", "class", "endpoints");
        endpoint(html, "/list", "The paths of all entries, as JSON.", Optional.of("/list"));
        for (FeedFormat format : formats) {
            endpoint(
                    html,
                    "/<segment>/<segment>/" + format.fileName(),
                    "An entry in the format " + format.name() + ".",
                    entry.map(key -> key.path(format.fileName())));
        }
        Optional<String> card = entries.stream()
                .map(each -> each.entry().card())
                .filter(Objects::nonNull)
                .map(CardVersion::reference)
                .map(reference -> TechDocsUrl.ofLocation(null, reference).text())
                .findFirst();
        endpoint(html, "/modelcard?key=<card key>", "A model card, as Markdown.", card);
        endpoint(
                html,
                "/modelcard?key=<card key>&raw=true",
                "A model card as its author wrote it.",
                card.map(path -> path + "&raw=true"));
        if (hasSites) {
            Optional<String> site = entry.map(EndpointsView::site);
            endpoint(
                    html,
                    "/api/v1/repos/<segment>/<segment>/git/commits/main",
                    "The revision of an entry's documentation site, as a Gitea has it.",
                    site.map(path -> path + "/git/commits/main"));
            endpoint(
                    html,
                    "/api/v1/repos/<segment>/<segment>/archive/main.tar.gz",
                    "The files of an entry's documentation site.",
                    site.map(path -> path + "/archive/main.tar.gz"));
        }
        html.close("ul").line();
        if (!links.isEmpty()) {
            html.element("h2", "Elsewhere").open("ul", "class", "endpoints");
            links.forEach((label, uri) -> html.open("li", "class", "box")
                    .open("p")
                    .element("a", label, "href", uri.toString())
                    .close("p")
                    .open("p")
                    .element("code", uri.toString())
                    .close("p")
                    .close("li"));
            html.close("ul").line();
        }
    }

    private static void endpoint(Html html, String pattern, String what, Optional<String> example) {
        html.open("li", "class", "box").open("p").element("code", "GET " + pattern);
        html.close("p").open("p").text(what);
        if (example.isPresent()) {
            String path = example.get();
            html.text(" Try ").element("a", path, "href", path.substring(1));
        }
        html.close("p").close("li").line();
    }
}
