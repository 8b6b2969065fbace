package io.modelconnector.core.format;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.entity.ServerDeclaration;
import io.modelconnector.core.internal.WebUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entities of one entry, as {@link BackstageEntitiesFormat} tells. Not thread-safe. */
final class EntryEntities {
    private static final String UNKNOWN = "unknown";
    private static final String TECH_DOCS = "backstage.io/techdocs-ref";
    private static final String TECH_DOCS_OF_ENTITY = "backstage.io/techdocs-entity";
    private static final String LABEL_PREFIX = "modelconnector.io/";
    private static final String MODEL_NAMES = "modelconnector.io/model-names";

    private final CatalogEntry entry;
    private final @Nullable String techDocs;
    private final Consumer<String> losses;
    private final YamlWriter yaml = new YamlWriter();

    /** What is written, by the name that it is written under. */
    private final Map<String, Model> models;

    private final @Nullable ModelServer server;
    private final String serverName;
    private final @Nullable String system;

    /**
     * Begins them.
     *
     * @param techDocs where the documentation of the models is; null if there is none
     * @param losses is told of what is mended or left out
     */
    EntryEntities(CatalogEntry entry, @Nullable String techDocs, Consumer<String> losses) {
        this.entry = entry;
        this.techDocs = techDocs == null || WebUrl.isHttp(techDocs) ? techDocs : null;
        this.losses = losses;
        if (this.techDocs == null && techDocs != null) {
            losses.accept("its documentation is left out: it is not the URL of a web page");
        }
        this.models = models();
        ModelServer named = entry.catalog().modelServer();
        String name = named == null ? null : EntityRules.name(named.name());
        if (named != null && name == null) {
            losses.accept("its server is left out: nothing is left of its name that Backstage takes");
        }
        this.server = name == null ? null : named;
        this.serverName = name == null ? "" : name;
        this.system = system(entry, losses);
    }

    /**
     * Writes them.
     *
     * @param withAiModelServerApi whether the server is written in the kind of Red Hat's plugins as well
     */
    byte[] write(boolean withAiModelServerApi) {
        if (models.isEmpty() && server == null) {
            throw new InexpressibleEntryException("nothing is left of it that Backstage takes");
        }
        if (server != null) {
            writeComponent(server);
        }
        models.forEach(this::writeResource);
        ModelServerApi api = server == null ? null : server.api();
        if (server != null && api != null) {
            writeApi(server, api);
            if (withAiModelServerApi && EntityRules.isLink(api.url())) {
                writeAiModelServerApi(server, api);
            }
        }
        return yaml.bytes();
    }

    /** The reference of the system that an entry is a part of; null if it names none. */
    static @Nullable String system(CatalogEntry entry, Consumer<String> losses) {
        ModelServer server = entry.catalog().modelServer();
        String named = server == null ? null : server.declaration().system();
        if (named == null || EntityRules.isBlank(named)) {
            return null;
        }
        String reference = EntityRules.reference(named, "system");
        if (reference == null || !reference.startsWith("system:")) {
            losses.accept(
                    "its system \"" + named + "\" is left out: that is neither the name of a system nor a reference");
            return null;
        }
        return reference;
    }

    /** The owner of an entry, as a reference: what the author gave, or else the user of the name that the entry has. */
    static String owner(CatalogEntry entry, String name) {
        String given = entry.ownerReference();
        String reference = given == null ? null : EntityRules.reference(given, "user");
        if (reference == null) {
            reference = EntityRules.reference(name, "user");
        }
        return reference == null ? "user:default/" + UNKNOWN : reference;
    }

    private Map<String, Model> models() {
        Map<String, Model> named = new LinkedHashMap<>();
        Set<String> folded = new HashSet<>();
        for (Model model : entry.catalog().models()) {
            String name = EntityRules.name(model.name());
            if (name == null || !folded.add(name.toLowerCase(Locale.ROOT))) {
                losses.accept("model \"" + model.name() + "\" is left out: "
                        + (name == null
                                ? "nothing is left of its name that Backstage takes"
                                : "the entry has another of that name"));
            } else {
                named.put(name, model);
            }
        }
        return named;
    }

    private void writeComponent(ModelServer server) {
        EntityDraft draft = draft("Component", serverName, server.description());
        ModelServerApi api = server.api();
        describe(draft, server);
        draft.annotate(server.annotations());
        asset(draft, "model-server");
        draft.tag(server.tags());
        if (api != null) {
            draft.link("API", api.url());
        }
        draft.link("Homepage", server.homepageUrl());
        draft.note("Usage", "usage", server.usage());

        draft.begin(yaml);
        writeSpec("model-server", server.lifecycle(), owner(entry, server.owner()));
        List<String> apis = apis(server);
        if (!apis.isEmpty()) {
            yaml.list("providesApis", apis);
        }
        List<String> resources = models.keySet().stream()
                .map(name -> reference("resource", name))
                .toList();
        if (!resources.isEmpty()) {
            yaml.list("dependsOn", resources);
        }
        yaml.end();
    }

