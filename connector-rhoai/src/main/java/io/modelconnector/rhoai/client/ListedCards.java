package io.modelconnector.rhoai.client;

import io.modelconnector.core.entity.ModelCardReference;
import java.util.Set;

/**
 * What lists of a catalog had of the cards that were looked for.
 *
 * @param missing the cards that were not found
 * @param complete whether everything was looked at, so that the catalog does not have what is missing
 */
public record ListedCards(Set<ModelCardReference> missing, boolean complete) {
    /** Copies the set. */
    public ListedCards {
        missing = Set.copyOf(missing);
    }
}
