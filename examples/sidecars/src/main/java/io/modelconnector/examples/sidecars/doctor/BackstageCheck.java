package io.modelconnector.examples.sidecars.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.examples.sidecars.doctor.NoReplyException.Reason;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Whether Backstage can be reached, and its catalog be told of entries. */
final class BackstageCheck implements Check {
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String NAME = "backstage";

    private final Parts parts;
    private final @Nullable Cluster cluster;
    private final Caller caller;
    private boolean refused;

    /**
     * Makes the check.
     *
     * @param parts where Backstage is, and what for
     * @param cluster where to look for its Route; null if there is none
     * @param caller makes the requests to Backstage
     */
    BackstageCheck(Parts parts, @Nullable Cluster cluster, Caller caller) {
        this.parts = parts;
        this.cluster = cluster;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "Backstage";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        if (!parts.push() && parts.portal() == null) {
            return List.of(Finding.skip(name(), "neither PUSH_TO_RHDH nor BKSTG_URL is set"));
        }
        try {
            URI portal = parts.portal() == null ? route() : parts.portal();
            if (portal == null) {
                return List.of(noRoute());
            }
            HttpUrl url = HttpUrl.get(portal.toString())
                    .newBuilder()
                    .addPathSegments("api/catalog/locations")
                    .build();
            return List.of(judge(portal, caller.get(url, parts::portalToken)));
        } catch (NoReplyException e) {
            return List.of(Finding.fail(
                    name(),
                    String.valueOf(e.getMessage()),
                    e.reason() == Reason.UNTRUSTED
                            ? "name a file with the certificate of its CA, as PEM, in REGISTRY_CA_FILE"
                            : e.fix()));
        }
    }

    private Finding judge(URI portal, Reply reply) {
        if (reply.isOk() && reply.json().isArray()) {
            return Finding.ok(name(), portal + " has " + reply.json().size() + " locations");
        }
        if (!reply.isRefusal()) {
            return Finding.fail(
                    name(),
                    portal + " answers " + (reply.isOk() ? "no list of locations" : reply.inWords()),
                    reply.status() >= 500
                            ? "try again, and see its log"
                            : "correct BKSTG_URL: the base URL of Backstage's backend, to which /api/catalog is appended");
        }
        if (!parts.push()) {
            return Finding.ok(name(), portal + " answers; without PUSH_TO_RHDH nothing else is needed");
        }
        return Finding.fail(
                name(),
                portal + " answers " + reply.status() + ": "
                        + (parts.portalToken() == null ? "RHDH_TOKEN is not set" : "it does not accept RHDH_TOKEN"),
                "in Backstage's app-config, list a token under backend.auth.externalAccess with type static, and give the"
                        + " same one as RHDH_TOKEN");
    }

    /** Where the portal's Route leads; the last one, if several have the label. */
    private @Nullable URI route() throws NoReplyException, InterruptedException {
        String namespace = namespace();
        if (cluster == null || namespace == null) {
            return null;
        }
        Reply routes = cluster.get("/apis/route.openshift.io/v1/namespaces/" + namespace + "/routes");
        refused = routes.isRefusal();
        URI found = null;
        for (JsonNode route : routes.json().path("items")) {
            JsonNode spec = route.path("spec");
            boolean named =
                    route.path("metadata").path("labels").path(LABEL).asText().contains(NAME);
            if (named && spec.path("host").asText().matches("[A-Za-z0-9.-]+(:\\d+)?")) {
                found = URI.create("https://" + spec.path("host").asText());
            }
        }
        return found;
    }

    private @Nullable String namespace() {
        return parts.portalNamespace() != null || cluster == null ? parts.portalNamespace() : cluster.namespace();
    }

    private Finding noRoute() {
        String why;
        if (cluster == null || namespace() == null) {
            why = "there is no " + (cluster == null ? "cluster" : "POD_NAMESPACE") + " to look for its Route in";
        } else if (refused) {
            why = "Routes of namespace " + namespace() + " may not be listed";
        } else {
            why = "namespace " + namespace() + " has no Route whose label " + LABEL + " contains " + NAME;
        }
        return Finding.fail(name(), "BKSTG_URL is not set, and " + why, "set BKSTG_URL to the base URL of Backstage");
    }
}
