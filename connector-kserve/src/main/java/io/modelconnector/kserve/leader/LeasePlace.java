package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The spec of a Lease, which is made for this, and an annotation for the question, for which it has no field. */
final class LeasePlace implements RecordPlace {
    /** The annotation. */
    static final String ASKED = "modelconnector.io/asked";

    private static final String SPEC = "spec";
    private static final String METADATA = "metadata";
    private static final String ANNOTATIONS = "annotations";

    @Override
    public String kind() {
        return "Lease";
    }

    @Override
    public String resource() {
        return "leases.coordination.k8s.io";
    }

    @Override
    public String groupVersionPath() {
        return "/apis/coordination.k8s.io/v1";
    }

    @Override
    public String plural() {
        return "leases";
    }

    @Override
    public ObjectNode newObject() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "coordination.k8s.io/v1")
                .put("kind", kind());
    }

    @Override
    public LeaderRecord read(JsonNode object) {
        JsonNode asked = object.path(METADATA).path(ANNOTATIONS).path(ASKED);
        return LeaderRecord.read(object.path(SPEC), asked.asText(""));
    }

    @Override
    public void write(ObjectNode object, LeaderRecord record) {
        record.write(object.withObjectProperty(SPEC));
        if (object.path(METADATA).path(ANNOTATIONS) instanceof ObjectNode annotations) {
            annotations.remove(ASKED);
        }
    }

    @Override
    public void ask(ObjectNode object, String question) {
        object.withObjectProperty(METADATA).withObjectProperty(ANNOTATIONS).put(ASKED, question);
    }
}
