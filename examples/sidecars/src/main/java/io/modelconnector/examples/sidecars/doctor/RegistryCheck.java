package io.modelconnector.examples.sidecars.doctor;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.rhoai.RegistryLocation;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ListedModel;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import java.util.List;

/** Whether a registry can be read: reached, trusted, allowed, of the right version, and in what pages. */
final class RegistryCheck implements Check {
    private static final String LIST = "registered_models";
    /** What the program asks for. */
    private static final int PAGE = 1000;

    private final RegistryLocation registry;
    private final BearerToken token;
    private final HttpSettings settings;
    private final ModelApi api;

    /**
     * Makes the check.
     *
     * @param registry the registry
     * @param caller makes requests with the settings
     * @param settings how the program calls registries
     * @param token the token for it
     * @param account whom the token belongs to
     */
    RegistryCheck(RegistryLocation registry, Caller caller, HttpSettings settings, BearerToken token, Account account) {
        this.registry = registry;
        this.settings = settings;
        this.token = token;
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
            PageFacts large = api.page(LIST, PAGE);
            if (!large.last() && large.items() >= PAGE) {
                // A page of the server's own choice may be all there is, which takes it long.
                return List.of(ok("more than " + PAGE + " registered models", "gives pages of " + PAGE));
            }
            return List.of(judge(large, api.page(LIST, 0)));
        } catch (ModelApi.NoPageException e) {
            return List.of(e.finding());
        }
    }

    private Finding judge(PageFacts large, PageFacts usual) throws InterruptedException {
        if (!large.last()) {
            return ok("more than " + large.items() + " registered models", paging(large, usual));
        }
        try (ModelRegistryClient client = ModelRegistryClient.builder(registry.name(), registry.base())
                .namespace(registry.namespace())
                .bearerToken(token)
                .settings(settings)
                .build()) {
            Listing<ListedModel> models = client.registeredModels();
            if (models.unreadable().isEmpty()) {
                return ok(models.items().size() + " registered models", paging(large, usual));
            }
            return Finding.warn(
                    name(),
                    registry.base() + ": " + models.unreadable().size() + " of "
                            + (models.items().size() + models.unreadable().size())
                            + " registered models make no sense and are left out",
                    "see what the health of the running connector says about each");
        } catch (ConnectorException e) {
            return Finding.fail(name(), String.valueOf(e.getMessage()), "correct that");
        }
    }

    private Finding ok(String models, String paging) {
        return Finding.ok(name(), registry.base() + ", v1alpha3, " + models + "; " + paging);
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
