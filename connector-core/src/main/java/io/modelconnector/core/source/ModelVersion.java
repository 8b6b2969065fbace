package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a registered model.
 *
 * @param id its id in the registry
 * @param name its name, as the registry has it
 * @param archived whether its state is ARCHIVED; a missing state is LIVE
 * @param description its description
 * @param properties its custom properties
 * @param lastUpdate when the registry last changed it, if it says so
 */
public record ModelVersion(
        String id,
        String name,
        boolean archived,
        @Nullable String description,
        CustomProperties properties,
        @Nullable Instant lastUpdate) {
    /** Checks what is required. */
    public ModelVersion {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(properties, "properties");
    }
}
