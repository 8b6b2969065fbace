package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An inference service as a registry lists it: what should be served, not what is.
 *
 * @param id its id in the registry
 * @param name its name; by convention the KServe service's name, {@code /}, and its uid
 * @param namespace the name of its serving environment, which is the namespace of the KServe service
 * @param deployed whether its desired state is DEPLOYED; a missing one is
 */
public record RegisteredInferenceService(
        String id, String name, @Nullable String namespace, boolean deployed) {
    /** Checks what is required. */
    public RegisteredInferenceService {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }
}
