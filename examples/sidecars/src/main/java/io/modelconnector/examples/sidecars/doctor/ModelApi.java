package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.rhoai.client.BearerToken;
import java.net.URI;
import okhttp3.HttpUrl;

/**
 * One API of models, a registry's or the catalog's: asks for pages, and says what is wrong where it gives none.
 *
 * @param check the name of the check
 * @param base where the server is
 * @param path the path of the API, with its version
 * @param caller makes the requests
 * @param token their token
 * @param refusal what to do about a 401 or 403
 */
record ModelApi(String check, URI base, String path, Caller caller, BearerToken token, Refusal refusal) {
    /** What to do where a server refuses access. */
    @FunctionalInterface
    interface Refusal {
        String fix(int status);
    }

    /** No page, and what is wrong. */
    static final class NoPageException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Finding finding;
        private final int status;

        private NoPageException(Finding finding, int status) {
            super(finding.detail());
            this.finding = finding;
            this.status = status;
        }

        /** What is wrong, as a failure of the check. */
        Finding finding() {
            return finding;
        }

        /** The status that was answered; 0 if there was no answer. */
        int status() {
            return status;
        }
    }

    /**
     * Asks for a page.
     *
     * @param list the list
     * @param pageSize how many items to ask for; 0 to let the server choose
     */
    PageFacts page(String list, int pageSize) throws NoPageException, InterruptedException {
        return page(list, pageSize, "");
    }

    /**
     * Asks for a page.
     *
     * @param next its token, from the page before it; empty for the first one
     */
    PageFacts page(String list, int pageSize, String next) throws NoPageException, InterruptedException {
        HttpUrl.Builder url =
                HttpUrl.get(base.toString()).newBuilder().addPathSegments(path).addPathSegment(list);
        if (pageSize > 0) {
            url.addQueryParameter("pageSize", Integer.toString(pageSize));
        }
        if (!next.isEmpty()) {
            url.addQueryParameter("nextPageToken", next);
        }
        Reply reply;
        try {
            reply = caller.get(url.build(), token);
        } catch (NoReplyException e) {
            throw new NoPageException(unreachable(e), 0);
        }
        PageFacts page = reply.isOk() ? PageFacts.of(reply).orElse(null) : null;
        if (page == null) {
            throw new NoPageException(failure(reply), reply.status());
        }
        return page;
    }

    private Finding failure(Reply reply) {
        String answered = base + " answers " + reply.inWords();
        if (reply.isRefusal()) {
            return Finding.fail(check, answered + ": it does not let the program in", refusal.fix(reply.status()));
        }
        if (reply.location() != null) {
            return Finding.fail(
                    check,
                    answered + ", which is not followed because the token would go there",
                    "give the address that it leads to, and take a login page out of the way");
        }
        if (reply.isOk()) {
            return Finding.fail(
                    check,
                    base + " answers " + reply.status() + ", but no list: it is no JSON of " + version(),
                    "see what is at this address: a login page, a proxy, another server");
        }
        if (reply.status() == 404) {
            return Finding.fail(
                    check,
                    answered + ": it has no API " + version() + " at /" + path,
                    "correct the address (behind a gateway it has a path), or update the server");
        }
        boolean busy = reply.status() == 429 || reply.status() >= 500;
        return Finding.fail(
                check,
                answered,
                busy ? "try again, and see its log" : "see whether this is the address of a server of that kind");
    }

    private Finding unreachable(NoReplyException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case UNTRUSTED ->
                Finding.fail(
                        check,
                        message,
                        "name a file with the certificate of its CA, as PEM, in REGISTRY_CA_FILE (on OpenShift: the"
                                + " key ca.crt of ConfigMap kube-root-ca.crt for Routes, service-ca.crt of ConfigMap"
                                + " openshift-service-ca.crt for Services)");
            case TIMEOUT, REFUSED ->
                Finding.fail(
                        check,
                        message,
                        isInCluster()
                                ? "its NetworkPolicy may admit only the ingress: give its external address instead,"
                                        + " in REGISTRY_URLS or CATALOG_URL"
                                : e.fix());
            default -> Finding.fail(check, message, e.fix());
        };
    }

    private boolean isInCluster() {
        return String.valueOf(base.getHost()).matches(".*\\.svc(\\..*)?");
    }

    private String version() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
