package io.modelconnector.rhoai;

import io.modelconnector.core.entity.ModelCardReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which cards the live versions of registries have use for.
 *
 * @param named the cards that artifacts name
 * @param readmes the readmes that registered models have
 * @param versions what each version has use for
 */
record CardNeeds(Set<ModelCardReference> named, Set<ModelCardReference> readmes, List<OfVersion> versions) {
    /**
     * The cards that a version has use for.
     *
     * @param model its registered model's own one
     * @param hasReadme whether the model has one
     * @param artifacts those that its model artifacts name
     */
    record OfVersion(ModelCardReference model, boolean hasReadme, Set<ModelCardReference> artifacts) {}

    static CardNeeds none() {
        return new CardNeeds(Set.of(), Set.of(), List.of());
    }

    /** The own cards of models without a readme. */
    Set<ModelCardReference> lacking() {
        Set<ModelCardReference> lacking = new HashSet<>();
        for (OfVersion version : versions) {
            if (!version.hasReadme()) {
                lacking.add(version.model());
            }
        }
        return lacking;
    }

    /** The cards that artifacts name whose models have no readme that could stand in. */
    Set<ModelCardReference> withoutReadme() {
        Set<ModelCardReference> without = new HashSet<>();
        for (OfVersion version : versions) {
            if (!version.hasReadme()) {
                without.addAll(version.artifacts());
            }
        }
        return without;
    }
}
