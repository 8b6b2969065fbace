package io.modelconnector.core.source;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The custom properties of a registered model, a version or an artifact. Only strings have a value here; of a property
 * of another type only the name counts.
 *
 * @param strings the string properties by name; a value may be empty
 * @param others the names of the properties of other types
 */
public record CustomProperties(Map<String, String> strings, Set<String> others) {
    private static final CustomProperties NONE = new CustomProperties(Map.of(), Set.of());

    /** Copies both. */
    public CustomProperties {
        strings = Map.copyOf(strings);
        others = Set.copyOf(others);
    }

    /** No properties. */
    public static CustomProperties none() {
        return NONE;
    }

    /** String properties only. */
    public static CustomProperties of(Map<String, String> strings) {
        return strings.isEmpty() ? NONE : new CustomProperties(strings, Set.of());
    }

    /**
     * The value of a string property.
     *
     * @param name the property's name, exactly
     * @return its value, possibly empty; null if there is no string property of that name
     */
    public @Nullable String get(String name) {
        return strings.get(name);
    }
}
