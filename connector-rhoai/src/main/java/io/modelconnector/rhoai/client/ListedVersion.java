package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.source.ModelVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model version.
 *
 * @param version the version
 * @param registeredModelId the id of its registered model, which need not exist
 */
public record ListedVersion(ModelVersion version, String registeredModelId) implements Listed {
    /** Checks what is required. */
    public ListedVersion {
        requireNonNull(version, "version");
        requireNonNull(registeredModelId, "registeredModelId");
    }

    @Override
    public String id() {
        return version.id();
    }

    @Override
    public @Nullable Instant lastUpdate() {
        return version.lastUpdate();
    }
}
