package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.source.Problem;
import java.util.List;

/**
 * What a {@link Normalizer} made of the facts. Immutable and thread-safe.
 *
 * @param entries the entries, sorted by key; their keys, model names and server names are distinct
 * @param problems what is wrong with single facts, sorted by item and message, without repetitions
 */
public record NormalizedModels(List<CatalogEntry> entries, List<Problem> problems) {
    /** Copies the lists. */
    public NormalizedModels {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }
}
