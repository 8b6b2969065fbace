package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An annotation of a ConfigMap: the fields of a Lease, and the question, as JSON. For accounts that may not use Leases. */
final class ConfigMapPlace implements RecordPlace {
    /** The annotation. */
    static final String ANNOTATION = "modelconnector.io/leader";

    private static final String ASKED = "asked";
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
        String text = text(object);
        ObjectNode fields = text.isBlank() ? JsonNodeFactory.instance.objectNode() : fields(text);
        return fields == null
                ? LeaderRecord.unreadable(text)
                : LeaderRecord.read(fields, fields.path(ASKED).asText(""));
    }

    @Override
    public void write(ObjectNode object, LeaderRecord record) {
        change(object, fields -> {
            record.write(fields);
            fields.remove(ASKED);
        });
    }

    @Override
    public void ask(ObjectNode object, String question) {
        change(object, fields -> fields.put(ASKED, question));
    }

    private static void change(ObjectNode object, Consumer<ObjectNode> change) {
        ObjectNode fields = fields(text(object));
        if (fields == null) {
            fields = JsonNodeFactory.instance.objectNode();
        }
        change.accept(fields);
        object.withObjectProperty("metadata").withObjectProperty("annotations").put(ANNOTATION, fields.toString());
    }

    private static String text(JsonNode object) {
        return object.path("metadata").path("annotations").path(ANNOTATION).asText("");
    }

    private static @Nullable ObjectNode fields(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode fields ? fields : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
