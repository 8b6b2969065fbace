package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A version of a registered model, with everything that its registry knows about it. Archived ones are facts, too: a
 * served model may belong to them.
 *
 * @param registry the registry's name, unique among all sources of a feed
 * @param model the registered model
 * @param version the model version
 * @param artifacts the version's own artifacts, of any type, in any order
 * @param inferenceServices the registry's inference services of this version, in any order
 */
public record RegisteredModelVersion(
        String registry,
        RegisteredModel model,
        ModelVersion version,
        List<ModelArtifact> artifacts,
        List<RegisteredInferenceService> inferenceServices) {
    /** Copies the lists and checks that nothing is null. */
    public RegisteredModelVersion {
        requireNonNull(registry, "registry");
        requireNonNull(model, "model");
        requireNonNull(version, "version");
        artifacts = List.copyOf(artifacts);
        inferenceServices = List.copyOf(inferenceServices);
    }

    /** What identifies it in a feed: {@code registry/registered model id/model version id}. */
    public String id() {
        return registry + '/' + model.id() + '/' + version.id();
    }
}
