package io.modelconnector.examples.sidecars.doctor;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that the program does in the cluster, and has to be allowed to.
 *
 * @param group the API group; empty for the core
 * @param resource the resource's plural
 * @param verbs what is done
 * @param namespace where; null for all namespaces, or for what has none
 * @param whenDenied what it means if it is not allowed
 * @param consequence what happens then
 */
record AccessRule(
        String group,
        String resource,
        List<String> verbs,
        @Nullable String namespace,
        Status whenDenied,
        String consequence) {
    AccessRule {
        verbs = List.copyOf(verbs);
    }

    String name() {
        return "rbac " + resource + (namespace == null ? "" : " in " + namespace);
    }

    /** Where it is to be allowed. */
    String role() {
        return namespace == null ? "a ClusterRole" : "a Role in namespace " + namespace;
    }

    /** As an item of a Role's {@code rules}, in YAML. */
    String yaml() {
        return "- {apiGroups: [\"" + group + "\"], resources: [\"" + resource + "\"], verbs: ["
                + verbs.stream().map(verb -> '"' + verb + '"').collect(Collectors.joining(", ")) + "]}";
    }
}
