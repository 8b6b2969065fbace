package io.modelconnector.core.source;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.Optional;

/** Resolves a card reference to its text. Implementations are thread-safe and may block for the time of one request. */
@FunctionalInterface
public interface ModelCardProvider {
    /**
     * Finds a card.
     *
     * @param reference which card
     * @return the card, or nothing if there is none
     * @throws io.modelconnector.core.ConnectorException if it cannot be told whether there is one
     */
    Optional<ModelCard> card(ModelCardReference reference);
}
