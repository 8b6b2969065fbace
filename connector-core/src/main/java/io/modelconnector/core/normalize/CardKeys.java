package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who has which card key. The key joins a card's source, group and name without a separator, so that two cards may have
 * one; the first of them keeps it.
 */
final class CardKeys {
    private final Map<String, ModelCardReference> holders = new HashMap<>();

    private CardKeys() {}

    static CardKeys of(List<EntryFacts> entries) {
        CardKeys keys = new CardKeys();
        for (EntryFacts entry : entries) {
            CardVersion card = entry.card();
            if (card != null) {
                ModelCardReference reference = card.reference();
                keys.holders.merge(reference.key(), reference, (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
        }
        return keys;
    }

    /** The entry's card, unless another card has its key. */
    @Nullable
    CardVersion card(EntryFacts entry, Problems problems) {
        CardVersion card = entry.card();
        if (card == null) {
            return null;
        }
        ModelCardReference holder = holders.get(card.reference().key());
        if (holder == null || holder.equals(card.reference())) {
            return card;
        }
        problems.add(
                entry.identity().id(),
                "its model card " + card.reference() + " has the same key as the card " + holder
                        + ", so it is not published; rename one of the two where it comes from");
        return null;
    }
}
