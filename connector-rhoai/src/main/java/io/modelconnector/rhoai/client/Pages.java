package io.modelconnector.rhoai.client;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks the pages of one list, guarded against a server that never ends. */
final class Pages<T> {
    private final Fetch<T> fetch;
    private final int limit;
    private final Set<String> tokens = new HashSet<>();
    private String next = "";
    private int read;
    private boolean repeated;
    private boolean absent;

    Pages(Fetch<T> fetch, int limit) {
        this.fetch = fetch;
        this.limit = limit;
    }

    /** Gets a page. */
    @FunctionalInterface
    interface Fetch<T> {
        /**
         * Gets a page.
         *
         * @param token its token; empty for the first one
         * @return the page; null if the server has no such list
         */
        @Nullable
        Page<T> page(String token) throws InterruptedException;
    }

    /** The next page; null after the last one, and where the server starts again or does not end. */
    @Nullable
    Page<T> next() throws InterruptedException {
        if (read > 0 && (next.isEmpty() || endless() != null)) {
            return null;
        }
        Page<T> page = fetch.page(next);
        read++;
        absent = page == null;
        next = page == null ? "" : page.next();
        repeated = !next.isEmpty() && !tokens.add(next);
        return page;
    }

    /** Whether the server has no such list. */
    boolean absent() {
        return absent;
    }

    /** Whether the page that came last is the last one. */
    boolean atEnd() {
        return next.isEmpty();
    }

    /** Why the list was given up before its end; null if it was not. */
    @Nullable
    String endless() {
        if (repeated) {
            return "page " + read + " has the page token of an earlier one";
        }
        return !next.isEmpty() && read >= limit ? "it has more than " + limit + " pages (maxPages)" : null;
    }
}
