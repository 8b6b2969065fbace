package io.modelconnector.core.store;

import io.modelconnector.core.entity.EntryKey;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes import keys apart. An import key joins two segments by an underscore, which each of them may hold as well, so that
 * it can be ambiguous: then the name of the entry's first model, which joins the same segments by a hyphen, decides.
 */
public final class ImportKeys {
    /** How long a key may be, as ConfigMaps have it. */
    public static final int MAX_LENGTH = 253;

    private ImportKeys() {}

    /**
     * Finds the segments of a key.
     *
     * @param importKey the key
     * @param modelName the name of the entry's first model, or an empty text
     * @return the segments; nothing if the key is none
     */
    public static Optional<EntryKey> split(String importKey, String modelName) {
        Optional<EntryKey> first = Optional.empty();
        for (int at = importKey.indexOf('_'); at >= 0; at = importKey.indexOf('_', at + 1)) {
            Optional<EntryKey> candidate = key(importKey.substring(0, at), importKey.substring(at + 1));
            if (candidate.isPresent() && names(candidate.get(), modelName)) {
                return candidate;
            }
            first = first.isPresent() ? first : candidate;
        }
        return first;
    }

    /**
     * Reads the segments of a key, given as a path.
     *
     * @param importKey the key
     * @param path both segments with a slash in between
     * @return the segments; nothing if they are not those of the key
     */
    public static Optional<EntryKey> ofPath(String importKey, String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : key(path.substring(0, slash), path.substring(slash + 1))
                        .filter(key -> key.importKey().equals(importKey));
    }

    /** Hyphens make no difference: for a space in a version, a model's name has a hyphen and a key has nothing. */
    private static boolean names(EntryKey key, String modelName) {
        String joined = key.first() + key.second().toLowerCase(Locale.ROOT);
        return withoutHyphens(modelName).equals(withoutHyphens(joined));
    }

    private static String withoutHyphens(String name) {
        return name.replace("-", "");
    }

    private static Optional<EntryKey> key(String first, String second) {
        return EntryKey.isSegment(first) && EntryKey.isSegment(second)
                ? Optional.of(new EntryKey(first, second))
                : Optional.empty();
    }
}
