package io.modelconnector.kserve.store;

import io.modelconnector.core.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Words for what is wrong with what is stored. */
final class StoreProblems {
    private static final int MAX_KEY_LENGTH = 253;

    private StoreProblems() {}

    /** All that is wrong now, in a stable order. */
    static List<Problem> of(StoreContents contents, StoreSettings settings) {
        List<Problem> problems = new ArrayList<>();
        contents.memory().keySet().stream()
                .sorted()
                .map(contents::problem)
                .filter(Objects::nonNull)
                .forEach(problems::add);
        for (NumberedMap<KeptEntry> map : contents.entryMaps().maps()) {
            addDamaged(problems, map, KeptEntry::damage);
        }
        for (NumberedMap<KeptCard> map : contents.cardMaps().maps()) {
            addDamaged(problems, map, KeptCard::damage);
        }
        long notStored = contents.cards().keySet().stream()
                .filter(key -> contents.cardMaps().value(Card.dataKey(key)) == null)
                .count();
        if (notStored > 0) {
            problems.add(new Problem(
                    SeriesNames.ofCards(settings.name()).first(),
                    notStored + " of " + contents.cards().size()
                            + " model cards do not survive a restart, those that did not change for the longest time:"
                            + " all are to take at most " + settings.maxCardBytes()
                            + " bytes, compressed, and one at most " + settings.maxMapBytes()
                            + "; raise the limit of the cards, or make them shorter"));
        }
        return List.copyOf(problems);
    }

    /**
     * Why no ConfigMap can take an entry.
     *
     * @param refused whether the API server said so
     */
    static String unstorable(String key, int bytes, StoreSettings settings, boolean refused) {
        String lasts = "; it is served until this process ends, and has to be sent again after that: ";
        if (!isConfigMapKey(key)) {
            return "cannot be stored: a ConfigMap's keys have at most " + MAX_KEY_LENGTH
                    + " characters and do not begin with two dots" + lasts + "rename the model";
        }
        if (refused) {
            return "cannot be stored: the API server does not take its record of " + bytes + " bytes" + lasts
                    + "make its payload smaller";
        }
        return "cannot be stored: its record of " + bytes + " bytes does not fit into a ConfigMap, which takes "
                + settings.maxMapBytes() + " bytes" + lasts + "make its payload smaller";
    }

    /** Whether the API server takes such a key; the characters of import keys are all allowed. */
    static boolean isConfigMapKey(String key) {
        return key.length() <= MAX_KEY_LENGTH && !key.startsWith("..");
    }

    private static <V extends StoredValue<V>> void addDamaged(
            List<Problem> problems, NumberedMap<V> map, Function<V, @Nullable String> damage) {
        new TreeMap<>(map.values()).forEach((key, value) -> {
            String what = damage.apply(value);
            if (what != null) {
                problems.add(new Problem(
                        map.name() + '/' + key,
                        "cannot be read, and is left as it is: " + what + "; correct it, or remove the key from the"
                                + " binaryData of the ConfigMap"));
            }
        });
    }
}
