package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.feed.FeedHealth;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.format.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/** What all views have in common: head, navigation, style and script, all of it in the document itself. */
final class PageLayout {
    private static final String STYLE = resource("page.css");
    private static final String SCRIPT = resource("page.js");
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                    + "%3Crect width='16' height='16' rx='4' fill='%230b5cad'/%3E"
                    + "%3Cpath d='M4 5h8M4 8h8M4 11h5' stroke='%23fff' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

    /** Nothing is loaded or run but what is in the document; whatever a card or a name may try, the browser refuses it. */
    private static final String POLICY = "default-src 'none'; style-src '" + hash(STYLE) + "'; script-src '"
            + hash(SCRIPT) + "'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";

    /** The headers that every view needs. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-cache");

    /** The views that one can go to from everywhere. */
    enum Tab {
        MODELS("Models", "./"),
        SOURCES("Sources", "?view=sources"),
        PROBLEMS("Problems", "?view=problems"),
        ENDPOINTS("Endpoints", "?view=endpoints");

        private final String label;
        private final String link;

        Tab(String label, String link) {
            this.label = label;
            this.link = link;
        }
    }

    private final String title;

    /**
     * Makes the layout of a page.
     *
     * @param title what the feed is called
     */
    PageLayout(String title) {
        this.title = title;
    }

    /**
     * Writes a document.
     *
     * @param tab the view that it is; an entry belongs to the models
     * @param heading its title, which is its first heading as well
     * @param isTab whether it is that view itself, not something below it
     * @param main writes what comes below that heading
     */
    Payload document(FeedMoment moment, Tab tab, String heading, boolean isTab, Consumer<Html> main) {
        Html html = new Html();
        head(html, heading);
        html.open("body").element("a", "Skip to the content", "class", "skip", "href", "#main");
        header(html, moment, tab, isTab);
        html.open("main", "id", "main", "tabindex", "-1").line();
        main.accept(html);
        html.close("main").line();
        footer(html, moment);
        html.open("script")
                .trusted(SCRIPT)
                .close("script")
                .close("body")
                .close("html")
                .line();
        return Payload.of(html.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void head(Html html, String heading) {
        html.trusted("<!DOCTYPE html>\n")
                .open("html", "lang", "en")
                .open("head")
                .open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open("meta", "name", "color-scheme", "content", "light dark")
                .open("meta", "name", "robots", "content", "noindex")
                .element("title", Marks.beginning(heading, 200) + " – " + title)
                .open("link", "rel", "icon", "href", ICON)
                .open("style")
                .trusted(STYLE)
                .close("style")
                .close("head")
                .line();
    }

    private void header(Html html, FeedMoment moment, Tab current, boolean isTab) {
        html.open("header", "class", "top").open("div", "class", "wide bar");
        html.element("a", title, "class", "home", "href", "./");
        html.open("nav", "aria-label", "Views").open("ul");
        for (Tab tab : Tab.values()) {
            html.open("li");
            if (tab != current) {
                html.open("a", "href", tab.link);
            } else {
                // An entry's view is below the models, but not the list itself.
                html.open("a", "href", tab.link, "aria-current", isTab ? "page" : "true");
            }
            html.text(tab.label);
            int count = count(tab, moment);
            if (count > 0) {
                html.text(" ").element("span", Numbers.text(count), "class", "count");
            }
            html.close("a").close("li");
        }
        html.close("ul").close("nav");
        overall(html, moment.health());
        html.close("div").close("header").line();
    }

    private static int count(Tab tab, FeedMoment moment) {
        return switch (tab) {
            case MODELS -> moment.snapshot().entries().size();
            case SOURCES -> moment.health().sources().size();
            case PROBLEMS -> moment.problems().size();
            case ENDPOINTS -> 0;
        };
    }

    private static void overall(Html html, FeedHealth health) {
        html.open("p", "class", "overall");
        boolean lacking = health.failure() != null
                || health.sources().stream().anyMatch(source -> source.status() == HealthStatus.DOWN);
        if (!health.published()) {
            Marks.mark(html, "none", "…", "Not published yet");
        } else if (lacking) {
            Marks.mark(html, "bad", "✕", "Incomplete");
        } else if (health.degraded()) {
            Marks.mark(html, "warn", "▲", "Partly stale");
        } else {
            Marks.mark(html, "good", "✓", "Up to date");
        }
        html.close("p");
    }

    private static void footer(Html html, FeedMoment moment) {
        html.open("footer", "class", "wide").open("p").text("As of ");
        Times.moment(html, moment.at().truncatedTo(ChronoUnit.MINUTES));
        html.text(". ")
                .element("a", "Reload", "href", "")
                .close("p")
                .close("footer")
                .line();
    }

    private static String resource(String name) {
        try (InputStream resource = PageLayout.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the library lacks its resource " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the library's resource " + name + " cannot be read", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
