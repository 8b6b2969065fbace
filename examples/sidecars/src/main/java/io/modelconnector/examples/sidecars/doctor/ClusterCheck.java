package io.modelconnector.examples.sidecars.doctor;

import java.util.List;

/** Whether the API server answers, with a certificate that is trusted. */
final class ClusterCheck implements Check {
    private final Cluster cluster;
    private volatile boolean reachable;

    ClusterCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "cluster API";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            return List.of(judge(cluster.get("/version")));
        } catch (NoReplyException e) {
            boolean untrusted = e.reason() == NoReplyException.Reason.UNTRUSTED;
            return List.of(Finding.fail(
                    name(),
                    String.valueOf(e.getMessage()),
                    untrusted
                            ? "give the cluster's CA: certificate-authority-data of the kubeconfig, the key ca.crt of the"
                                    + " token Secret, or the file ca.crt beside the account's token"
                            : e.fix()));
        }
    }

    private Finding judge(Reply reply) {
        String version = reply.json().path("gitVersion").asText("");
        String server = cluster.server();
        // A hardened cluster does not tell its version to everybody.
        if ((reply.isOk() && !version.isEmpty()) || reply.isRefusal()) {
            reachable = true;
            return Finding.ok(name(), server + " answers" + (version.isEmpty() ? "" : ", Kubernetes " + version));
        }
        return reply.status() >= 500
                ? Finding.fail(name(), server + " answers " + reply.inWords(), "see whether the control plane is well")
                : Finding.fail(
                        name(),
                        server + " answers " + reply.inWords() + " and is no API server",
                        "correct the address: the server of the kubeconfig, or KUBERNETES_SERVICE_HOST and _PORT");
    }

    /** Whether it does. */
    boolean isReachable() {
        return reachable;
    }
}
