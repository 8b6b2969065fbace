package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An inference service.
 *
 * @param id its id
 * @param name its name, empty if it has none
 * @param registeredModelId the id of the registered model that it serves
 * @param modelVersionId the id of the version that it serves; null stands for the model's latest
 * @param servingEnvironmentId the id of its serving environment
 * @param deployed whether its desired state is DEPLOYED; a missing one is
 * @param lastUpdate when the registry last changed it
 */
public record ListedInferenceService(
        String id,
        String name,
        @Nullable String registeredModelId,
        @Nullable String modelVersionId,
        @Nullable String servingEnvironmentId,
        boolean deployed,
        @Nullable Instant lastUpdate)
        implements Listed {
    /** Checks what is required. */
    public ListedInferenceService {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }
}
