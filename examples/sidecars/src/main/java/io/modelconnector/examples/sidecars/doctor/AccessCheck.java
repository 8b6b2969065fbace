package io.modelconnector.examples.sidecars.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether the account may do what one rule is about. */
final class AccessCheck implements Check {
    private final Cluster cluster;
    private final Account account;
    private final AccessRule rule;

    AccessCheck(Cluster cluster, Account account, AccessRule rule) {
        this.cluster = cluster;
        this.account = account;
        this.rule = rule;
    }

    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        List<String> denied = new ArrayList<>();
        for (String verb : rule.verbs()) {
            try {
                Reply reply = AccessReview.ask(cluster, verb, rule.group(), rule.resource(), rule.namespace());
                if (!reply.isOk()) {
                    return List.of(unknown(reply.inWords()));
                }
                if (!reply.json().path("status").path("allowed").asBoolean(false)) {
                    denied.add(verb);
                }
            } catch (NoReplyException e) {
                return List.of(unknown(String.valueOf(e.getMessage())));
            }
        }
        return List.of(denied.isEmpty() ? allowed() : denied(denied));
    }

    private Finding allowed() {
        return Finding.ok(name(), String.join(", ", rule.verbs()));
    }

    private Finding denied(List<String> verbs) {
        String detail =
                String.join(", ", verbs) + (verbs.size() == 1 ? " is" : " are") + " not allowed: " + rule.consequence();
        if (rule.whenDenied() == Status.OK) {
            return Finding.ok(name(), detail);
        }
        return new Finding(
                name(),
                rule.whenDenied(),
                detail,
                "add to " + rule.role() + " that is bound to " + account.inWords() + ": " + rule.yaml());
    }

    private Finding unknown(String why) {
        return Finding.warn(
                name(),
                "the API server did not say whether " + String.join(", ", rule.verbs()) + " are allowed: " + why,
                "try again; the rule that is needed in " + rule.role() + " is " + rule.yaml());
    }
}
