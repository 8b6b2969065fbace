package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Which kinds of served models the cluster has, and in which versions. */
final class KServeCheck implements Check {
    static final String GROUP = "serving.kserve.io";
    static final String INFERENCE_SERVICES = "inferenceservices";
    static final String LLM_INFERENCE_SERVICES = "llminferenceservices";

    private final Cluster cluster;
    private final String plural;
    /** What the program reads. */
    private final List<String> wanted;

    private final Finding whenAbsent;
    /** What is not known to be absent has to be allowed. */
    private volatile boolean absent;

    private KServeCheck(Cluster cluster, String plural, List<String> wanted, Finding whenAbsent) {
        this.cluster = cluster;
        this.plural = plural;
        this.wanted = wanted;
        this.whenAbsent = whenAbsent;
    }

    static KServeCheck inferenceServices(Cluster cluster) {
        Finding absent = Finding.warn(
                name(INFERENCE_SERVICES),
                "KServe is not installed, so there are models of registries only",
                "install KServe if this cluster is to serve models");
        return new KServeCheck(cluster, INFERENCE_SERVICES, List.of("v1beta1"), absent);
    }

    static KServeCheck llmInferenceServices(Cluster cluster) {
        Finding absent =
                Finding.skip(name(LLM_INFERENCE_SERVICES), "this cluster has none, which is usual with older KServe");
        return new KServeCheck(cluster, LLM_INFERENCE_SERVICES, List.of("v1alpha2", "v1alpha1"), absent);
    }

    private static String name(String plural) {
        return "crd " + plural;
    }

    @Override
    public String name() {
        return name(plural);
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            Reply definition =
                    cluster.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + '.' + GROUP);
            if (definition.isOk()) {
                return List.of(ofVersions(servedVersions(definition.json())));
            }
            if (definition.status() == 404) {
                absent = true;
                return List.of(whenAbsent);
            }
            return List.of(discovered());
        } catch (NoReplyException e) {
            return List.of(Finding.fail(name(), String.valueOf(e.getMessage()), e.fix()));
        }
    }

    private static List<String> servedVersions(JsonNode definition) {
        List<String> served = new ArrayList<>();
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (version.path("served").asBoolean(false)) {
                served.add(version.path("name").asText());
            }
        }
        return served;
    }

    private Finding ofVersions(List<String> served) {
        return wanted.stream()
                .filter(served::contains)
                .findFirst()
                .map(version -> Finding.ok(name(), "installed, read in version " + version))
                .orElseGet(() -> {
                    absent = true;
                    return Finding.warn(
                            name(),
                            "serves only " + String.join(", ", served) + ", so none are found",
                            "install a KServe that serves " + String.join(" or ", wanted));
                });
    }

    /** The way of the other roles, which everybody may go. */
    private Finding discovered() throws NoReplyException, InterruptedException {
        boolean told = true;
        for (String version : wanted) {
            Reply reply = cluster.get("/apis/" + GROUP + '/' + version);
            if (serves(reply.json(), plural)) {
                return Finding.ok(name(), "installed, read in version " + version);
            }
            told &= reply.isOk() || reply.status() == 404;
        }
        if (told) {
            absent = true;
            return whenAbsent;
        }
        return Finding.warn(
                name(),
                "the API server does not say whether it is there",
                "let the account use API discovery, as the ClusterRole system:discovery does");
    }

    private static boolean serves(JsonNode resources, String plural) {
        for (JsonNode resource : resources.path("resources")) {
            if (resource.path("name").asText().equals(plural)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is known that there are none. */
    boolean isAbsent() {
        return absent;
    }
}
