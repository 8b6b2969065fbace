package io.modelconnector.core.endpoint.page;

import java.util.List;
import java.util.function.IntFunction;

/**
 * One page of a long list.
 *
 * @param page which one, from 1 on
 * @param pages how many there are, at least 1
 * @param total how many items there are on all of them
 */
record Paging(int page, int pages, int total) {
    /** How many items a page has: enough to scroll through, few enough to be painted at once. */
    static final int SIZE = 50;

    /** The page that was asked for, or the last one if there are not so many. */
    static Paging of(int asked, int total) {
        int pages = Math.max(1, (total + SIZE - 1) / SIZE);
        return new Paging(Math.min(Math.max(1, asked), pages), pages, total);
    }

    <T> List<T> of(List<T> all) {
        int from = (page - 1) * SIZE;
        return all.subList(from, Math.min(from + SIZE, all.size()));
    }

    /** Which items of how many are shown, in words. */
    String words(String one, String several) {
        String all = Numbers.count(total, one, several);
        if (pages == 1) {
            return total == 0 ? "No " + several : all;
        }
        int from = (page - 1) * SIZE;
        return all + ", " + Numbers.text(from + 1) + " to " + Numbers.text(Math.min(from + SIZE, total)) + " shown";
    }

    /** Writes the links to the other pages, if there are any. */
    void links(Html html, IntFunction<String> link) {
        if (pages == 1) {
            return;
        }
        html.open("nav", "class", "pages", "aria-label", "Pages");
        link(html, link, page - 1, "prev", "← Previous");
        html.element("span", "Page " + Numbers.text(page) + " of " + Numbers.text(pages));
        link(html, link, page + 1, "next", "Next →");
        html.close("nav").line();
    }

    private void link(Html html, IntFunction<String> link, int to, String relation, String text) {
        if (to < 1 || to > pages) {
            html.element("span", text, "class", "off", "aria-hidden", "true");
        } else {
            html.element("a", text, "href", link.apply(to), "rel", relation);
        }
    }
}
