package io.modelconnector.techdocs.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cards as pages of a site that is built and served, and the browser that opens them. */
final class RenderedCards implements AutoCloseable {
    static final Path TARGET = Path.of("target").toAbsolutePath();

    /** A page with neighbours and with what every page has, to tell the theme's doings from the card's. */
    private static final String INNOCENT = "nobody";

    private static final String INNOCENT_CARD = "# Nobody\n\n"
            + "Text.\n\n"
            + "## Part\n\n"
            + "- [x] done\n\n"
            + "```python\n"
            + "print(1)\n"
            + "```\n\n"
            + "| a | b |\n"
            + "|---|--:|\n"
            + "| 1 | 2 |\n";

    private final Chromium chromium;
    private final PageServer server;
    private final PageReport innocent;

    private RenderedCards(Chromium chromium, PageServer server) {
        this.chromium = chromium;
        this.server = server;
        this.innocent = chromium.open(server.address(MkDocs.page(INNOCENT)));
    }

    /** Builds a site of these cards, as they are. */
    static RenderedCards render(MkDocs mkDocs, Chromium chromium, String name, SortedMap<String, String> cards)
            throws IOException {
        SortedMap<String, String> pages = new TreeMap<>(cards);
        pages.put(INNOCENT, INNOCENT_CARD);
        PageServer server = new PageServer(mkDocs.build(TARGET, directory(mkDocs, name), pages));
        try {
            return new RenderedCards(chromium, server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Where a site is built. */
    static Path directory(MkDocs mkDocs, String name) {
        return TARGET.resolve("rendered").resolve(name + "-" + mkDocs.name().toLowerCase(Locale.ROOT));
    }

    /** Opens a card's page. */
    PageReport open(String card) {
        return chromium.open(server.address(MkDocs.page(card)));
    }

    /** Opens a card's page and keeps a picture of it. */
    PageReport photograph(String card, Path picture) {
        return chromium.photograph(server.address(MkDocs.page(card)), picture);
    }

    /** What a page that does nothing wrong does. */
    PageReport innocent() {
        return innocent;
    }

    @Override
    public void close() {
        server.close();
    }
}
