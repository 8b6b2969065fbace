package io.modelconnector.rhoai.client;

import io.modelconnector.core.entity.ModelCardReference;

/**
 * Names the cards that registered models have themselves, their readmes, apart from those of a catalog: the source is
 * {@code registry.<registry>}, the group {@code registered-models}, and the name the registered model's.
 */
public final class ReadmeReference {
    private static final String SOURCE = "registry.";
    private static final String GROUP = "registered-models";

    private ReadmeReference() {}

    /**
     * The reference of a registered model's own card.
     *
     * @param registry the registry's name
     * @param model the registered model's name
     */
    public static ModelCardReference of(String registry, String model) {
        return new ModelCardReference(SOURCE + registry, GROUP, model);
    }

    /** Whether a reference names the own card of a registered model, of whatever registry. */
    public static boolean isOne(ModelCardReference reference) {
        return reference.source().startsWith(SOURCE) && reference.group().equals(GROUP);
    }
}
