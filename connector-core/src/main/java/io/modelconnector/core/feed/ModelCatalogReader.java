package io.modelconnector.core.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.format.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON document of an entry, as this library or an existing writer made it. What the schema requires has to be
 * there; fields that are not known are passed over, and null is the same as absent.
 */
final class ModelCatalogReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TECH_DOCS = "TechDocs";

    private final EntryKey key;

    private ModelCatalogReader(EntryKey key) {
        this.key = key;
    }

    /**
     * What a document says.
     *
     * @param catalog the models and the server, without links to documentation
     * @param techDocsUrl the link to the documentation of the first model that has one
     */
    record Document(ModelCatalog catalog, @Nullable String techDocsUrl) {}

    /**
     * Reads a document.
     *
     * @param key whose it is, for messages
     * @param body its bytes
     * @throws MalformedResponseException if it is no model catalog; the message says in what way
     */
    static Document read(EntryKey key, Payload body) {
        return new ModelCatalogReader(key).document(body);
    }

    private Document document(Payload body) {
        byte[] bytes = new byte[body.length()];
        body.bytes().get(bytes);
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            throw malformed("is no JSON", e);
        }
        JsonNode models = root.path("models");
        if (!models.isArray()) {
            throw malformed("has no models", null);
        }
        List<Model> read = new ArrayList<>();
        String techDocs = null;
        for (JsonNode model : models) {
            Map<String, String> annotations = annotations(model, "a model");
            String url = annotations.remove(TECH_DOCS);
            techDocs = techDocs == null ? url : techDocs;
            read.add(model(model, annotations));
        }
        JsonNode server = root.path("modelServer");
        return new Document(new ModelCatalog(read, absent(server) ? null : server(server)), techDocs);
    }

    private Model model(JsonNode model, Map<String, String> annotations) {
        String where = "a model";
        return Model.builder(
                        required(model, "name", where),
                        required(model, "owner", where),
                        required(model, "description", where),
                        required(model, "lifecycle", where))
                .artifactLocationUrl(text(model, "artifactLocationURL", where))
                .ethics(text(model, "ethics", where))
                .howToUseUrl(text(model, "howToUseURL", where))
                .license(text(model, "license", where))
                .support(text(model, "support", where))
                .training(text(model, "training", where))
                .usage(text(model, "usage", where))
                .tags(tags(model, where))
                .annotations(annotations)
                .build();
    }

    private ModelServer server(JsonNode server) {
        String where = "the model server";
        JsonNode api = server.path("API");
        JsonNode authentication = server.path("authentication");
        if (!absent(authentication) && !authentication.isBoolean()) {
            throw malformed("has a model server whose \"authentication\" is neither true nor false", null);
        }
        return ModelServer.builder(
                        required(server, "name", where),
                        required(server, "owner", where),
                        required(server, "description", where),
                        required(server, "lifecycle", where))
                .api(absent(api) ? null : api(api))
                .authentication(absent(authentication) ? null : authentication.booleanValue())
                .homepageUrl(text(server, "homepageURL", where))
                .usage(text(server, "usage", where))
                .tags(tags(server, where))
                .annotations(annotations(server, where))
                .build();
    }

    private ModelServerApi api(JsonNode api) {
        String where = "the API";
        ApiType type = ApiType.of(required(api, "type", where))
                .orElseThrow(() -> malformed("has an API of a type that the schema does not know", null));
        return new ModelServerApi(
                required(api, "url", where),
                type,
                required(api, "spec", where),
                tags(api, where),
                annotations(api, where));
    }

    private String required(JsonNode object, String field, String where) {
        String text = text(object, field, where);
        if (text == null) {
            throw malformed("lacks the \"" + field + "\" of " + where, null);
        }
        return text;
    }

    private @Nullable String text(JsonNode object, String field, String where) {
        JsonNode value = object.path(field);
        return absent(value) ? null : textOf(value, field, where);
    }

    private List<String> tags(JsonNode object, String where) {
        JsonNode tags = object.path("tags");
        List<String> read = new ArrayList<>();
        if (!absent(tags) && !tags.isArray()) {
            throw malformed("has no list as the \"tags\" of " + where, null);
        }
        tags.forEach(tag -> read.add(textOf(tag, "tags", where)));
        return read;
    }

    private Map<String, String> annotations(JsonNode object, String where) {
        JsonNode annotations = object.path("annotations");
        Map<String, String> read = new HashMap<>();
        if (!absent(annotations) && !annotations.isObject()) {
            throw malformed("has no object as the \"annotations\" of " + where, null);
        }
        annotations.properties().stream()
                .filter(entry -> !absent(entry.getValue()))
                .forEach(entry -> read.put(entry.getKey(), textOf(entry.getValue(), "annotations", where)));
        return read;
    }

    private String textOf(JsonNode value, String field, String where) {
        if (!value.isTextual()) {
            throw malformed("has something else than text in \"" + field + "\" of " + where, null);
        }
        return value.textValue();
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private MalformedResponseException malformed(String flaw, @Nullable Throwable cause) {
        return new MalformedResponseException("the stored document of " + key + ' ' + flaw, cause);
    }
}
