package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Asks the API server what the program may do. */
final class AccessReview {
    private AccessReview() {}

    /**
     * Asks.
     *
     * @param namespace where; null for all namespaces, or for what has none
     * @return the answer, a SelfSubjectAccessReview if all is well
     */
    static Reply ask(Cluster cluster, String verb, String group, String resource, @Nullable String namespace)
            throws NoReplyException, InterruptedException {
        ObjectNode question = Reply.JSON.createObjectNode();
        question.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
        ObjectNode wanted = question.putObject("spec").putObject("resourceAttributes");
        wanted.put("verb", verb).put("group", group).put("resource", resource);
        if (namespace != null) {
            wanted.put("namespace", namespace);
        }
        return cluster.review("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", question);
    }
}
