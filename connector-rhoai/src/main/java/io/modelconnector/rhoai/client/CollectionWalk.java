package io.modelconnector.rhoai.client;

import io.modelconnector.core.MalformedResponseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads a collection of a registry page by page. By id where it is read to its end, because the servers' page tokens skip
 * items of equal times; a page asks for 1,000, of which older servers give 100.
 */
final class CollectionWalk<T extends Listed> {
    private static final int SWEEP_PAGE = 1000;
    private static final int CHANGES_PAGE = 100;
    private static final int CHANGES_PAGES = 10;
    /** For lists of which a page is longer than an answer may be. */
    private static final int SMALL_PAGE = 50;
    /** A list that goes on for ever must not fill the memory of everybody else. */
    private static final int MAX_ITEMS = 200_000;

    private final Exchange exchange;
    private final Upstream upstream;
    private final ItemKind<T> kind;
    private final HttpUrl url;
    private final boolean optional;
    private final Predicate<? super T> relevant;

    /**
     * A walk.
     *
     * @param url the list, with all of the query but paging and order, which stay the same on each page
     * @param optional whether the server may have no such list, as older ones
     * @param relevant which items count; older servers ignore filters
     */
    CollectionWalk(
            Exchange exchange,
            Upstream upstream,
            ItemKind<T> kind,
            HttpUrl url,
            boolean optional,
            Predicate<? super T> relevant) {
        this.exchange = exchange;
        this.upstream = upstream;
        this.kind = kind;
        this.url = url;
        this.optional = optional;
        this.relevant = relevant;
    }

    /** All items; nothing if the server has no such list. */
    Optional<Listing<T>> toTheEnd() throws InterruptedException {
        Pages<ListItem<T>> pages =
                pages("ID", "ASC", SWEEP_PAGE, upstream.settings().maxPages());
        Map<String, T> items = new LinkedHashMap<>();
        List<UnreadableItem> unreadable = new ArrayList<>();
        for (Page<ListItem<T>> page = pages.next(); page != null; page = pages.next()) {
            int before = items.size() + unreadable.size();
            for (ListItem<T> item : page.items()) {
                if (item.read() != null) {
                    items.put(item.read().id(), item.read());
                } else if (item.unreadable() != null) {
                    unreadable.add(item.unreadable());
                }
            }
            if (before == items.size() + unreadable.size() && !page.items().isEmpty() && !pages.atEnd()) {
                throw givenUp("a page has only items of earlier ones");
            }
            if (items.size() + unreadable.size() > MAX_ITEMS) {
                throw givenUp("it has more than " + MAX_ITEMS + " items");
            }
        }
        if (pages.absent()) {
            return Optional.empty();
        }
        String endless = pages.endless();
        if (endless != null) {
            throw givenUp(endless);
        }
        items.values().removeIf(item -> !relevant.test(item));
        return Optional.of(new Listing<>(List.copyOf(items.values()), unreadable));
    }

    /** The items that changed last, up to a page of which all are known; nothing if the server has no such list. */
    Optional<Changes<T>> untilKnown(KnownItems known) throws InterruptedException {
        Pages<ListItem<T>> pages = pages("LAST_UPDATE_TIME", "DESC", CHANGES_PAGE, CHANGES_PAGES);
        ChangedItems<T> changed = new ChangedItems<>(known, relevant);
        for (Page<ListItem<T>> page = pages.next(); page != null; page = pages.next()) {
            changed.page(page.items());
            if (changed.pageIsKnown() || changed.pageIsNew()) {
                break;
            }
        }
        return pages.absent() ? Optional.empty() : Optional.of(changed.result(pages.atEnd()));
    }

    private Pages<ListItem<T>> pages(String orderBy, String sortOrder, int size, int limit) {
        AtomicInteger pageSize = new AtomicInteger(size);
        return new Pages<>(
                token -> {
                    try {
                        return page(orderBy, sortOrder, pageSize.get(), token);
                    } catch (MalformedResponseException e) {
                        if (!(e.getCause() instanceof TooLongBodyException) || pageSize.get() == SMALL_PAGE) {
                            throw e;
                        }
                        // Readmes make long pages: with fewer items they fit.
                        pageSize.set(SMALL_PAGE);
                        return page(orderBy, sortOrder, SMALL_PAGE, token);
                    }
                },
                limit);
    }

    private @Nullable Page<ListItem<T>> page(String orderBy, String sortOrder, int size, String token)
            throws InterruptedException {
        HttpUrl.Builder page = url.newBuilder()
                .addQueryParameter("pageSize", Integer.toString(size))
                .addQueryParameter("orderBy", orderBy)
                .addQueryParameter("sortOrder", sortOrder);
        if (!token.isEmpty()) {
            page.addQueryParameter("nextPageToken", token);
        }
        return exchange.find(
                        target(page.build()), this::isAbsence, Page.reader(parser -> ListItem.readAll(parser, kind)))
                .orElse(null);
    }

    private boolean isAbsence(int status) {
        return optional && (status == 404 || status == 405 || status == 501);
    }

    private Target target(HttpUrl page) {
        return new Target(page, "listing " + kind.path());
    }

    private MalformedResponseException givenUp(String reason) {
        return new MalformedResponseException("listing " + kind.path() + " of " + upstream.label() + " at "
                + target(url).address() + " was given up: " + reason + "; its paging has to be repaired");
    }
}
