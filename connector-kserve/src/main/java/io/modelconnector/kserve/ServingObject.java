package io.modelconnector.kserve;

import io.modelconnector.kserve.internal.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an InferenceService or LLMInferenceService.
 *
 * @param kind its kind
 * @param namespace its namespace
 * @param name its name
 * @param created when it was created
 * @param labels its labels
 * @param annotations its annotations, but for kubectl's copy of the object
 * @param ready whether its conditions say that it can be called
 * @param urls where its status says that it can be called, most telling first
 * @param artifactUri where the model is
 */
record ServingObject(
        String kind,
        String namespace,
        String name,
        @Nullable Instant created,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean ready,
        List<String> urls,
        @Nullable String artifactUri) {
    static final String INFERENCE_SERVICE = "InferenceService";
    static final String LLM_INFERENCE_SERVICE = "LLMInferenceService";

    private static final Set<String> INFERENCE_SERVICE_CONDITIONS = Set.of("Ready", "PredictorReady", "IngressReady");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    ServingObject {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        urls = List.copyOf(urls);
    }

    /** Reads an InferenceService. */
    static ServingObject inferenceService(Fields object) {
        Fields status = object.object("status");
        Fields model = object.object("spec").object("predictor").object("model");
        List<String> urls = new ArrayList<>();
        addUrl(urls, status);
        addUrl(urls, status.object("address"));
        String artifact = model.text("storageUri");
        String path = model.object("storage").text("path");
        if (artifact == null && path != null) {
            artifact = "s3://" + path;
        }
        boolean undenied = noConditionDenies(status);
        boolean upToDate = "UpToDate".equals(status.object("modelStatus").text("transitionStatus"));
        return read(INFERENCE_SERVICE, object, undenied && upToDate, urls, artifact);
    }

    /** Reads an LLMInferenceService. */
    static ServingObject llmInferenceService(Fields object) {
        Fields status = object.object("status");
        List<String> urls = new ArrayList<>();
        addUrl(urls, status);
        addUrl(urls, status.object("address"));
        status.objects("addresses").forEach(address -> addUrl(urls, address));
        boolean ready = false;
        for (Fields condition : status.objects("conditions")) {
            ready |= "Ready".equals(condition.text("type")) && "True".equals(condition.text("status"));
        }
        String artifact = object.object("spec").object("model").text("uri");
        return read(LLM_INFERENCE_SERVICE, object, ready, urls, artifact);
    }

    private static ServingObject read(
            String kind, Fields object, boolean ready, List<String> urls, @Nullable String artifactUri) {
        Fields metadata = object.object("metadata");
        Map<String, String> annotations = metadata.texts("annotations");
        annotations.remove(LAST_APPLIED);
        return new ServingObject(
                kind,
                metadata.required("namespace"),
                metadata.required("name"),
                created(metadata),
                metadata.texts("labels"),
                annotations,
                ready,
                urls,
                artifactUri);
    }

    private static boolean noConditionDenies(Fields status) {
        List<Fields> conditions = status.objects("conditions");
        boolean denied = false;
        for (Fields condition : conditions) {
            denied |= INFERENCE_SERVICE_CONDITIONS.contains(String.valueOf(condition.text("type")))
                    && !"True".equals(condition.text("status"));
        }
        return !conditions.isEmpty() && !denied;
    }

    private static void addUrl(List<String> urls, Fields holder) {
        String url = holder.text("url");
        if (url != null) {
            urls.add(url);
        }
    }

    private static @Nullable Instant created(Fields metadata) {
        String time = metadata.text("creationTimestamp");
        if (time == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            throw metadata.malformed("creationTimestamp", "is no time as in RFC 3339");
        }
    }
}
