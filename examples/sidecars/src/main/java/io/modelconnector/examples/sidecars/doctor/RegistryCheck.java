package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import java.time.Duration;
import java.util.List;

/** Whether a registry can be read: reached, trusted, allowed, of the right version, and in what pages. */
final class RegistryCheck implements Check {
    private static final String LIST = "registered_models";
    /** What the program asks for. */
    private static final int PAGE = 1000;

    private final RegistryLocation registry;
    private final BearerToken token;
    private final HttpSettings settings;
    private final Duration patience;
    private final ModelApi api;

    /**
     * Makes the check.
     *
     * @param registry the registry
     * @param caller makes requests with the settings
     * @param settings how the program calls registries
     * @param token the token for it
     * @param account whom the token belongs to
     * @param patience how long to count its models
     */
    RegistryCheck(
            RegistryLocation registry,
            Caller caller,
            HttpSettings settings,
            BearerToken token,
            Account account,
            Duration patience) {
        this.registry = registry;
        this.settings = settings;
        this.token = token;
        this.patience = patience;
        this.api = new ModelApi(
                name(),
                registry.base(),
                "api/model_registry/v1alpha3",
                caller,
                token,
                status -> grant(registry, account, status));
    }

    @Override
    public String name() {
        return "registry " + registry.name();
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        try {
            PageFacts asked = api.page(LIST, PAGE);
            if (asked.last()) {
                return List.of(readable(asked, paging(asked, api.page(LIST, 0))));
            }
            // Where pages of that size are given, one of the server's own choice may be all there is, which takes it
            // long.
            String paging = asked.items() >= PAGE ? "gives pages of " + PAGE : paging(asked, api.page(LIST, 0));
            return List.of(ok(count(asked), paging));
        } catch (ModelApi.NoPageException e) {
            return List.of(e.finding());
        }
    }

    /** Counts on for a while. */
    private String count(PageFacts first) throws ModelApi.NoPageException, InterruptedException {
        long begin = System.nanoTime();
        PageFacts page = first;
        long items = page.items();
        while (!page.last() && System.nanoTime() - begin < patience.toNanos()) {
            page = api.page(LIST, PAGE, page.next());
            items += page.items();
        }
        return page.last() ? Long.toString(items) : "more than " + items;
    }

    /** Whether the program understands a list that it can read in one go. */
    private Finding readable(PageFacts page, String paging) throws InterruptedException {
        try (ModelRegistryClient client = ModelRegistryClient.builder(registry.name(), registry.base())
                .namespace(registry.namespace())
                .bearerToken(token)
                .settings(settings)
                .build()) {
            int unreadable = client.registeredModels().unreadable().size();
            return unreadable == 0
                    ? ok(Integer.toString(page.items()), paging)
                    : Finding.warn(
                            name(),
                            registry.base() + ": " + unreadable + " of " + page.items()
                                    + " registered models make no sense and are left out",
                            "see what the health of the running connector says about each");
        } catch (ConnectorException e) {
            return Finding.fail(name(), String.valueOf(e.getMessage()), "correct that");
        }
    }

    private Finding ok(String models, String paging) {
        return Finding.ok(name(), registry.base() + ", v1alpha3, registered models: " + models + "; " + paging);
    }

    private static String paging(PageFacts large, PageFacts usual) {
        String unasked = usual.last()
                ? "gives all of them when no page size is asked for"
                : "gives pages of " + usual.items() + " when none is asked for";
        if (!large.last()) {
            return unasked + ", of " + large.items() + " at most";
        }
        return usual.last() ? unasked : unasked + ", and larger ones when asked";
    }

    private static String grant(RegistryLocation registry, Account account, int status) {
        String role = "registry-user-" + registry.name();
        String namespace = registry.namespace() == null ? "NAMESPACE_OF_THE_REGISTRY" : registry.namespace();
        String binding = "kubectl create rolebinding " + role + "-connector --namespace=" + namespace + " --role="
                + role + ' ' + account.flag();
        return status == 401
                ? "give a token that is valid in the cluster of the registry (KFMR_TOKEN; by default it is the cluster's)"
                        + "; if it is, allow it: " + binding
                : binding;
    }
}
