package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Whether the ConfigMap of the store can be written: quotas and admission rules may refuse what the Role allows. Has the API
 * server go through a write without storing it. What is sent would do nothing even if it was stored: an update is of what
 * is there, in the version that was read, and a new object has a version, which no server stores.
 */
final class ConfigMapCheck implements Check {
    private static final String MAP = "bac-import-model";
    /** How many maps to count; a store has a map more for each megabyte. */
    private static final int MOST_MAPS = 20;

    private static final String VERSION_OF_NEW = "resourceVersion should not be set";

    private final Cluster cluster;
    private final Account account;
    private final String namespace;

    /**
     * Makes the check.
     *
     * @param cluster the cluster
     * @param account whom it takes the program for
     * @param namespace the namespace of the store
     */
    ConfigMapCheck(Cluster cluster, Account account, String namespace) {
        this.cluster = cluster;
        this.account = account;
        this.namespace = namespace;
    }

    @Override
    public String name() {
        return "ConfigMap";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            Reply present = cluster.get(path(MAP));
            if (present.status() == 404) {
                return List.of(create());
            }
            return List.of(present.isOk() ? update(present) : refused("reading " + MAP, present));
        } catch (NoReplyException e) {
            return List.of(Finding.fail(name(), String.valueOf(e.getMessage()), e.fix()));
        }
    }

    private Finding create() throws NoReplyException, InterruptedException {
        ObjectNode map = Reply.JSON.createObjectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", MAP).put("namespace", namespace).put("resourceVersion", "1");
        Reply reply = cluster.dryCreate(path(""), map);
        String absent = MAP + " is not there yet in namespace " + namespace;
        if (reply.isOk() || reply.status() == 409) {
            return Finding.ok(name(), absent + "; it may be created (dry run)");
        }
        if (reply.inWords().contains(VERSION_OF_NEW)) {
            return Finding.ok(name(), absent + "; it may be created, as far as can be told without doing so");
        }
        if (reply.status() == 404) {
            return Finding.fail(
                    name(),
                    "there is no namespace " + namespace,
                    "kubectl create namespace " + namespace + ", or name another one in NAMESPACE");
        }
        return refused("creating " + MAP, reply);
    }

    private Finding update(Reply present) throws NoReplyException, InterruptedException {
        JsonNode map = present.json();
        if (map.path("immutable").asBoolean(false)) {
            return Finding.fail(
                    name(),
                    MAP + " in namespace " + namespace + " is immutable",
                    "delete it, it is made anew: kubectl delete configmap " + MAP + " --namespace=" + namespace);
        }
        Reply reply = cluster.dryUpdate(path(MAP), present.body());
        // Somebody who wrote it in between may write it.
        if (!reply.isOk() && reply.status() != 409) {
            return refused("updating " + MAP, reply);
        }
        return Finding.ok(name(), contents(map) + furtherMaps() + "; it may be updated (dry run)");
    }

    private String contents(JsonNode map) {
        JsonNode data = map.path("binaryData");
        long bytes = 0;
        for (JsonNode value : data) {
            bytes += value.asText().length() / 4 * 3L;
        }
        return "%s in namespace %s has %d entries, %,d of 1,048,576 bytes"
                .formatted(MAP, namespace, data.size(), bytes);
    }

    private String furtherMaps() throws NoReplyException, InterruptedException {
        int further = 0;
        while (further < MOST_MAPS
                && cluster.get(path(MAP + '-' + (further + 1))).isOk()) {
            further++;
        }
        return further == 0 ? "" : ", and there are " + further + " more maps";
    }

    private Finding refused(String doing, Reply reply) {
        String detail = doing + " in namespace " + namespace + " is answered " + reply.inWords();
        if (reply.status() != 403) {
            return Finding.fail(name(), detail, "see what the message says about the namespace and its policies");
        }
        AccessRule rule = AccessRules.ofStore(namespace).get(0);
        return Finding.fail(
                name(),
                detail,
                "if it is not a quota or a policy, add to " + rule.role() + " that is bound to " + account.inWords()
                        + ": " + rule.yaml());
    }

    private String path(String map) {
        return "/api/v1/namespaces/" + namespace + "/configmaps" + (map.isEmpty() ? "" : '/' + map);
    }
}
