package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the API server accepts the credentials, and for whom it takes them. */
final class AccountCheck implements Check {
    private static final String ANONYMOUS = "system:anonymous";

    private final Cluster cluster;
    private final KubernetesAccess access;
    private final InstantSource clock;
    private volatile @Nullable Account account;

    /**
     * Makes the check.
     *
     * @param cluster the cluster
     * @param access has the token
     * @param clock tells whether that has expired
     */
    AccountCheck(Cluster cluster, KubernetesAccess access, InstantSource clock) {
        this.cluster = cluster;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "account";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            Reply reply = whoAmI();
            String user = reply.json()
                    .path("status")
                    .path("userInfo")
                    .path("username")
                    .asText("");
            if (reply.isOk() && !user.isEmpty()) {
                return List.of(accepted(user));
            }
            // Servers before 1.28 do not say who somebody is, but what one may do.
            return List.of(judge(reply.status() == 401 ? reply : whatMayIDo()));
        } catch (NoReplyException e) {
            return List.of(Finding.fail(name(), String.valueOf(e.getMessage()), e.fix()));
        }
    }

    private Finding judge(Reply reply) {
        if (reply.status() == 401) {
            return refused();
        }
        if (!reply.isOk()) {
            return Finding.fail(
                    name(),
                    "the API server does not say whether it accepts the credentials: " + reply.inWords(),
                    reply.status() == 403
                            ? "let the account ask for SelfSubjectAccessReviews, as the ClusterRole system:basic-user does"
                            : "see whether the control plane is well, and try again");
        }
        String subject = claims().subject();
        if (subject != null) {
            return accepted(subject);
        }
        account = Account.UNKNOWN;
        return Finding.ok(name(), "the API server accepts the credentials, and does not say for whom");
    }

    private Finding accepted(String user) {
        if (user.equals(ANONYMOUS)) {
            return Finding.fail(
                    name(),
                    "the API server takes the program for anonymous",
                    "give credentials: a token, for instance");
        }
        Account known = new Account(user);
        account = known;
        return Finding.ok(name(), "accepted as " + known.inWords());
    }

    private Finding refused() {
        Instant expiry = claims().expiry();
        if (expiry != null && expiry.isBefore(clock.instant())) {
            return Finding.fail(name(), "the token expired at " + expiry, "give a new one; " + whereFrom());
        }
        return Finding.fail(
                name(),
                "the API server does not accept the credentials (401): they are mistyped, revoked, or of another cluster",
                "give current ones; " + whereFrom());
    }

    private TokenClaims claims() {
        return TokenClaims.of(access.bearerToken().map(Supplier::get).orElse(null));
    }

    private static String whereFrom() {
        return "a Secret of type kubernetes.io/service-account-token has one that does not expire, kubectl create token"
                + " makes one that does";
    }

    private Reply whoAmI() throws NoReplyException, InterruptedException {
        ObjectNode question = Reply.JSON.createObjectNode();
        question.put("apiVersion", "authentication.k8s.io/v1").put("kind", "SelfSubjectReview");
        return cluster.review("/apis/authentication.k8s.io/v1/selfsubjectreviews", question);
    }

    private Reply whatMayIDo() throws NoReplyException, InterruptedException {
        return AccessReview.ask(cluster, "get", "", "services", null);
    }

    /** Whom it takes them for, perhaps {@link Account#UNKNOWN}; null if it does not accept them. */
    @Nullable
    Account account() {
        return account;
    }
}
