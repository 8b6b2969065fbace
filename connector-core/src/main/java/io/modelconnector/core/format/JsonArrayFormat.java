package io.modelconnector.core.format;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.internal.WebUrl;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The default format: one JSON document per entry, after the published schema of the model catalog. Compact; fields in
 * a fixed order, annotations sorted, absent fields left out. What it writes passes {@link ModelCatalogValidator}.
 *
 * <p>Each model's {@code TechDocs} annotation is the documentation that its author named or else the model card.
 * Immutable and thread-safe.
 */
public final class JsonArrayFormat implements FeedFormat {
    static final String NAME = "JsonArrayFormat";

    private static final ModelCatalogWriter WRITER = new ModelCatalogWriter("TechDocs");
    private static final String LICENSE = "rhdh.modelcatalog.io/license";

    private final TechDocsLinks techDocs;
    private final boolean licenseLinksOnly;

    /**
     * Creates the format.
     *
     * @param techDocsBase where portals reach the endpoint that serves the model cards; an absolute http or https URL
     * @throws ConfigurationException if it is something else
     */
    public JsonArrayFormat(URI techDocsBase) {
        this(new TechDocsLinks(techDocsBase), false);
    }

    private JsonArrayFormat(TechDocsLinks techDocs, boolean licenseLinksOnly) {
        this.techDocs = techDocs;
        this.licenseLinksOnly = licenseLinksOnly;
    }

    /**
     * The same format, in which a licence that is no URL of a web page is the annotation {@code rhdh.modelcatalog.io/license}
     * instead. Providers of Backstage before 1.0 make a link of the licence, and Backstage refuses a model for a link that is
     * none, such as {@code Apache-2.0}.
     */
    public JsonArrayFormat withLicenseLinksOnly() {
        return new JsonArrayFormat(techDocs, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String fileName() {
        return "model-catalog.json";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] write(CatalogEntry entry) {
        return WRITER.write(licenseLinksOnly ? withLicenseLinks(entry.catalog()) : entry.catalog(), techDocs.of(entry));
    }

    private static ModelCatalog withLicenseLinks(ModelCatalog catalog) {
        return new ModelCatalog(
                catalog.models().stream().map(JsonArrayFormat::withLicenseLink).toList(), catalog.modelServer());
    }

    private static Model withLicenseLink(Model model) {
        String license = model.license();
        if (license == null || WebUrl.isHttp(license)) {
            return model;
        }
        Map<String, String> annotations = new HashMap<>(model.annotations());
        annotations.putIfAbsent(LICENSE, license);
        return Model.builder(model.name(), model.owner(), model.description(), model.lifecycle())
                .artifactLocationUrl(model.artifactLocationUrl())
                .ethics(model.ethics())
                .howToUseUrl(model.howToUseUrl())
                .support(model.support())
                .training(model.training())
                .usage(model.usage())
                .tags(model.tags())
                .annotations(annotations)
                .build();
    }
}
