package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The spec of a Lease, which is made for this. */
final class LeasePlace implements RecordPlace {
    private static final String SPEC = "spec";

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
        return LeaderRecord.read(object.path(SPEC));
    }

    @Override
    public void write(ObjectNode object, LeaderRecord record) {
        record.write(object.withObjectProperty(SPEC));
    }
}
