package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.CardVersion;
import org.jspecify.annotations.Nullable;

/**
 * An artifact of a model version.
 *
 * @param id its id in the registry
 * @param type its type; only {@value #MODEL_ARTIFACT} counts as the model itself
 * @param uri where it is
 * @param properties its custom properties
 * @param card its model card, if it names one and that one exists
 */
public record ModelArtifact(
        String id,
        String type,
        @Nullable String uri,
        CustomProperties properties,
        @Nullable CardVersion card) {
    /** The type of an artifact that is the model itself, not a document, a metric or a data set. */
    public static final String MODEL_ARTIFACT = "model-artifact";

    /** Checks what is required. */
    public ModelArtifact {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(properties, "properties");
    }
}
