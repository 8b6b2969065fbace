package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which objects to watch.
 *
 * @param resource their kind
 * @param namespace their namespace; null for all
 * @param labelSelector a label selector; null for none
 * @param fieldSelector a field selector; null for none
 */
public record WatchScope(
        ClusterResource resource,
        @Nullable String namespace,
        @Nullable String labelSelector,
        @Nullable String fieldSelector) {
    /** Checks what is required. */
    public WatchScope {
        requireNonNull(resource, "resource");
    }

    /** All objects of a kind in a namespace. */
    public static WatchScope of(ClusterResource resource, @Nullable String namespace) {
        return new WatchScope(resource, namespace, null, null);
    }

    /** The same, restricted by labels. */
    public WatchScope withLabels(@Nullable String selector) {
        return new WatchScope(resource, namespace, selector, fieldSelector);
    }

    /** The same, restricted to one name. */
    public WatchScope withName(String name) {
        return new WatchScope(resource, namespace, labelSelector, "metadata.name=" + name);
    }

    /** What it is, for messages: {@code services in namespace "ml-prod"}. */
    public String describe() {
        return resource.qualifiedName()
                + (namespace == null ? " in all namespaces" : " in namespace \"" + namespace + '"');
    }

    /** What it is, in short, for thread names: {@code services-ml-prod}. */
    String shortName() {
        String where = namespace == null ? "" : '-' + namespace;
        return resource.plural() + where + (fieldSelector == null ? "" : '-' + fieldSelector);
    }

    /** The path of the collection in a version of its group. */
    String path(String version) {
        String base = resource.groupVersionPath(version);
        return (namespace == null ? base : base + "/namespaces/" + namespace) + '/' + resource.plural();
    }
}