    private void writeResource(String name, Model model) {
        EntityDraft draft = draft("Resource", name, model.description());
        labels(draft, model);
        draft.annotate(model.annotations());
        asset(draft, "ai-model");
        if (techDocs != null) {
            draft.annotate(TECH_DOCS, "url:" + techDocs.strip());
        }
        draft.tag(model.tags());
        draft.link("Artifact Location", model.artifactLocationUrl());
        draft.link("How to use", model.howToUseUrl());
        draft.link("Documentation", entry.techDocsUrl());
        draft.note("License", "license", model.license());
        draft.note("Ethics", "ethics", model.ethics());
        draft.note("Support", "support", model.support());
        draft.note("Training", "training", model.training());
        draft.note("Usage", "usage", model.usage());

        draft.begin(yaml);
        writeSpec("ai-model", model.lifecycle(), owner(entry, model.owner()));
        if (server != null) {
            yaml.list("dependencyOf", List.of(reference("component", serverName)));
        }
        yaml.end();
    }

    private void writeApi(ModelServer server, ModelServerApi api) {
        EntityDraft draft = draft("API", serverName, server.description());
        describe(draft, server);
        draft.annotate(api.annotations());
        draft.tag(api.tags());
        draft.link("API", api.url());

        draft.begin(yaml);
        writeSpec(api.type().wireName(), server.lifecycle(), owner(entry, server.owner()));
        yaml.text("definition", ApiDefinition.of(server, api, AssetVersion.of(traits().version())));
        yaml.end();
    }

    private void writeAiModelServerApi(ModelServer server, ModelServerApi api) {
        ServerDeclaration declaration = server.declaration();
        EntityDraft draft = draft("AiModelServerAPI", serverName, server.description());
        describe(draft, server);
        draft.annotate(api.annotations());
        draft.annotate(server.annotations());
        asset(draft, "model-server");
        draft.tag(server.tags());
        draft.link("API", api.url());
        draft.link("Homepage", server.homepageUrl());

        draft.begin(yaml);
        writeSpec("ai-model-server", server.lifecycle(), owner(entry, server.owner()));
        yaml.text("apiEntityRef", apis(server).get(0));
        String type = declaration.serverType();
        yaml.text("serverType", type == null ? api.type().wireName() : EntityRules.required(type, UNKNOWN));
        yaml.text("serverUrl", api.url().strip());
        yaml.flag("requiresApiKey", Boolean.TRUE.equals(server.authentication()));
        List<String> declared = declaredNames(server);
        List<String> names = declared.isEmpty() ? List.copyOf(models.keySet()) : declared;
        yaml.begin("models");
        yaml.list("available", names);
        String first = declaration.defaultModel();
        if (first != null && !EntityRules.isBlank(first)) {
            yaml.text("default", first);
        } else if (!names.isEmpty()) {
            yaml.text("default", names.get(0));
        }
        yaml.end();
        yaml.end();
    }

    private EntityDraft draft(String kind, String name, String description) {
        return new EntityDraft(kind, name, null, description, losses);
    }

    /** What the entities of a server have in common: labels, access, and the documentation of its first model. */
    private void describe(EntityDraft draft, ModelServer server) {
        models.values().stream().findFirst().ifPresent(model -> labels(draft, model));
        if (server.authentication() != null) {
            draft.tag(List.of(server.authentication() ? "auth-required" : "auth-not-required"));
        }
        if (techDocs != null && !models.isEmpty()) {
            String documented = models.keySet().iterator().next();
            draft.annotate(TECH_DOCS_OF_ENTITY, reference("resource", documented));
        }
        List<String> names = declaredNames(server);
        if (!names.isEmpty()) {
            draft.annotate(MODEL_NAMES, String.join(", ", names));
        }
    }

    private static List<String> declaredNames(ModelServer server) {
        return server.declaration().modelNames().stream()
                .filter(name -> !EntityRules.isBlank(name))
                .toList();
    }

    private void labels(EntityDraft draft, Model model) {
        ModelTraits traits = model.traits();
        draft.label(LABEL_PREFIX + "provider", traits.provider());
        draft.label(LABEL_PREFIX + "task", traits.task());
        String license = model.license();
        draft.label(LABEL_PREFIX + "license", license == null || WebUrl.isHttp(license) ? null : license);
        draft.label(LABEL_PREFIX + "registry", traits.registry());
    }

    /** What Red Hat's AI catalog reads. */
    private void asset(EntityDraft draft, String category) {
        draft.annotate("rhdh.io/ai-asset-category", category);
        draft.annotate("rhdh.io/ai-asset-version", AssetVersion.of(traits().version()));
        draft.annotate("rhdh.io/ai-asset-source", AssetSource.of(entry, traits()));
    }

    private ModelTraits traits() {
        return models.isEmpty()
                ? ModelTraits.none()
                : models.values().iterator().next().traits();
    }

    /** Its own, and the one that its operators describe elsewhere. */
    private List<String> apis(ModelServer server) {
        List<String> apis = new ArrayList<>();
        if (server.api() != null) {
            apis.add(reference("api", serverName));
        }
        String declared = server.declaration().apiReference();
        String reference = declared == null ? null : EntityRules.reference(declared, "api");
        if (reference != null && reference.startsWith("api:") && !apis.contains(reference)) {
            apis.add(reference);
        }
        return apis;
    }

    private void writeSpec(String type, String lifecycle, String owner) {
        yaml.text("type", type);
        yaml.text("lifecycle", EntityRules.required(lifecycle, UNKNOWN));
        yaml.text("owner", owner);
        if (system != null) {
            yaml.text("system", system);
        }
    }

    private static String reference(String kind, String name) {
        return kind + ':' + EntityRules.DEFAULT_NAMESPACE + '/' + name;
    }
}
