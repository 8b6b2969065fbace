package io.modelconnector.core.store;

import io.modelconnector.core.source.Problem;
import java.util.List;
import java.util.Set;

/**
 * What became of an update.
 *
 * @param added the import keys that the store did not have before
 * @param removed the import keys that it does not have any more
 * @param problems entries that could not be made to last, each with why; they are served all the same
 */
public record StoreOutcome(Set<String> added, Set<String> removed, List<Problem> problems) {
    /** Copies the collections. */
    public StoreOutcome {
        added = Set.copyOf(added);
        removed = Set.copyOf(removed);
        problems = List.copyOf(problems);
    }
}
