package io.modelconnector.kserve;

import io.modelconnector.kserve.internal.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A serving object that owns something.
 *
 * @param namespace the namespace of both
 * @param kind the owner's kind
 * @param name the owner's name
 */
record Owner(String namespace, String kind, String name) {
    /** The serving objects that an object's owner references name. */
    static List<Owner> of(Fields metadata) {
        String namespace = required(metadata, "namespace");
        List<Owner> owners = new ArrayList<>();
        for (Fields reference : metadata.objects("ownerReferences")) {
            String kind = required(reference, "kind");
            if (kind.equals(ServingObject.INFERENCE_SERVICE) || kind.equals(ServingObject.LLM_INFERENCE_SERVICE)) {
                owners.add(new Owner(namespace, kind, required(reference, "name")));
            }
        }
        return List.copyOf(owners);
    }

    static String required(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            throw fields.malformed(name, "is missing");
        }
        return text;
    }
}
