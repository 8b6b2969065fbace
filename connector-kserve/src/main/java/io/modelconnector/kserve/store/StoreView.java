package io.modelconnector.kserve.store;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a store knew at one moment, for readers. Thread-safe. */
final class StoreView {
    private final Map<String, StoredEntry> entries;
    private final Map<String, Card> cards;
    private final boolean complete;
    private final List<Problem> problems;
    private final SortedMap<String, Long> bytes;
    private volatile @Nullable StoreListing listing;

    private StoreView(
            Map<String, StoredEntry> entries,
            Map<String, Card> cards,
            boolean complete,
            List<Problem> problems,
            SortedMap<String, Long> bytes) {
        this.entries = entries;
        this.cards = cards;
        this.complete = complete;
        this.problems = problems;
        this.bytes = bytes;
    }

    static StoreView of(StoreContents contents, StoreSettings settings) {
        Map<String, StoredEntry> entries = new HashMap<>();
        for (String key : contents.keys()) {
            StoredEntry entry = contents.entry(key);
            if (entry != null) {
                entries.put(key, entry);
            }
        }
        SortedMap<String, Long> bytes = new TreeMap<>();
        contents.entryMaps().maps().forEach(map -> addBytes(bytes, map));
        contents.cardMaps().maps().forEach(map -> addBytes(bytes, map));
        return new StoreView(
                entries,
                new HashMap<>(contents.cards()),
                contents.isComplete(),
                StoreProblems.of(contents, settings),
                bytes);
    }

    private static void addBytes(SortedMap<String, Long> bytes, NumberedMap<?> map) {
        if (map.exists()) {
            bytes.put(map.name(), map.used());
        }
    }

    /**
     * The listing.
     *
     * @param overdue whether to wait no longer for a key set, if there is anything
     */
    StoreListing listing(boolean overdue) {
        boolean counts = complete || (overdue && !entries.isEmpty());
        StoreListing known = listing;
        if (known == null || known.complete() != counts) {
            SortedMap<String, String> digests = new TreeMap<>();
            entries.forEach((key, entry) -> digests.put(key, digest(entry)));
            known = new StoreListing(digests, counts);
            listing = known;
        }
        return known;
    }

    /** An entry with the text of its card, if that is kept; null if there is none. */
    @Nullable
    StoredEntry entry(String key) {
        StoredEntry entry = entries.get(key);
        StoredCard card = entry == null ? null : entry.card();
        if (entry == null || card == null) {
            return entry;
        }
        Card kept = card(card);
        String markdown = kept == null ? null : kept.markdown();
        return markdown == null ? entry : entry.withCard(new StoredCard(card.key(), card.digest(), markdown));
    }

    List<Problem> problems() {
        return problems;
    }

    SortedMap<String, Long> bytes() {
        return bytes;
    }

    private String digest(StoredEntry entry) {
        StoredCard card = entry.card();
        boolean textKept = card != null && card(card) != null;
        return StoredEntry.digest(entry.key(), entry.body(), entry.type(), entry.lastUpdate(), card, textKept);
    }

    private @Nullable Card card(StoredCard wanted) {
        Card kept = cards.get(wanted.key());
        return kept != null && kept.digest().equals(wanted.digest()) ? kept : null;
    }
}
