package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What changed in a registry since its caller last looked. Serving environments are not in it: what matters of them, the
 * name, cannot change, and a new one matters only to an inference service that names it.
 *
 * @param models the registered models that are new or changed
 * @param versions the model versions that are new or changed
 * @param inferenceServices the inference services that are new or changed
 * @param artifacts the model and document artifacts that are new or changed; nothing if the server has no such list, as
 *     older ones; a failure if it could not be read
 */
public record RegistryChanges(
        Changes<ListedModel> models,
        Changes<ListedVersion> versions,
        Changes<ListedInferenceService> inferenceServices,
        Outcome<Optional<Changes<ListedArtifact>>> artifacts) {
    /** Checks that nothing is null. */
    public RegistryChanges {
        requireNonNull(models, "models");
        requireNonNull(versions, "versions");
        requireNonNull(inferenceServices, "inferenceServices");
        requireNonNull(artifacts, "artifacts");
    }
}
