package io.modelconnector.rhoai;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is.
 *
 * @param name its name, unique among the sources of a feed; the Role that gives access to it is called after it
 * @param base its address, http or https, to which {@code /api/model_registry/v1alpha3} is appended
 * @param namespace the Kubernetes namespace that it is in, if known, for the advice that goes with a refusal
 */
public record RegistryLocation(
        String name, URI base, @Nullable String namespace) {
    /** Checks what is required. */
    public RegistryLocation {
        requireNonNull(name, "name");
        requireNonNull(base, "base");
    }
}
