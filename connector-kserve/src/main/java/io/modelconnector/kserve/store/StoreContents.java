package io.modelconnector.kserve.store;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.internal.ConfigMapVersion;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a store knows: its ConfigMaps, and what is in none of them. Not thread-safe; one thread works on it. */
final class StoreContents {
    private final MapSeries<KeptEntry> entryMaps;
    private final MapSeries<KeptCard> cardMaps;
    private final Map<String, Remembered> memory = new HashMap<>();
    private Map<String, Card> cards = new HashMap<>();
    private long revision;
    private boolean lostMap;
    private boolean lostCompleteness;
    private boolean changedByOthers;
    private boolean vanished;

    StoreContents(StoreSettings settings) {
        this.entryMaps =
                new MapSeries<>(SeriesNames.ofEntries(settings.name()), settings.maxMapBytes(), KeptEntry::read);
        this.cardMaps = new MapSeries<>(SeriesNames.ofCards(settings.name()), settings.maxMapBytes(), KeptCard::read);
    }

    MapSeries<KeptEntry> entryMaps() {
        return entryMaps;
    }

    MapSeries<KeptCard> cardMaps() {
        return cardMaps;
    }

    /** Grows with each change. */
    long revision() {
        return revision + entryMaps.revision() + cardMaps.revision();
    }

    /** The entry of a key as it is now; null if there is none that can be read. */
    @Nullable
    StoredEntry entry(String key) {
        KeptEntry kept = kept(key);
        return kept == null ? null : kept.entry();
    }

    /** What is kept of a key, maybe damaged; null if nothing is. */
    @Nullable
    KeptEntry kept(String key) {
        Remembered remembered = memory.get(key);
        return remembered == null ? entryMaps.value(key) : remembered.kept();
    }

    /** The keys of all entries that can be read. */
    Set<String> keys() {
        Set<String> keys = new HashSet<>(memory.keySet());
        entryMaps.homes().byKey().forEach((key, map) -> {
            KeptEntry kept = map.values().get(key);
            if (kept != null && kept.entry() != null) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** The entries that are in no ConfigMap, or in none as they are now. */
    Map<String, Remembered> memory() {
        return Collections.unmodifiableMap(memory);
    }

    void remember(String key, Remembered remembered) {
        memory.put(key, remembered);
        revision++;
    }

    void forget(String key) {
        if (memory.remove(key) != null) {
            revision++;
        }
    }

    /** Whether it was ever said that what is there is everything. */
    boolean isComplete() {
        NumberedMap<KeptEntry> first = entryMaps.at(0);
        return lostCompleteness || (first.exists() && !first.isFilling());
    }

    /** All cards that are known, by card key. */
    Map<String, Card> cards() {
        return Collections.unmodifiableMap(cards);
    }

    void replaceCards(Map<String, Card> all) {
        if (!cards.equals(all)) {
            cards = new HashMap<>(all);
            revision++;
        }
    }

    /** The keys of the cards to which entries refer. */
    Set<String> referredCards() {
        Set<String> referred = new HashSet<>();
        for (String key : keys()) {
            StoredEntry entry = entry(key);
            StoredCard card = entry == null ? null : entry.card();
            if (card != null) {
                referred.add(card.key());
            }
        }
        return referred;
    }

    /** Whether a ConfigMap is gone whose content has to be put into another. */
    boolean isToBeRestored() {
        return lostMap;
    }

    void restored() {
        lostMap = false;
        lostCompleteness = false;
    }

    /** Whether another process changed something since this was last asked. */
    boolean takeChangedByOthers() {
        boolean news = changedByOthers;
        changedByOthers = false;
        return news;
    }

    /** Whether an entry went from a ConfigMap since this was last asked, and may have moved into another. */
    boolean takeVanished() {
        boolean news = vanished;
        vanished = false;
        return news;
    }

    /**
     * Takes a ConfigMap of entries as it was read.
     *
     * @param content null if there is none any more
     */
    void loadEntries(NumberedMap<KeptEntry> map, @Nullable MapContent<KeptEntry> content) {
        Map<String, KeptEntry> before = Map.copyOf(map.values());
        boolean gone = isGone(map, content);
        boolean completeBefore = isComplete();
        boolean fillingBefore = map.isFilling();
        entryMaps.load(map, content);
        changedByOthers |= fillingBefore != map.isFilling();
        if (gone) {
            lostMap = true;
            lostCompleteness |= completeBefore && !isComplete();
            before.forEach(this::rememberLost);
        } else {
            before.forEach(
                    (key, kept) -> forgetIfReplaced(key, kept, map.values().get(key)));
        }
        noteChanges(before, map.values());
    }

    /** Takes a ConfigMap of cards as it was read. */
    void loadCards(NumberedMap<KeptCard> map, @Nullable MapContent<KeptCard> content) {
        Map<String, KeptCard> before = Map.copyOf(map.values());
        lostMap |= isGone(map, content);
        cardMaps.load(map, content);
        map.values().values().forEach(kept -> {
            Card card = kept.card();
            if (card != null) {
                cards.merge(card.key(), card, (known, read) -> read.changed() >= known.changed() ? read : known);
            }
        });
        noteChanges(before, map.values());
    }

    /** Forgets what was lost with one ConfigMap and is in another. */
    void forgetFound() {
        memory.entrySet().removeIf(lost -> lost.getValue().problem() == null && entryMaps.value(lost.getKey()) != null);
    }

    /** Whether the ConfigMap that was known is not there any more; one of the same name may be. */
    private static boolean isGone(NumberedMap<?> map, @Nullable MapContent<?> content) {
        ConfigMapVersion known = map.version();
        if (known == null || (content != null && content.version().uid().equals(known.uid()))) {
            return false;
        }
        StoreLog.gone(map.name());
        return true;
    }

    private void rememberLost(String key, KeptEntry kept) {
        if (kept.entry() != null) {
            memory.putIfAbsent(key, new Remembered(kept, null));
        }
    }

    /** What another process wrote is newer than what we could not write. */
    private void forgetIfReplaced(String key, KeptEntry before, @Nullable KeptEntry now) {
        vanished |= now == null && entryMaps.value(key) == null;
        if (now == null || !now.sameAs(before)) {
            forget(key);
        }
    }

    private <V extends StoredValue<V>> void noteChanges(Map<String, V> before, Map<String, V> now) {
        changedByOthers |= !before.keySet().equals(now.keySet());
        before.forEach((key, value) -> {
            V other = now.get(key);
            changedByOthers |= other != null && !other.sameAs(value);
        });
    }

    /** Why an entry will not last; null if it will. */
    @Nullable
    Problem problem(String key) {
        Remembered remembered = memory.get(key);
        return remembered == null || remembered.problem() == null ? null : new Problem(key, remembered.problem());
    }
}
