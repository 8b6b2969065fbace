package io.modelconnector.core.feed;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Facts as a registry and a cluster would give them. */
public final class Facts {
    public static final ModelCard GRANITE_CARD = ModelCard.of(
            new ModelCardReference("redhat_ai_models", "RedHatAI", "granite 3.1"),
            "# Granite 3.1\n\nA model for *instructions*, in twelve languages – and code.\n");

    private Facts() {}

    /** Version 1.4.0 of a model, with one artifact. */
    public static RegisteredModelVersion version(int id, String model) {
        return version(id, model, "IBM's " + model + ", tuned for instructions");
    }

    public static RegisteredModelVersion version(int id, String model, String description) {
        return version("public", id, model, description, List.of(artifact(id, model)));
    }

    public static RegisteredModelVersion version(
            String registry, int id, String model, String description, List<ModelArtifact> artifacts) {
        return new RegisteredModelVersion(
                registry,
                new RegisteredModel(
                        "" + id,
                        model,
                        false,
                        description,
                        "maya",
                        CustomProperties.of(Map.of("Provider", "IBM", "License", "apache-2.0"))),
                new ModelVersion(
                        "" + (1000 + id),
                        "1.4.0",
                        false,
                        null,
                        CustomProperties.of(Map.of("Usage", "chat", "prod", "")),
                        Instant.ofEpochMilli(1_750_001_925_000L + id)),
                artifacts,
                List.of());
    }

    /** A version whose artifact has {@link #GRANITE_CARD}. */
    public static RegisteredModelVersion versionWithCard(int id, String model) {
        ModelArtifact artifact = new ModelArtifact(
                "7",
                ModelArtifact.MODEL_ARTIFACT,
                "oci://registry.example.com/models/granite:1.4.0",
                CustomProperties.none(),
                GRANITE_CARD.version());
        return version("public", id, model, "IBM Granite", List.of(artifact));
    }

    /** The same version, archived. */
    public static RegisteredModelVersion archived(RegisteredModelVersion fact) {
        ModelVersion version = fact.version();
        return new RegisteredModelVersion(
                fact.registry(),
                fact.model(),
                new ModelVersion(version.id(), version.name(), true, null, version.properties(), version.lastUpdate()),
                fact.artifacts(),
                fact.inferenceServices());
    }

    public static ModelArtifact artifact(int id, String model) {
        return new ModelArtifact(
                "" + (5000 + id),
                ModelArtifact.MODEL_ARTIFACT,
                "oci://registry.example.com/models/" + model + ":1.4.0",
                CustomProperties.none(),
                null);
    }

    /** So many versions of so many models. */
    public static RegisteredModelVersion[] versions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> version(id, "granite-" + id))
                .toArray(RegisteredModelVersion[]::new);
    }

    /** A KServe service that belongs to no registered version. */
    public static ServedModel served(String namespace, String name) {
        return new ServedModel(
                "InferenceService",
                namespace,
                name,
                Instant.parse("2026-03-01T10:00:00Z"),
                Map.of("team", "fraud"),
                Map.of(),
                true,
                "https://" + name + "-" + namespace + ".apps.example.com",
                "http://" + name + "-predictor." + namespace + ".svc.cluster.local:8080",
                false,
                "s3://models/" + name);
    }
}
