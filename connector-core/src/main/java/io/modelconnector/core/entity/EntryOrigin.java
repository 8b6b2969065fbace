package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

/**
 * Where an entry comes from.
 *
 * @param kind whether a registry or only the serving side knows it
 * @param id the id of the fact: {@code registry/registered model id/model version id}, or
 *     {@code kind/namespace/name} of the serving object
 */
public record EntryOrigin(Kind kind, String id) {
    /** Checks that nothing is null. */
    public EntryOrigin {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
    }

    /** Which side knows an entry. */
    public enum Kind {
        /** A version of a registered model; it may be served as well. */
        REGISTRY,
        /** A served model that belongs to no known registered version. */
        SERVING
    }
}
