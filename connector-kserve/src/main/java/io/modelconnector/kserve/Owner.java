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
        String namespace = metadata.required("namespace");
        List<Owner> owners = new ArrayList<>();
        for (Fields reference : metadata.objects("ownerReferences")) {
            String kind = reference.required("kind");
            if (kind.equals(ServingObject.INFERENCE_SERVICE) || kind.equals(ServingObject.LLM_INFERENCE_SERVICE)) {
                owners.add(new Owner(namespace, kind, reference.required("name")));
            }
        }
        return List.copyOf(owners);
    }
}
