package io.modelconnector.core.normalize;

import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds served models: a ready InferenceService with an external URL made of its name unless told otherwise. */
final class ServedFact {
    private static final String LABEL_PREFIX = "modelregistry.opendatahub.io/";

    private final String namespace;
    private final String name;
    private String kind = "InferenceService";
    private Instant created;
    private boolean ready = true;
    private String externalUrl;
    private String internalUrl;
    private boolean authentication;
    private String artifactUri;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();

    private ServedFact(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        this.externalUrl = "https://" + name + ".apps.example.com";
    }

    static ServedFact served(String namespace, String name) {
        return new ServedFact(namespace, name);
    }

    ServedFact kind(String value) {
        kind = value;
        return this;
    }

    ServedFact created(String when) {
        created = Instant.parse(when);
        return this;
    }

    ServedFact notReady() {
        ready = false;
        return this;
    }

    ServedFact urls(String external, String internal) {
        externalUrl = external;
        internalUrl = internal;
        return this;
    }

    ServedFact authentication() {
        authentication = true;
        return this;
    }

    ServedFact artifactUri(String uri) {
        artifactUri = uri;
        return this;
    }

    ServedFact label(String label, String value) {
        labels.put(label, value);
        return this;
    }

    ServedFact annotation(String annotation, String value) {
        annotations.put(annotation, value);
        return this;
    }

    /** Labels that name a registered version. */
    ServedFact serves(String modelId, String versionId) {
        return label(LABEL_PREFIX + "registered-model-id", modelId).label(LABEL_PREFIX + "model-version-id", versionId);
    }

    ServedFact inRegistry(String registry) {
        return label(LABEL_PREFIX + "name", registry);
    }

    ServedFact as(String inferenceServiceId) {
        return label(LABEL_PREFIX + "inference-service-id", inferenceServiceId);
    }

    ServedModel fact() {
        return new ServedModel(
                kind,
                namespace,
                name,
                created,
                labels,
                annotations,
                ready,
                externalUrl,
                internalUrl,
                authentication,
                artifactUri);
    }
}
