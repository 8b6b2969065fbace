package io.modelconnector.core.normalize;

import io.modelconnector.core.source.ServedModel;
import org.jspecify.annotations.Nullable;

/** The labels that say which registered version a served model serves. */
enum ServingLabels {
    /** The id of the registered model. */
    REGISTERED_MODEL_ID("registered-model-id"),
    /** The id of the model version. */
    MODEL_VERSION_ID("model-version-id"),
    /** The id of the registry's inference service. */
    INFERENCE_SERVICE_ID("inference-service-id"),
    /** The registry's name. */
    REGISTRY_NAME("name");

    private final String label;

    ServingLabels(String name) {
        this.label = "modelregistry.opendatahub.io/" + name;
    }

    /** The label's value; null if it is absent or blank. */
    @Nullable
    String of(ServedModel model) {
        return Blank.asNull(model.labels().get(label));
    }

    /** The label's name. */
    @Override
    public String toString() {
        return label;
    }
}
