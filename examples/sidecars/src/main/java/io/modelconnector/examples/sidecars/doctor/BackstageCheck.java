package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.examples.sidecars.backstage.BackstageRoute;
import io.modelconnector.examples.sidecars.doctor.NoReplyException.Reason;
import java.net.URI;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Whether Backstage can be reached, and its catalog be told of entries. */
final class BackstageCheck implements Check {
    private final Parts parts;
    private final @Nullable Cluster cluster;
    private final Caller caller;

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
                            ? "name a file with the certificate of its CA, as PEM, in BKSTG_CA_FILE"
                            : e.fix()));
        } catch (ConnectorException e) {
            return List.of(
                    Finding.fail(name(), String.valueOf(e.getMessage()), "set BKSTG_URL to the base URL of Backstage"));
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

    /** Where the portal's Route leads, as those who tell Backstage of entries find it. */
    private URI route() throws InterruptedException {
        if (cluster == null) {
            throw new SourceUnavailableException(
                    "BKSTG_URL is not set, and there is no cluster to look for a Route in");
        }
        return new BackstageRoute(cluster.client(), parts.portalNamespace()).find();
    }
}
