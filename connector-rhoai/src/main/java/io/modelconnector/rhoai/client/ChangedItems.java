package io.modelconnector.rhoai.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sorts out what is new on pages that have the last changed items first. */
final class ChangedItems<T extends Listed> {
    private final KnownItems known;
    private final Predicate<? super T> relevant;
    private final Map<String, T> items = new LinkedHashMap<>();
    private final List<UnreadableItem> unreadable = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int unreadableSeen;
    private @Nullable Instant oldest;
    private boolean unsorted;
    private int onPage;
    private int newOnPage;

    ChangedItems(KnownItems known, Predicate<? super T> relevant) {
        this.known = known;
        this.relevant = relevant;
    }

    void page(List<ListItem<T>> page) {
        onPage = 0;
        newOnPage = 0;
        for (ListItem<T> item : page) {
            onPage++;
            if (item.read() != null) {
                add(item.read());
            } else if (item.unreadable() != null) {
                add(item.unreadable());
            }
        }
    }

    private void add(T item) {
        seen.add(item.id());
        Instant time = item.lastUpdate();
        if (time != null) {
            unsorted |= oldest != null && time.isAfter(oldest);
            oldest = time;
        }
        if (relevant.test(item) && !known.isKnown(item)) {
            newOnPage++;
            items.putIfAbsent(item.id(), item);
        }
    }

    private void add(UnreadableItem item) {
        unreadableSeen++;
        if (!known.isKnown(item)) {
            newOnPage++;
            unreadable.add(item);
        }
    }

    /** Whether everything on the last page is known, so that the next ones need not be looked at. */
    boolean pageIsKnown() {
        return onPage > 0 && newOnPage == 0;
    }

    /** Whether everything on the last page is new, so that there may be any number of changes. */
    boolean pageIsNew() {
        return onPage > 0 && newOnPage == onPage;
    }

    Changes<T> result(boolean toTheEnd) {
        boolean tooMany = !toTheEnd && (unsorted || !pageIsKnown());
        return new Changes<>(List.copyOf(items.values()), unreadable, seen.size() + unreadableSeen, toTheEnd, tooMany);
    }
}
