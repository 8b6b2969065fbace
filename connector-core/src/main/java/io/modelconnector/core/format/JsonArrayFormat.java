package io.modelconnector.core.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The default format: one JSON document per entry, after the published schema of the model catalog. Compact; fields in
 * a fixed order, annotations sorted, absent fields left out. What it writes passes {@link ModelCatalogValidator}.
 *
 * <p>Each model's {@code TechDocs} annotation is the documentation that its author named or else the model card.
 * Immutable and thread-safe.
 */
public final class JsonArrayFormat implements FeedFormat {
    static final String NAME = "JsonArrayFormat";

    private static final String TECH_DOCS = "TechDocs";
    private static final int USUAL_LENGTH = 1024;
    private static final JsonFactory JSON = new JsonFactory();

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("models");
            for (Model model : entry.catalog().models()) {
                writeModel(json, model, techDocs.of(entry));
            }
            json.writeEndArray();
            ModelServer server = entry.catalog().modelServer();
            if (server != null) {
                writeServer(json, server);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing entry " + entry.key() + " to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeModel(JsonGenerator json, Model model, @Nullable String techDocs) throws IOException {
        json.writeStartObject();
        writeText(json, "name", model.name());
        writeText(json, "owner", model.owner());
        writeText(json, "description", model.description());
        writeText(json, "lifecycle", model.lifecycle());
        writeText(json, "artifactLocationURL", model.artifactLocationUrl());
        writeText(json, "ethics", model.ethics());
        writeText(json, "howToUseURL", model.howToUseUrl());
        writeText(json, "license", model.license());
        writeText(json, "support", model.support());
        writeTags(json, model.tags());
        writeText(json, "training", model.training());
        writeText(json, "usage", model.usage());
        writeAnnotations(json, model.annotations(), techDocs);
        json.writeEndObject();
    }

    private static void writeServer(JsonGenerator json, ModelServer server) throws IOException {
        json.writeObjectFieldStart("modelServer");
        writeText(json, "name", server.name());
        writeText(json, "owner", server.owner());
        writeText(json, "description", server.description());
        writeText(json, "lifecycle", server.lifecycle());
        ModelServerApi api = server.api();
        if (api != null) {
            writeApi(json, api);
        }
        if (server.authentication() != null) {
            json.writeBooleanField("authentication", server.authentication());
        }
        writeText(json, "homepageURL", server.homepageUrl());
        writeTags(json, server.tags());
        writeText(json, "usage", server.usage());
        writeAnnotations(json, server.annotations(), null);
        json.writeEndObject();
    }

    private static void writeApi(JsonGenerator json, ModelServerApi api) throws IOException {
        json.writeObjectFieldStart("API");
        writeText(json, "url", api.url());
        writeText(json, "type", api.type().wireName());
        writeText(json, "spec", api.spec());
        writeTags(json, api.tags());
        writeAnnotations(json, api.annotations(), null);
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, WellFormed.text(value));
        }
    }

    private static void writeTags(JsonGenerator json, List<String> tags) throws IOException {
        if (!tags.isEmpty()) {
            json.writeArrayFieldStart("tags");
            for (String tag : tags) {
                json.writeString(WellFormed.text(tag));
            }
            json.writeEndArray();
        }
    }

    private static void writeAnnotations(JsonGenerator json, Map<String, String> annotations, @Nullable String techDocs)
            throws IOException {
        if (annotations.isEmpty() && techDocs == null) {
            return;
        }
        Map<String, String> sorted = new TreeMap<>(annotations);
        if (techDocs != null) {
            sorted.put(TECH_DOCS, techDocs);
        }
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : sorted.entrySet()) {
            writeText(json, WellFormed.text(annotation.getKey()), annotation.getValue());
        }
        json.writeEndObject();
    }
}
