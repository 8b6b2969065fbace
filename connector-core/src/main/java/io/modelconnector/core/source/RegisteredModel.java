package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param id its id in the registry
 * @param name its name, as the registry has it
 * @param archived whether its state is ARCHIVED; a missing state is LIVE
 * @param description its description
 * @param owner its owner, as the registry has it
 * @param properties its custom properties
 */
public record RegisteredModel(
        String id,
        String name,
        boolean archived,
        @Nullable String description,
        @Nullable String owner,
        CustomProperties properties) {
    /** Checks what is required. */
    public RegisteredModel {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(properties, "properties");
    }
}
