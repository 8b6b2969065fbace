package io.modelconnector.core.format;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.entity.ServerDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the dialect of the connector contract. A provider fetches all entries at once, and one that it stumbles over costs
 * it all others; so nothing that it is known to stumble over comes through.
 */
final class ConnectorDialect {
    private static final String UNKNOWN = "unknown";

    private final CatalogEntry entry;
    private final Consumer<String> losses;

    ConnectorDialect(CatalogEntry entry, Consumer<String> losses) {
        this.entry = entry;
        this.losses = losses;
    }

    ModelCatalog catalog() {
        ModelServer server = entry.catalog().modelServer();
        return new ModelCatalog(models(server), server == null ? null : server(server));
    }

    private List<Model> models(@Nullable ModelServer server) {
        List<String> names = server == null ? List.of() : server.declaration().modelNames();
        List<Model> models = new ArrayList<>();
        for (Model model : entry.catalog().models()) {
            if (names.isEmpty()) {
                addModel(models, model, model.name());
            } else {
                names.forEach(name -> addModel(models, model, name));
            }
        }
        return models;
    }

    private void addModel(List<Model> models, Model model, String name) {
        if (EntityRules.isBlank(name)) {
            losses.accept("a model without a name is left out");
            return;
        }
        models.add(Model.builder(
                        name,
                        owner(model.owner()),
                        model.description(),
                        EntityRules.required(model.lifecycle(), UNKNOWN))
                .artifactLocationUrl(link("artifactLocationURL", model.artifactLocationUrl()))
                .ethics(model.ethics())
                .howToUseUrl(link("howToUseURL", model.howToUseUrl()))
                .license(model.license())
                .support(model.support())
                .training(model.training())
                .usage(model.usage())
                .tags(model.tags())
                .annotations(annotations(model.annotations()))
                .build());
    }

    private @Nullable ModelServer server(ModelServer server) {
        ModelServerApi api = server.api();
        String name = EntityRules.name(server.name());
        if (name == null || api == null || !EntityRules.isLink(api.url())) {
            losses.accept("its server is left out, since "
                    + (name == null ? "nothing is left of its name" : "it has no API with a valid URL"));
            return null;
        }
        Map<String, String> annotations = new LinkedHashMap<>(annotations(server.annotations()));
        declare(server.declaration(), annotations);
        return ModelServer.builder(
                        name,
                        owner(server.owner()),
                        server.description(),
                        EntityRules.required(server.lifecycle(), UNKNOWN))
                .api(new ModelServerApi(api.url(), api.type(), api.spec(), api.tags(), annotations(api.annotations())))
                .authentication(server.authentication())
                .homepageUrl(link("homepageURL", server.homepageUrl()))
                .usage(server.usage())
                .tags(server.tags())
                .annotations(annotations)
                .build();
    }

    private static void declare(ServerDeclaration declaration, Map<String, String> annotations) {
        put(annotations, "rhdh.io/system", declaration.system());
        put(annotations, "rhdh.io/serverType", declaration.serverType());
        put(annotations, "rhdh.io/default", declaration.defaultModel());
        put(annotations, "rhdh.io/api-entity-ref", declaration.apiReference());
    }

    private static void put(Map<String, String> annotations, String key, @Nullable String value) {
        if (value != null && !EntityRules.isBlank(value)) {
            annotations.put(key, value);
        }
    }

    /** A provider puts {@code user:} before it, whatever it is. */
    private static String owner(String owner) {
        String name = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf(':')) + 1);
        return EntityRules.required(name, UNKNOWN);
    }

    private @Nullable String link(String field, @Nullable String url) {
        if (url == null || EntityRules.isLink(url)) {
            return url;
        }
        losses.accept(field + " is left out, since it is not an absolute URL that a portal takes for a link");
        return null;
    }

    private Map<String, String> annotations(Map<String, String> annotations) {
        Map<String, String> kept = new LinkedHashMap<>();
        annotations.forEach((key, value) -> {
            if (EntityRules.isKey(key)) {
                kept.put(key, value);
            } else {
                losses.accept("annotation \"" + key + "\" is left out, since a portal does not take its name");
            }
        });
        return kept;
    }
}
