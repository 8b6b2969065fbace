package io.modelconnector.core.feed;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.util.Optional;

/** Finds texts of model cards in the store, for cards that are published. */
final class StoredCards {
    private StoredCards() {}

    /**
     * The card of an entry that stands in for what no source shows: no source can know it by the reference that it has.
     *
     * @param holder the entry that has the card
     * @param reference which card
     */
    static Optional<ModelCard> ofStandIn(FeedEntry holder, ModelCardReference reference) {
        CardVersion card = holder.entry().card();
        StoredEntry stored = holder.stoodInBy();
        boolean same = card != null && card.reference().equals(reference);
        return stored == null || !same ? Optional.empty() : text(stored, holder, reference);
    }

    /**
     * The card of an entry, as the store has it.
     *
     * @param holder the entry that has the card
     * @param reference which card
     * @throws io.modelconnector.core.ConnectorException if the store cannot be read
     */
    static Optional<ModelCard> ofStore(EntryStore store, FeedEntry holder, ModelCardReference reference) {
        StoredEntry known = holder.stoodInBy();
        if (known != null) {
            return text(known, holder, reference);
        }
        try {
            return store.fetch(holder.key().importKey()).flatMap(stored -> text(stored, holder, reference));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException(
                    "reading the model card " + reference + " from the store was interrupted", e);
        }
    }

    /** Only the text that is published: whoever asks may keep it under the digest of that. */
    private static Optional<ModelCard> text(StoredEntry stored, FeedEntry holder, ModelCardReference reference) {
        StoredCard card = stored.card();
        CardVersion published = holder.entry().card();
        if (card == null || card.markdown() == null || published == null) {
            return Optional.empty();
        }
        boolean same = card.key().equals(reference.key()) && card.digest().equals(published.digest());
        return same ? Optional.of(new ModelCard(reference, card.markdown(), card.digest())) : Optional.empty();
    }
}
