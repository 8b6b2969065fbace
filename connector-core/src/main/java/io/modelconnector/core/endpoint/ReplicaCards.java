package io.modelconnector.core.endpoint;

import io.modelconnector.core.format.Payload;
import io.modelconnector.core.store.StoredCard;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The model cards of a replica's entries, each as long as an entry has it. Reads need no lock; whoever keeps and releases
 * holds the replica's.
 */
final class ReplicaCards {
    private final Map<String, Card> cards = new ConcurrentHashMap<>();

    private record Card(String digest, @Nullable Payload text, int users) {
        Card usedBy(int other) {
            return new Card(digest, text, other);
        }
    }

    /** Finds the text of a card. */
    Optional<Payload> text(String key) {
        Card card = cards.get(key);
        return card == null ? Optional.empty() : Optional.ofNullable(card.text());
    }

    /** The digest of a card that an entry has. */
    Optional<String> digest(String key) {
        return Optional.ofNullable(cards.get(key)).map(Card::digest);
    }

    /** Whether the text of a card is the one that its digest says. */
    boolean keeps(StoredCard card) {
        Card known = cards.get(card.key());
        return known != null && known.text() != null && known.digest().equals(card.digest());
    }

    /**
     * Takes a card that one more entry has. Without a text, the one that is known stays.
     *
     * @return the card without its text, but with its digest where that is known
     */
    StoredCard keep(StoredCard card) {
        Card known = cards.getOrDefault(card.key(), new Card("", null, 0));
        String markdown = card.markdown();
        if (markdown != null && (known.text() == null || !known.digest().equals(card.digest()))) {
            known = new Card(card.digest(), Payload.of(markdown.getBytes(StandardCharsets.UTF_8)), known.users());
        }
        cards.put(card.key(), known.usedBy(known.users() + 1));
        String digest = card.digest().isEmpty() ? known.digest() : card.digest();
        return new StoredCard(card.key(), digest, null);
    }

    /** Gives up a card that one entry less has. */
    void release(@Nullable StoredCard card) {
        if (card != null) {
            cards.computeIfPresent(
                    card.key(), (key, known) -> known.users() == 1 ? null : known.usedBy(known.users() - 1));
        }
    }
}
