package io.modelconnector.core.normalize;

import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One fact for each id, oldest first. Two sources that read the same registry or namespace report a fact twice, which
 * harms nobody; where they differ, the newest counts.
 */
final class DistinctFacts {
    private static final Comparator<RegisteredModelVersion> NEWEST_VERSION = Comparator.comparing(
                    (RegisteredModelVersion fact) -> fact.version().lastUpdate(),
                    Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
            .thenComparing(FactText::of);
    private static final Comparator<ServedModel> NEWEST_SERVED_MODEL = Comparator.comparing(
                    ServedModel::created, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
            .thenComparing(FactText::of);

    private DistinctFacts() {}

    static List<RegisteredModelVersion> versions(Collection<RegisteredModelVersion> facts, Problems problems) {
        return sorted(
                distinct(facts, RegisteredModelVersion::id, NEWEST_VERSION, FactText::of, problems), AgeOrder.VERSIONS);
    }

    static List<ServedModel> served(Collection<ServedModel> facts, Problems problems) {
        return sorted(
                distinct(facts, ServedModel::id, NEWEST_SERVED_MODEL, FactText::of, problems), AgeOrder.SERVED_MODELS);
    }

    private static <T> Collection<T> distinct(
            Collection<T> facts,
            Function<T, String> id,
            Comparator<T> preferred,
            Function<T, String> text,
            Problems problems) {
        Map<String, T> byId = new HashMap<>(facts.size() * 2);
        for (T fact : facts) {
            T other = byId.putIfAbsent(id.apply(fact), fact);
            if (other != null && !text.apply(other).equals(text.apply(fact))) {
                byId.merge(id.apply(fact), fact, (a, b) -> preferred.compare(a, b) <= 0 ? a : b);
                problems.add(
                        id.apply(fact),
                        "is reported more than once, with different content; one of them is used. Give each registry a"
                                + " name of its own, and let only one source read each namespace");
            }
        }
        return byId.values();
    }

    private static <T> List<T> sorted(Collection<T> facts, Comparator<T> order) {
        List<T> sorted = new ArrayList<>(facts);
        sorted.sort(order);
        return sorted;
    }
}
