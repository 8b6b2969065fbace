package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

/**
 * A state of a ConfigMap.
 *
 * @param name its name
 * @param uid what tells it from another one of that name that was there before; empty if the server does not say
 * @param resourceVersion the state
 */
public record ConfigMapVersion(String name, String uid, String resourceVersion) {
    /** Checks that nothing is null. */
    public ConfigMapVersion {
        requireNonNull(name, "name");
        requireNonNull(uid, "uid");
        requireNonNull(resourceVersion, "resourceVersion");
    }

    /**
     * Reads the metadata of a ConfigMap.
     *
     * @throws io.modelconnector.core.MalformedResponseException if a field that every object has is not there
     */
    public static ConfigMapVersion read(Fields object) {
        Fields metadata = object.object("metadata");
        String uid = metadata.text("uid");
        return new ConfigMapVersion(
                metadata.required("name"), uid == null ? "" : uid, metadata.required("resourceVersion"));
    }
}
