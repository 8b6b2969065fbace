package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.CardVersion;
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
 * @param card its own model card, if it has one; the cards of its versions' artifacts win over it
 */
public record RegisteredModel(
        String id,
        String name,
        boolean archived,
        @Nullable String description,
        @Nullable String owner,
        CustomProperties properties,
        @Nullable CardVersion card) {
    /** Checks what is required. */
    public RegisteredModel {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(properties, "properties");
    }

    /** A registered model without a card of its own. */
    public RegisteredModel(
            String id,
            String name,
            boolean archived,
            @Nullable String description,
            @Nullable String owner,
            CustomProperties properties) {
        this(id, name, archived, description, owner, properties, null);
    }

    /** The same with another card, or none. */
    public RegisteredModel withCard(@Nullable CardVersion other) {
        return new RegisteredModel(id, name, archived, description, owner, properties, other);
    }
}
