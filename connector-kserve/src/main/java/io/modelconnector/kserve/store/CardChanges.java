package io.modelconnector.kserve.store;

import io.modelconnector.core.store.StoredCard;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which model cards are to be stored, and which are kept in memory only: when all together take too much, those go first
 * that did not change for the longest time. Used once, by one thread.
 */
final class CardChanges {
    /** So much more than what is stored is kept in memory, so that whoever sent a card need not send it again. */
    private static final int MEMORY_FACTOR = 4;

    private final StoreContents contents;
    private final StoreSettings settings;
    private final Map<String, Card> known = new HashMap<>();
    private final Map<String, Card> stored = new LinkedHashMap<>();

    private CardChanges(StoreContents contents, StoreSettings settings) {
        this.contents = contents;
        this.settings = settings;
    }

    /**
     * Decides.
     *
     * @param texts cards that came with entries
     * @param unreferred the keys of cards to which no entry refers any more
     */
    static CardChanges of(
            StoreContents contents, Map<String, StoredCard> texts, Set<String> unreferred, StoreSettings settings) {
        CardChanges changes = new CardChanges(contents, settings);
        changes.known.putAll(contents.cards());
        changes.take(texts);
        changes.known.keySet().removeAll(unreferred);
        changes.choose();
        return changes;
    }

    /** All cards, by card key. */
    Map<String, Card> known() {
        return known;
    }

    /** The values to write, by key in the ConfigMap. */
    Map<String, Put<KeptCard>> puts() {
        Map<String, Put<KeptCard>> puts = new LinkedHashMap<>();
        stored.forEach((key, card) -> {
            byte[] packed = card.packed();
            if (packed != null) {
                Put<KeptCard> put = KeptCard.put(card, packed);
                KeptCard before = contents.cardMaps().value(key);
                if (before == null || !put.value().sameAs(before)) {
                    puts.put(key, put);
                }
            }
        });
        return puts;
    }

    /** The keys in the ConfigMaps that are to be removed. What cannot be read stays. */
    Set<String> removed() {
        Set<String> removed = new HashSet<>();
        contents.cardMaps().homes().byKey().forEach((key, map) -> {
            KeptCard kept = map.values().get(key);
            if (kept != null && kept.card() != null && !stored.containsKey(key)) {
                removed.add(key);
            }
        });
        return removed;
    }

    private void take(Map<String, StoredCard> texts) {
        long now = settings.clock().millis();
        Set<String> referred = contents.referredCards();
        texts.forEach((key, card) -> {
            Card before = known.get(key);
            String markdown = card.markdown();
            boolean news = before == null || !before.digest().equals(card.digest());
            if (news && markdown != null && referred.contains(key)) {
                // Clocks differ, and are set back: what replaces a card has to look newer than it to every process.
                long changed = before == null ? now : Math.max(now, before.changed() + 1);
                known.put(key, Card.of(card, markdown, changed));
            }
        });
    }

    private void choose() {
        List<Card> newestFirst = known.values().stream()
                .sorted(Comparator.comparingLong(Card::changed).reversed().thenComparing(Card::key))
                .toList();
        long inMemory = 0;
        long inMaps = 0;
        boolean full = false;
        for (Card card : newestFirst) {
            if (inMemory + card.bytes() > (long) MEMORY_FACTOR * settings.maxCardBytes()) {
                known.put(card.key(), card.withoutText());
                continue;
            }
            inMemory += card.bytes();
            if (card.packed() != null && card.bytes() <= settings.maxMapBytes()) {
                full |= inMaps + card.bytes() > settings.maxCardBytes();
                if (!full) {
                    inMaps += card.bytes();
                    stored.put(Card.dataKey(card.key()), card);
                }
            }
        }
    }
}
