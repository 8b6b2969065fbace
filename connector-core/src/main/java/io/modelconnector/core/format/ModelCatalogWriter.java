package io.modelconnector.core.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes model catalogs as JSON, after the published schema: compact; fields in a fixed order, annotations sorted, absent
 * fields left out. Immutable and thread-safe.
 */
final class ModelCatalogWriter {
    private static final int USUAL_LENGTH = 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final String techDocsAnnotation;

    /**
     * Creates a writer.
     *
     * @param techDocsAnnotation the annotation of a model that leads to its documentation
     */
    ModelCatalogWriter(String techDocsAnnotation) {
        this.techDocsAnnotation = techDocsAnnotation;
    }

    /**
     * Writes a catalog.
     *
     * @param techDocs where the documentation of its models is; null if there is none
     */
    byte[] write(ModelCatalog catalog, @Nullable String techDocs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("models");
            for (Model model : catalog.models()) {
                writeModel(json, model, techDocs);
            }
            json.writeEndArray();
            ModelServer server = catalog.modelServer();
            if (server != null) {
                writeServer(json, server);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void writeModel(JsonGenerator json, Model model, @Nullable String techDocs) throws IOException {
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

    private void writeServer(JsonGenerator json, ModelServer server) throws IOException {
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

    private void writeApi(JsonGenerator json, ModelServerApi api) throws IOException {
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

    private void writeAnnotations(JsonGenerator json, Map<String, String> annotations, @Nullable String techDocs)
            throws IOException {
        if (annotations.isEmpty() && techDocs == null) {
            return;
        }
        Map<String, String> sorted = new TreeMap<>(annotations);
        if (techDocs != null) {
            sorted.put(techDocsAnnotation, techDocs);
        }
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, String> annotation : sorted.entrySet()) {
            writeText(json, WellFormed.text(annotation.getKey()), annotation.getValue());
        }
        json.writeEndObject();
    }
}
