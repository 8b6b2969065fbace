package io.modelconnector.kserve.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A kind of object in which the record of who leads can be kept. What else is in the object stays as it is. */
interface RecordPlace {
    /** The kind, for messages: {@code Lease}. */
    String kind();

    /** The name of the kind as RBAC has it: {@code leases.coordination.k8s.io}. */
    String resource();

    /** The path of the group and version: {@code /apis/coordination.k8s.io/v1}. */
    String groupVersionPath();

    /** The name of the kind in URLs. */
    String plural();

    /** A new object without a name and without a record. */
    ObjectNode newObject();

    /** The record of an object; one without a holder if there is none. */
    LeaderRecord read(JsonNode object);

    /** Writes the record into an object, as its holder does: without a question. */
    void write(ObjectNode object, LeaderRecord record);

    /** Writes nothing but a question, so that it does not matter who wrote the record, and how. */
    void ask(ObjectNode object, String question);
}
