package io.modelconnector.core.endpoint;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a replica, those that have just left among them. Reads need no lock; only who holds the replica's lock
 * may call what is marked as a change.
 */
final class ReplicaEntries {
    private final long grace;
    private final LongSupplier nanoTime;

    private final Map<String, Place> byLocation = new ConcurrentHashMap<>();
    private final NavigableSet<EntryKey> listed = new ConcurrentSkipListSet<>();
    private final ReplicaCards cards = new ReplicaCards();
    private final AtomicLong version = new AtomicLong();
    private volatile int size;
    private volatile @Nullable Place oldestDeparture;

    // Changes only.
    private final Map<String, Place> byImportKey = new HashMap<>();
    private final Queue<Place> departures = new ArrayDeque<>();

    /**
     * Makes it, empty.
     *
     * @param grace for how many nanoseconds an entry that has left can be read
     */
    ReplicaEntries(long grace, LongSupplier nanoTime) {
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    /** Finds what can be read at a location. */
    Optional<Payload> payload(String location) {
        Place place = byLocation.get(location);
        return place == null || hasEnded(place) ? Optional.empty() : Optional.of(place.entry.body());
    }

    /** Finds the text of a model card. */
    Optional<Payload> card(String cardKey) {
        return cards.text(cardKey);
    }

    /** The digest of a model card that an entry has; empty where the card was never seen. */
    Optional<String> cardDigest(String cardKey) {
        return cards.digest(cardKey);
    }

    /** The keys of the entries that have not left, in order; a live view. */
    Collection<EntryKey> listed() {
        return listed;
    }

    /** Changes whenever what is listed does. */
    long version() {
        return version.get();
    }

    int size() {
        return size;
    }

    /** Whether there is an entry for {@link #forgetDeparted()}. */
    boolean hasDeparted() {
        Place oldest = oldestDeparture;
        return oldest != null && hasEnded(oldest);
    }

    /** The digest of an entry, as a store has it. */
    String digest(StoredEntry entry) {
        StoredCard card = entry.card();
        boolean textKept = card != null && cards.keeps(card);
        return StoredEntry.digest(entry.key(), entry.body(), entry.type(), entry.lastUpdate(), card, textKept);
    }

    /** Called with the lock: the entries that have not left, without the texts of their cards. */
    List<StoredEntry> entries() {
        return byImportKey.values().stream().map(place -> place.entry).toList();
    }

    /** A change: takes an entry. Returns whether it is different from what was there. */
    boolean put(StoredEntry entry) {
        EntryKey key = entry.key();
        StoredCard card = entry.card();
        Place before = byImportKey.get(key.importKey());
        Place after = new Place(entry.withCard(card == null ? null : cards.keep(card)), false, 0);
        if (before != null && same(before.entry, after.entry)) {
            cards.release(after.entry.card());
            return false;
        }
        byImportKey.put(key.importKey(), after);
        // What is listed can be read: an entry comes before it is listed, and goes after it was.
        byLocation.put(key.toString(), after);
        if (before != null && before.entry.key().equals(key)) {
            cards.release(before.entry.card());
            return true;
        }
        listed.add(key);
        if (before != null) {
            depart(before);
        }
        listChanged();
        return true;
    }

    /** A change: drops an entry. Returns whether it was there. */
    boolean remove(String importKey) {
        Place before = byImportKey.remove(importKey);
        if (before == null) {
            return false;
        }
        depart(before);
        listChanged();
        return true;
    }

    /** A change: forgets the entries that have left and can no longer be read. */
    void forgetDeparted() {
        Place oldest = departures.peek();
        while (oldest != null && hasEnded(oldest)) {
            departures.remove();
            // It may have come back meanwhile, as another one.
            byLocation.remove(oldest.location(), oldest);
            cards.release(oldest.entry.card());
            oldest = departures.peek();
        }
        oldestDeparture = oldest;
    }

    private void depart(Place place) {
        listed.remove(place.entry.key());
        Place departed = new Place(place.entry, true, nanoTime.getAsLong() + grace);
        byLocation.put(departed.location(), departed);
        departures.add(departed);
        forgetDeparted();
    }

    private void listChanged() {
        size = byImportKey.size();
        version.incrementAndGet();
    }

    private boolean hasEnded(Place place) {
        return place.departed && nanoTime.getAsLong() - place.end >= 0;
    }

    private static boolean same(StoredEntry one, StoredEntry other) {
        return one.key().equals(other.key())
                && one.body().etag().equals(other.body().etag())
                && one.type().equals(other.type())
                && Objects.equals(one.lastUpdate(), other.lastUpdate())
                && Objects.equals(one.card(), other.card());
    }

    /** Where an entry is read; one that left and came back is at another place. The entry's card is without text. */
    private static final class Place {
        private final StoredEntry entry;
        private final boolean departed;
        private final long end;

        Place(StoredEntry entry, boolean departed, long end) {
            this.entry = entry;
            this.departed = departed;
            this.end = end;
        }

        String location() {
            return entry.key().toString();
        }
    }
}
