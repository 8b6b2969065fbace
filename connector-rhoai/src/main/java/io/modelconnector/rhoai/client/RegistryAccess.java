package io.modelconnector.rhoai.client;

import org.jspecify.annotations.Nullable;

/**
 * What a registry that refuses a request wants. The platform puts a proxy before it that asks Kubernetes whether the
 * token's user may see the registry; the operator makes a Role for each registry that says so.
 */
record RegistryAccess(String registry, @Nullable String namespace) {
    String advice(int status) {
        String role = "registry-user-" + registry;
        String where = namespace == null ? "NAMESPACE_OF_THE_REGISTRY" : namespace;
        String token = status == 401 ? "the token was not accepted, or there was none. If it is valid, " : "";
        return token + "a RoleBinding is missing of Role \"" + role + "\" in "
                + (namespace == null ? "the registry's namespace" : "namespace \"" + namespace + '"')
                + " for the ServiceAccount that the token belongs to: oc create rolebinding " + role
                + "-connector --namespace=" + where + " --role=" + role
                + " --serviceaccount=NAMESPACE:SERVICEACCOUNT";
    }
}
