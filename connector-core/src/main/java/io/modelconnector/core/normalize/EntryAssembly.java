package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.internal.WebHost;
import io.modelconnector.core.internal.WebUrl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the entries of one call of the normalizer, oldest first. Not thread-safe. */
final class EntryAssembly {
    private static final String MODEL_NAME_ANNOTATION = "rhdh.modelcatalog.io/model-name";
    private static final String UNKNOWN_SPEC = "TBD";

    private final Normalizer.Settings settings;
    private final CardKeys cardKeys;
    private final UniqueNames names;
    private final Problems problems;

    EntryAssembly(Normalizer.Settings settings, CardKeys cardKeys, Problems problems) {
        this.settings = settings;
        this.cardKeys = cardKeys;
        this.names = new UniqueNames(problems);
        this.problems = problems;
    }

    /** Makes the next entry; it yields to older ones where names collide. */
    CatalogEntry entry(EntryFacts facts) {
        Identity who = facts.identity();
        EntryKey key = names.key(facts.wantedKey(), who);
        Shared shared = shared(facts);
        return new CatalogEntry(
                key,
                new ModelCatalog(List.of(model(facts, shared)), server(facts, shared)),
                cardKeys.card(facts, problems),
                techDocsUrl(facts),
                shared.owner().reference(),
                facts.lastUpdate(),
                new EntryOrigin(facts.kind(), who.id()));
    }

    private Model model(EntryFacts facts, Shared shared) {
        String name = names.modelName(facts.wantedModelName(), facts.identity());
        return Model.builder(name, shared.owner().name(), shared.description(), shared.lifecycle())
                .artifactLocationUrl(url("artifactLocationURL", facts.artifactUri(), facts))
                .ethics(facts.get(Property.ETHICS))
                .howToUseUrl(url("howToUseURL", facts.get(Property.HOW_TO_USE), facts))
                .license(facts.get(Property.LICENSE))
                .support(facts.get(Property.SUPPORT))
                .training(facts.get(Property.TRAINING))
                .usage(shared.usage())
                .tags(shared.tags())
                .annotations(Map.of(MODEL_NAME_ANNOTATION, facts.annotatedModelName(name)))
                .traits(facts.traits(shared.tags()))
                .build();
    }

    private @Nullable ModelServer server(EntryFacts facts, Shared shared) {
        Server server = facts.server();
        if (server == null) {
            return null;
        }
        String name = names.serverName(server.wantedName(), facts.identity());
        return ModelServer.builder(name, shared.owner().name(), shared.description(), shared.lifecycle())
                .api(api(facts, server.address(), shared.tags()))
                .authentication(server.authentication())
                .homepageUrl(url("homepageURL", facts.get(Property.HOMEPAGE_URL), facts))
                .usage(shared.usage())
                .tags(shared.tags())
                .declaration(server.declaration())
                .build();
    }

    private static ModelServerApi api(EntryFacts facts, Address address, List<String> tags) {
        String type = facts.get(Property.API_TYPE);
        String spec = facts.get(Property.API_SPEC);
        return new ModelServerApi(
                address.url(),
                type == null ? ApiType.OPENAPI : ApiType.of(type).orElse(ApiType.OPENAPI),
                spec == null ? UNKNOWN_SPEC : spec,
                tags,
                address.annotations());
    }

    private @Nullable String techDocsUrl(EntryFacts facts) {
        String url = facts.get(Property.TECH_DOCS);
        if (url == null) {
            return null;
        }
        WebHost host = WebUrl.httpHost(url);
        if (host == null) {
            problems.add(
                    facts.identity().id(),
                    "its TechDocs is left out: it has to be an absolute http or https URL, for instance"
                            + " https://example.com/docs");
            return null;
        }
        if (settings.ownNetwork().refuses(host)) {
            problems.add(
                    facts.identity().id(),
                    "its TechDocs is left out: the host " + host.text() + " is in the portal's own network, where the"
                            + " portal would send its token; have it point elsewhere, or allow the host (techDocsHosts)");
            return null;
        }
        return url;
    }

    private @Nullable String url(String field, @Nullable String url, EntryFacts facts) {
        return url == null
                ? null
                : ValidUrl.orNull("its " + field, url, facts.identity().id(), problems);
    }

    private Shared shared(EntryFacts facts) {
        Owner owner = facts.owner();
        String lifecycle = facts.get(Property.LIFECYCLE);
        String validLifecycle = lifecycle == null ? "" : Names.sanitize(lifecycle);
        return new Shared(
                owner == null ? settings.owner() : owner,
                validLifecycle.isEmpty() ? settings.lifecycle() : validLifecycle,
                facts.description(),
                facts.get(Property.USAGE),
                facts.tags());
    }

    /** What the model and its server have in common. */
    private record Shared(
            Owner owner,
            String lifecycle,
            String description,
            @Nullable String usage,
            List<String> tags) {}
}
