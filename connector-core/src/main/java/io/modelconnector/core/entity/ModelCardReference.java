package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Names a model card: where in a model catalog it is. Ordered by source, group and name.
 *
 * @param source the catalog's source id, for instance {@code redhat_ai_validated}
 * @param group the repository, for instance {@code RedHatAI}
 * @param name the model's name in the repository
 */
public record ModelCardReference(String source, String group, String name) implements Comparable<ModelCardReference> {
    private static final Comparator<ModelCardReference> ORDER = Comparator.comparing(ModelCardReference::source)
            .thenComparing(ModelCardReference::group)
            .thenComparing(ModelCardReference::name);

    /** Checks that nothing is null. */
    public ModelCardReference {
        requireNonNull(source, "source");
        requireNonNull(group, "group");
        requireNonNull(name, "name");
    }

    /**
     * A reference of which only the key is known, for instance from a store. It has that key, and is equal to no other
     * reference that has it.
     */
    public static ModelCardReference ofKey(String key) {
        return new ModelCardReference("", "", key);
    }

    /** Whether only the {@linkplain #key() key} is known. */
    public boolean isKeyOnly() {
        return source.isEmpty() && group.isEmpty();
    }

    /**
     * The card key, as the existing clients ask for it: the three parts joined, spaces (U+0020) removed. Different
     * references may have one key; the normalizer lets the first keep it.
     */
    public String key() {
        return (source + group + name).replace(" ", "");
    }

    @Override
    public int compareTo(ModelCardReference other) {
        return ORDER.compare(this, other);
    }

    /** The parts as in a path, for logs. */
    @Override
    public String toString() {
        return source + '/' + group + '/' + name;
    }
}
