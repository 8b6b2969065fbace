package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An artifact. Registries do not say which version an artifact belongs to; only the list of a version's artifacts does.
 *
 * @param artifact the artifact, without card
 * @param card the card that it names: the catalog's source, repository and model that it was registered from. The catalog
 *     need not have it
 * @param lastUpdate when the registry last changed it
 */
public record ListedArtifact(
        ModelArtifact artifact,
        @Nullable ModelCardReference card,
        @Nullable Instant lastUpdate) implements Listed {
    /** Checks what is required. */
    public ListedArtifact {
        requireNonNull(artifact, "artifact");
    }

    @Override
    public String id() {
        return artifact.id();
    }
}
