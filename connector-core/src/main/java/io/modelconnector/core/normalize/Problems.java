package io.modelconnector.core.normalize;

import io.modelconnector.core.source.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Collects problems, each once. Not thread-safe; one for each call of the normalizer. */
final class Problems {
    private final TreeSet<Problem> found =
            new TreeSet<>(Comparator.comparing(Problem::item).thenComparing(Problem::message));

    void add(String item, String message) {
        found.add(new Problem(item, message));
    }

    List<Problem> sorted() {
        return List.copyOf(found);
    }
}
