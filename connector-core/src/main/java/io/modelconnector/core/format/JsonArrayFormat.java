package io.modelconnector.core.format;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import java.net.URI;

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

    private final TechDocsLinks techDocs;

    /**
     * Creates the format.
     *
     * @param techDocsBase where portals reach the endpoint that serves the model cards; an absolute http or https URL
     * @throws ConfigurationException if it is something else
     */
    public JsonArrayFormat(URI techDocsBase) {
        this.techDocs = new TechDocsLinks(techDocsBase);
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
        return WRITER.write(entry.catalog(), techDocs.of(entry));
    }
}
