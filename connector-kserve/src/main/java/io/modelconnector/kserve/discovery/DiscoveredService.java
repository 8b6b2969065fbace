package io.modelconnector.kserve.discovery;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * A model registry or a model catalog that was found in the cluster.
 *
 * @param name its name; unique in its namespace
 * @param namespace the namespace that it runs in
 * @param baseUri what its API paths are appended to; without a slash at the end
 */
public record DiscoveredService(String name, String namespace, URI baseUri) {
    /** Checks that nothing is null. */
    public DiscoveredService {
        requireNonNull(name, "name");
        requireNonNull(namespace, "namespace");
        requireNonNull(baseUri, "baseUri");
    }
}
