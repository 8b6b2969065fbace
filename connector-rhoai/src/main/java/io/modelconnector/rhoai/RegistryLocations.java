package io.modelconnector.rhoai;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is that a {@link RhoaiModelSource} reads.
 *
 * @param registries the registries. If two have one name, the first is read and the other is a problem
 * @param catalog the model catalog's address, http or https, to which {@code /api/model_catalog/v1alpha1} is appended;
 *     null if there is none
 */
public record RegistryLocations(
        List<RegistryLocation> registries, @Nullable URI catalog) {
    /** Copies the list. */
    public RegistryLocations {
        registries = List.copyOf(registries);
    }
}
