package io.modelconnector.kserve.store;

import io.modelconnector.core.MalformedResponseException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of a value in the ConfigMaps of cards.
 *
 * @param card the card; null if the value is damaged
 * @param bytes the length of the value
 * @param damage what is wrong with the value; null if nothing is
 */
record KeptCard(@Nullable Card card, int bytes, @Nullable String damage) implements StoredValue<KeptCard> {
    /** Reads a value. One that makes no sense is kept as damaged. */
    static KeptCard read(String dataKey, byte[] packed) {
        try {
            Card card = Card.read(packed);
            if (!Card.dataKey(card.key()).equals(dataKey)) {
                return new KeptCard(null, packed.length, "it is stored under the key of another card");
            }
            return new KeptCard(card, packed.length, null);
        } catch (MalformedResponseException e) {
            return new KeptCard(null, packed.length, e.getMessage());
        }
    }

    /** Makes a value of a card. */
    static Put<KeptCard> put(Card card, byte[] packed) {
        return new Put<>(new KeptCard(card, packed.length, null), packed);
    }

    @Override
    public boolean isNewerThan(KeptCard other) {
        if (card == null || other.card == null) {
            return card != null;
        }
        return card.changed() > other.card.changed();
    }

    @Override
    public boolean sameAs(KeptCard other) {
        if (card == null || other.card == null) {
            return card == null && other.card == null && bytes == other.bytes;
        }
        return card.digest().equals(other.card.digest());
    }
}
