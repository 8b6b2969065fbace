package io.modelconnector.examples.sidecars.remote;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of the existing Go parts, which split a key at every underscore and keep the first two parts: {@code my_model_v1}
 * is {@code my_model} there, and whatever else begins like this takes its place.
 */
final class TruncatedKeys {
    private TruncatedKeys() {}

    /** What the Go parts make of a key. */
    static String truncate(String importKey) {
        int first = importKey.indexOf('_');
        int second = first < 0 ? -1 : importKey.indexOf('_', first + 1);
        return second < 0 ? importKey : importKey.substring(0, second);
    }

    /** Each key both as it is and as they have it: they compare what they keep with what they are sent, and delete the rest. */
    static Set<String> both(Collection<String> importKeys) {
        Set<String> both = new TreeSet<>(importKeys);
        importKeys.forEach(key -> both.add(truncate(key)));
        return both;
    }

    /**
     * What they have, in our keys.
     *
     * @param kept the keys that they list
     * @param sent the keys that they were sent
     */
    static Set<String> restore(Collection<String> kept, Collection<String> sent) {
        Set<String> unexplained = new TreeSet<>(kept);
        Set<String> restored = new TreeSet<>();
        Set<String> present = new HashSet<>(kept);
        for (String key : sent) {
            String shorter = truncate(key);
            if (present.contains(shorter)) {
                restored.add(key);
                unexplained.remove(shorter);
            }
        }
        restored.addAll(unexplained);
        return restored;
    }
}
