package io.modelconnector.examples.benchmarks;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The facts of a platform of some size: one version per model, every tenth one with a card, every twentieth one served. */
final class Platform {
    private static final String[] FAMILIES = {"granite", "llama", "mistral", "qwen", "phi"};

    private Platform() {}

    static List<RegisteredModelVersion> versions(int count) {
        List<RegisteredModelVersion> versions = new ArrayList<>(count);
        for (int id = 1; id <= count; id++) {
            versions.add(version(id, "Tuned for instructions and code"));
        }
        return versions;
    }

    static RegisteredModelVersion version(int id, String description) {
        String family = FAMILIES[id % FAMILIES.length];
        String name = family + "-3.1-8b-" + id;
        CardVersion card = id % 10 == 0
                ? new CardVersion(new ModelCardReference("redhat_ai_models", "RedHatAI", name), "d" + id)
                : null;
        CustomProperties ofModel = CustomProperties.of(Map.of(
                "Provider",
                "IBM",
                "License",
                "apache-2.0",
                "Lifecycle",
                "production",
                "text-generation",
                "",
                family,
                ""));
        CustomProperties ofVersion =
                CustomProperties.of(Map.of("Usage", "chat completions", "Source model", family, "validated", "2026"));
        return new RegisteredModelVersion(
                "modelregistry-public",
                new RegisteredModel("" + id, name, false, description, "user:team-" + id % 7, ofModel),
                new ModelVersion(
                        "" + (100_000 + id), "1.4.0", false, "Release 1.4", ofVersion, Instant.ofEpochSecond(id)),
                List.of(new ModelArtifact(
                        "" + (200_000 + id),
                        ModelArtifact.MODEL_ARTIFACT,
                        "oci://registry.example.com/models/" + name + ":1.4.0",
                        CustomProperties.none(),
                        card)),
                id % 20 == 0
                        ? List.of(new RegisteredInferenceService("" + (300_000 + id), name + "/uid-" + id, "ml", true))
                        : List.of());
    }

    static List<ServedModel> served(int versions) {
        List<ServedModel> served = new ArrayList<>();
        for (int id = 20; id <= versions; id += 20) {
            String name = FAMILIES[id % FAMILIES.length] + "-3.1-8b-" + id;
            served.add(new ServedModel(
                    "InferenceService",
                    "ml",
                    name,
                    Instant.ofEpochSecond(id),
                    Map.of(
                            "modelregistry.opendatahub.io/registered-model-id", "" + id,
                            "modelregistry.opendatahub.io/model-version-id", "" + (100_000 + id)),
                    Map.of(),
                    true,
                    "https://" + name.replace('.', '-') + "-ml.apps.example.com",
                    "http://" + name + "-predictor.ml.svc.cluster.local:8080",
                    true,
                    null));
        }
        return served;
    }
}
