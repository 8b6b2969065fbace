package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Everything in a registry.
 *
 * @param models its registered models, archived ones too
 * @param versions its model versions, archived ones too
 * @param inferenceServices its inference services
 * @param environments its serving environments
 * @param artifacts its model and document artifacts, whatever they belong to; nothing if the server has no such list, as
 *     older ones; a failure if it could not be read
 */
public record RegistryContents(
        Listing<ListedModel> models,
        Listing<ListedVersion> versions,
        Listing<ListedInferenceService> inferenceServices,
        Listing<ListedEnvironment> environments,
        Outcome<Optional<Listing<ListedArtifact>>> artifacts) {
    /** Checks that nothing is null. */
    public RegistryContents {
        requireNonNull(models, "models");
        requireNonNull(versions, "versions");
        requireNonNull(inferenceServices, "inferenceServices");
        requireNonNull(environments, "environments");
        requireNonNull(artifacts, "artifacts");
    }

    /** The same with other models. */
    public RegistryContents withModels(Listing<ListedModel> other) {
        return new RegistryContents(other, versions, inferenceServices, environments, artifacts);
    }

    /** The same with other serving environments. */
    public RegistryContents withEnvironments(Listing<ListedEnvironment> other) {
        return new RegistryContents(models, versions, inferenceServices, other, artifacts);
    }
}
