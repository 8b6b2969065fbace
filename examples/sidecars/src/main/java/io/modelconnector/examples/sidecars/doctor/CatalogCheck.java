package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.rhoai.client.BearerToken;
import java.net.URI;
import java.util.List;

/** Whether the model catalog can be read: reached, trusted, allowed, of the right version, and in what pages. */
final class CatalogCheck implements Check {
    /** What the program asks for. */
    private static final int PAGE = 100;

    private final URI base;
    private final ModelApi api;

    /**
     * Makes the check.
     *
     * @param base where the catalog is
     * @param caller makes requests with the settings for registries
     * @param token the token for it
     */
    CatalogCheck(URI base, Caller caller, BearerToken token) {
        this.base = base;
        this.api = new ModelApi(name(), base, "api/model_catalog/v1alpha1", caller, token, CatalogCheck::fix);
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        String found;
        try {
            found = base + ", v1alpha1, sources: " + api.page("sources", PAGE).items();
        } catch (ModelApi.NoPageException e) {
            return List.of(e.finding());
        }
        try {
            PageFacts large = api.page("models", PAGE);
            String models = ", models: " + (large.last() ? "" : "more than ") + large.items();
            return List.of(Finding.ok(name(), found + models + "; " + paging(api.page("models", 0), large)));
        } catch (ModelApi.NoPageException e) {
            // Older ones list the models of one source only, which is all that the program asks for.
            boolean older = e.status() == 400 || e.status() == 422;
            return List.of(
                    older
                            ? Finding.ok(name(), found + "; lists the models of one source at a time")
                            : Finding.warn(
                                    name(),
                                    found + "; " + e.getMessage(),
                                    e.finding().fix()));
        }
    }

    private static String paging(PageFacts usual, PageFacts large) {
        if (usual.last()) {
            return "gives all of them when no page size is asked for";
        }
        String unasked = "gives pages of " + usual.items() + " when none is asked for";
        return large.last() || large.items() >= PAGE
                ? unasked + ", and larger ones when asked"
                : unasked + ", of " + large.items() + " at most";
    }

    private static String fix(int status) {
        return status == 401
                ? "give a token that is valid in the cluster of the catalog (KFMR_TOKEN; by default it is the cluster's)"
                : "the platform lets every account of the cluster read the catalog, by the Role model-catalog: see whether"
                        + " that is bound to system:authenticated";
    }
}
