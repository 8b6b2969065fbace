package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConnectorException;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of a catalog page by page. The first pages have 100 items; later ones more, so that few requests read a long
 * list; after one that cannot be had they have 100 again. Used once.
 */
final class CatalogWalk<T> {
    private static final int FIRST_PAGE = 100;
    private static final int FIRST_PAGES = 2;
    private static final int LARGEST_PAGE = 500;

    private final Upstream upstream;
    private final HttpUrl list;
    private final String doing;
    private final Page.ItemsReader<T> reader;
    private int size = FIRST_PAGE;
    private int largest = LARGEST_PAGE;
    private int asked;
    private int pagesRead;
    private boolean atEnd;

    /**
     * A walk.
     *
     * @param list the list, with all of the query but paging. Its order is the server's: pages in that of names may repeat
     */
    CatalogWalk(Upstream upstream, HttpUrl list, String doing, Page.ItemsReader<T> reader) {
        this.upstream = upstream;
        this.list = list;
        this.doing = doing;
        this.reader = reader;
    }

    /** Whether to go on after a page. */
    @FunctionalInterface
    interface Wanted {
        boolean more();
    }

    /**
     * Reads the list.
     *
     * @param maxItems after how many items to stop
     * @param taker takes the items of each page, on the calling thread
     * @return false if the server wants to be asked otherwise, as older ones that need a source
     * @throws ConnectorException if a page cannot be read; what was taken before that counts
     */
    boolean read(int maxItems, Wanted wanted, Consumer<List<T>> taker) throws InterruptedException {
        Pages<T> pages = new Pages<>(this::page, upstream.settings().maxPages());
        for (Page<T> page = pages.next(); page != null; page = pages.next()) {
            taker.accept(page.items());
            atEnd = pages.atEnd();
            if (asked >= maxItems || !wanted.more()) {
                return true;
            }
        }
        return !pages.absent();
    }

    /** Whether the list was read to its end. A list that starts again has none. */
    boolean atEnd() {
        return atEnd;
    }

    private @Nullable Page<T> page(String token) throws InterruptedException {
        if (pagesRead >= FIRST_PAGES) {
            size = Math.min(2 * size, largest);
        }
        Page<T> page;
        try {
            page = request(token);
        } catch (ConnectorException e) {
            if (size == FIRST_PAGE) {
                throw e;
            }
            // It may have been too long, or taken too long.
            size = FIRST_PAGE;
            largest = FIRST_PAGE;
            page = request(token);
        }
        asked += size;
        pagesRead++;
        return page;
    }

    private @Nullable Page<T> request(String token) throws InterruptedException {
        HttpUrl.Builder page = list.newBuilder().addQueryParameter("pageSize", Integer.toString(size));
        if (!token.isEmpty()) {
            page.addQueryParameter("nextPageToken", token);
        }
        Target target = new Target(page.build(), doing);
        return upstream.run(exchange ->
                        exchange.find(target, status -> status == 400 || status == 422, Page.reader(reader)))
                .orElse(null);
    }
}
