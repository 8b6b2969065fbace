package io.modelconnector.core.entity;

import org.jspecify.annotations.Nullable;

/**
 * By what people look for a model, as its registry or its operators have it. None of it has a field in the published schema
 * of the model catalog. Immutable and thread-safe.
 *
 * @param version the name of its version, for instance {@code 1.4.0}
 * @param provider who made it, for instance {@code IBM}
 * @param task what it is for, for instance {@code text-generation}
 * @param registry the name of the registry that knows it
 */
public record ModelTraits(
        @Nullable String version,
        @Nullable String provider,
        @Nullable String task,
        @Nullable String registry) {
    private static final ModelTraits NONE = new ModelTraits(null, null, null, null);

    /** Nothing is known. */
    public static ModelTraits none() {
        return NONE;
    }
}
