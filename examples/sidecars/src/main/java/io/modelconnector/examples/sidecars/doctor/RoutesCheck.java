package io.modelconnector.examples.sidecars.doctor;

import java.util.List;

/** Whether the cluster has Routes, in which registries are looked for. Plain Kubernetes has none. */
final class RoutesCheck implements Check {
    static final String GROUP = "route.openshift.io";
    static final String ROUTES = "routes";

    private final Cluster cluster;
    /** What is not known to be absent has to be allowed. */
    private volatile boolean absent;

    RoutesCheck(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "routes API";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            Reply reply = cluster.get("/apis/" + GROUP + "/v1");
            absent = reply.status() == 404;
            return List.of(
                    absent
                            ? Finding.skip(name(), "this cluster has no Routes, so only Services are looked through")
                            : Finding.ok(name(), "served"));
        } catch (NoReplyException e) {
            return List.of(Finding.fail(name(), String.valueOf(e.getMessage()), e.fix()));
        }
    }

    /** Whether it is known that there are none. */
    boolean isAbsent() {
        return absent;
    }
}
