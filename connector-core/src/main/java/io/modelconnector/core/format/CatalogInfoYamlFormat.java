package io.modelconnector.core.format;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.net.URI;
import java.util.List;

/**
 * The older format: what Backstage itself reads, without a plugin. One YAML file per entry, with a document for each entity:
 * a Component of type {@code model-server} and the API that it provides, if the entry has them, and a Resource of type
 * {@code ai-model} for each model, which the Component depends on. Entries of the normalizer give entities that Backstage
 * accepts; a link that it does not is left out.
 *
 * <p>A Resource's TechDocs are the documentation that the model's author named or else the model card; the others show
 * those of the first Resource. The owner is the entity reference that the author gave, or else the user of that name, as
 * portals know it from the default format: Backstage would take a bare name for a group.
 *
 * <p>Each document begins with its marker, so that files can be joined. Immutable and thread-safe.
 */
public final class CatalogInfoYamlFormat implements FeedFormat {
    static final String NAME = "CatalogInfoYamlFormat";

    private static final String TECH_DOCS = "backstage.io/techdocs-ref";
    private static final String TECH_DOCS_OF_ENTITY = "backstage.io/techdocs-entity";

    private final TechDocsLinks techDocs;

    /**
     * Creates the format.
     *
     * @param techDocsBase where portals reach the endpoint that serves the model cards; an absolute http or https URL
     * @throws ConfigurationException if it is something else
     */
    public CatalogInfoYamlFormat(URI techDocsBase) {
        this.techDocs = new TechDocsLinks(techDocsBase);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String fileName() {
        return "catalog-info.yaml";
    }

    /** The registered type (RFC 9512). Backstage does not look at it. */
    @Override
    public String contentType() {
        return "application/yaml";
    }

    @Override
    public byte[] write(CatalogEntry entry) {
        YamlWriter yaml = new YamlWriter();
        ModelServer server = entry.catalog().modelServer();
        if (server != null) {
            writeComponent(yaml, entry, server);
        }
        for (Model model : entry.catalog().models()) {
            writeResource(yaml, entry, model);
        }
        if (server != null && server.api() != null) {
            writeApi(yaml, entry, server, server.api());
        }
        return yaml.bytes();
    }

    private void writeComponent(YamlWriter yaml, CatalogEntry entry, ModelServer server) {
        ModelServerApi api = server.api();
        EntityMetadata metadata = new EntityMetadata(server.name(), server.description());
        showTechDocsOfModel(metadata, entry);
        if (api != null) {
            metadata.annotate(api.annotations());
            metadata.link("API", api.url());
        }
        metadata.annotate(server.annotations());
        metadata.tag(server.tags());
        metadata.tag(accessTags(server));
        metadata.link("Homepage", server.homepageUrl());
        metadata.note("Usage", "usage", server.usage());

        begin(yaml, "Component", metadata);
        writeSpec(yaml, "model-server", server.lifecycle(), owner(entry, server.owner()));
        if (api != null) {
            writeList(yaml, "providesApis", List.of(server.name()));
        }
        writeList(
                yaml,
                "dependsOn",
                entry.catalog().models().stream()
                        .map(CatalogInfoYamlFormat::reference)
                        .toList());
        yaml.end();
    }

    private void writeResource(YamlWriter yaml, CatalogEntry entry, Model model) {
        EntityMetadata metadata = new EntityMetadata(model.name(), model.description());
        metadata.annotate(model.annotations());
        metadata.tag(model.tags());
        metadata.link("Artifact Location", model.artifactLocationUrl());
        metadata.link("How to use", model.howToUseUrl());
        metadata.link("Documentation", entry.techDocsUrl());
        metadata.note("License", "license", model.license());
        metadata.note("Ethics", "ethics", model.ethics());
        metadata.note("Support", "support", model.support());
        metadata.note("Training", "training", model.training());
        metadata.note("Usage", "usage", model.usage());
        String documentation = techDocs.of(entry);
        if (documentation != null) {
            metadata.annotate(TECH_DOCS, "url:" + documentation.trim());
        }

        begin(yaml, "Resource", metadata);
        writeSpec(yaml, "ai-model", model.lifecycle(), owner(entry, model.owner()));
        ModelServer server = entry.catalog().modelServer();
        if (server != null) {
            writeList(yaml, "dependencyOf", List.of("component:" + server.name()));
        }
        yaml.end();
    }

    private void writeApi(YamlWriter yaml, CatalogEntry entry, ModelServer server, ModelServerApi api) {
        EntityMetadata metadata = new EntityMetadata(server.name(), server.description());
        showTechDocsOfModel(metadata, entry);
        metadata.annotate(api.annotations());
        metadata.tag(api.tags());
        metadata.tag(accessTags(server));
        metadata.link("API", api.url());

        begin(yaml, "API", metadata);
        writeSpec(yaml, api.type().wireName(), server.lifecycle(), owner(entry, server.owner()));
        yaml.text("definition", api.spec());
        yaml.end();
    }

    private void showTechDocsOfModel(EntityMetadata metadata, CatalogEntry entry) {
        List<Model> models = entry.catalog().models();
        if (techDocs.of(entry) != null && !models.isEmpty()) {
            metadata.annotate(
                    TECH_DOCS_OF_ENTITY, "resource:default/" + models.get(0).name());
        }
    }

    private static void begin(YamlWriter yaml, String kind, EntityMetadata metadata) {
        yaml.beginDocument();
        yaml.text("apiVersion", "backstage.io/v1alpha1");
        yaml.text("kind", kind);
        metadata.write(yaml);
        yaml.begin("spec");
    }

    private static void writeSpec(YamlWriter yaml, String type, String lifecycle, String owner) {
        yaml.text("type", type);
        yaml.text("lifecycle", lifecycle);
        yaml.text("owner", owner);
    }

    private static void writeList(YamlWriter yaml, String field, List<String> items) {
        if (!items.isEmpty()) {
            yaml.begin(field);
            items.forEach(yaml::item);
            yaml.end();
        }
    }

    private static String reference(Model model) {
        return "resource:" + model.name();
    }

    private static String owner(CatalogEntry entry, String name) {
        String reference = entry.ownerReference();
        return reference == null ? "user:" + name : reference;
    }

    /** As portals know it from the default format. */
    private static List<String> accessTags(ModelServer server) {
        Boolean authentication = server.authentication();
        if (authentication == null) {
            return List.of();
        }
        return List.of(authentication ? "auth-required" : "auth-not-required");
    }
}
