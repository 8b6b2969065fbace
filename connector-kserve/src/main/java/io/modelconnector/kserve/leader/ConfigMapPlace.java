package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An annotation of a ConfigMap: the fields of a Lease as JSON. For accounts that may not use Leases. */
final class ConfigMapPlace implements RecordPlace {
    /** The annotation. */
    static final String ANNOTATION = "modelconnector.io/leader";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String kind() {
        return "ConfigMap";
    }

    @Override
    public String resource() {
        return "configmaps";
    }

    @Override
    public String groupVersionPath() {
        return "/api/v1";
    }

    @Override
    public String plural() {
        return "configmaps";
    }

    @Override
    public ObjectNode newObject() {
        return JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind());
    }

    @Override
    public LeaderRecord read(JsonNode object) {
        String text =
                object.path("metadata").path("annotations").path(ANNOTATION).asText("");
        if (text.isBlank()) {
            return LeaderRecord.read(JsonNodeFactory.instance.objectNode());
        }
        ObjectNode fields = fields(text);
        return fields == null ? LeaderRecord.unreadable(text) : LeaderRecord.read(fields);
    }

    @Override
    public void write(ObjectNode object, LeaderRecord record) {
        ObjectNode annotations = object.withObjectProperty("metadata").withObjectProperty("annotations");
        ObjectNode fields = fields(annotations.path(ANNOTATION).asText(""));
        if (fields == null) {
            fields = JsonNodeFactory.instance.objectNode();
        }
        record.write(fields);
        annotations.put(ANNOTATION, fields.toString());
    }

    private static @Nullable ObjectNode fields(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode fields ? fields : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
