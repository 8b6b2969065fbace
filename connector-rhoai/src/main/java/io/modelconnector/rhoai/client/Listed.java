package io.modelconnector.rhoai.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An item as a registry lists it, with the fields that matter to a feed. Two with equal fields are equal. */
public sealed interface Listed
        permits ListedModel, ListedVersion, ListedArtifact, ListedInferenceService, ListedEnvironment {
    /** Its id, unique in its collection. */
    String id();

    /** When the registry last changed it, to the millisecond, if it says so. */
    @Nullable
    Instant lastUpdate();
}
