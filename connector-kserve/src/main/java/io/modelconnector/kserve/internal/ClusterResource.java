package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A kind of object that the API server serves.
 *
 * @param group its API group; empty for the core group
 * @param versions the versions that can be read, most wanted first
 * @param plural its name in URLs
 * @param metadataOnly whether the metadata of its objects is all that is needed, so that the server need not send more
 */
public record ClusterResource(String group, List<String> versions, String plural, boolean metadataOnly) {
    /** Copies the list. */
    public ClusterResource {
        requireNonNull(group, "group");
        requireNonNull(plural, "plural");
        versions = List.copyOf(versions);
    }

    /** Its name as RBAC and the API server's own messages have it, for instance {@code routes.route.openshift.io}. */
    public String qualifiedName() {
        return group.isEmpty() ? plural : plural + '.' + group;
    }

    /** The path under which a version of its group is served. */
    String groupVersionPath(String version) {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + '/' + version;
    }
}
