package io.modelconnector.core.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticModelSourceFormatTest {
    private static final String EVERYTHING = """
            registry: lab
            models:
              - name: granite-3.1-8b-instruct
                id: 7
                description: Chat and summaries.
                owner: group:default/language-models
                lifecycle: production
                license: Apache-2.0
                usage: Up to 32 concurrent requests.
                ethics: Reviewed in March.
                support: '#ask-models'
                training: 12 T tokens.
                howToUse: https://docs.example.com/granite
                techdocs: https://docs.example.com/granite/techdocs
                tags: [chat, multilingual]
                properties: {Provider: IBM, parameters: 8.1, gated: false, note: }
                versions:
                  - name: 1.4.0
                    id: 12
                    description: Longer context.
                    owner: user:default/jane
                    lifecycle: experimental
                    tags: [128k]
                    uri: oci://registry.example.com/granite:1.4.0
                    updated: 2026-03-01T09:30:00+02:00
                    artifacts:
                      - uri: s3://models/granite.gguf
                        properties: {quantization: q4}
                      - {uri: "https://docs.example.com/report.pdf", type: doc-artifact, tags: [report]}
                    served:
                      url: https://granite.example.com
                      internalUrl: http://granite.models.svc.cluster.local:8080
                      authentication: true
                      apiType: openapi
                      apiSpec: https://granite.example.com/openapi.json
                      homepage: https://granite.example.com/about
                      name: granite
                      namespace: models
                      kind: InferenceService
                      created: 2026-02-01
                      labels: {team: nlp}
                      annotations: {rhdh.io/system: chat}
                  - name: 1.3.0
                    id: 11
                    archived: true
            served:
              - name: whisper-large-v3
                namespace: speech
                description: Speech to text.
                owner: user:default/jane
                lifecycle: production
                license: MIT
                usage: Sixteen kilohertz.
                ethics: Consent of the speakers.
                support: '#ask-speech'
                training: Nothing of ours.
                howToUse: https://docs.example.com/whisper
                techdocs: https://docs.example.com/whisper/techdocs
                homepage: https://whisper.example.com/about
                apiSpec: syntax = "proto3";
                apiType: grpc
                tags: [speech]
                labels: {gpu: a100}
                annotations: {rhdh.io/serverType: triton}
                uri: s3://models/whisper
                internalUrl: http://whisper.speech.svc.cluster.local
                ready: false
            """;

    @TempDir
    Path directory;

    @Test
    void readsEveryField() throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.yaml"), EVERYTHING);

        RegisteredModel model = new RegisteredModel(
                "7",
                "granite-3.1-8b-instruct",
                false,
                "Chat and summaries.",
                "group:default/language-models",
                CustomProperties.of(Map.ofEntries(
                        Map.entry("Lifecycle", "production"),
                        Map.entry("License", "Apache-2.0"),
                        Map.entry("Usage", "Up to 32 concurrent requests."),
                        Map.entry("Ethics", "Reviewed in March."),
                        Map.entry("Support", "#ask-models"),
                        Map.entry("Training", "12 T tokens."),
                        Map.entry("How to use", "https://docs.example.com/granite"),
                        Map.entry("TechDocs", "https://docs.example.com/granite/techdocs"),
                        Map.entry("chat", ""),
                        Map.entry("multilingual", ""),
                        Map.entry("Provider", "IBM"),
                        Map.entry("parameters", "8.1"),
                        Map.entry("gated", "false"),
                        Map.entry("note", ""))));
        ModelVersion current = new ModelVersion(
                "12",
                "1.4.0",
                false,
                "Longer context.",
                CustomProperties.of(Map.of(
                        "Owner", "user:default/jane",
                        "Lifecycle", "experimental",
                        "128k", "",
                        "API Type", "openapi",
                        "API Spec", "https://granite.example.com/openapi.json",
                        "Homepage URL", "https://granite.example.com/about")),
                Instant.parse("2026-03-01T07:30:00Z"));
        List<ModelArtifact> artifacts = List.of(
                new ModelArtifact(
                        "1",
                        "model-artifact",
                        "oci://registry.example.com/granite:1.4.0",
                        CustomProperties.none(),
                        null),
                new ModelArtifact(
                        "2",
                        "model-artifact",
                        "s3://models/granite.gguf",
                        CustomProperties.of(Map.of("quantization", "q4")),
                        null),
                new ModelArtifact(
                        "3",
                        "doc-artifact",
                        "https://docs.example.com/report.pdf",
                        CustomProperties.of(Map.of("report", "")),
                        null));
        ModelVersion former = new ModelVersion("11", "1.3.0", true, null, CustomProperties.none(), null);
        assertThat(part.problems()).isEmpty();
        assertThat(part.modelVersions())
                .containsExactly(
                        new RegisteredModelVersion("lab", model, current, artifacts, List.of()),
                        new RegisteredModelVersion("lab", model, former, List.of(), List.of()));
        assertThat(part.servedModels())
                .containsExactly(
                        new ServedModel(
                                "InferenceService",
                                "models",
                                "granite",
                                Instant.parse("2026-02-01T00:00:00Z"),
                                Map.of(
                                        "team", "nlp",
                                        "modelregistry.opendatahub.io/name", "lab",
                                        "modelregistry.opendatahub.io/registered-model-id", "7",
                                        "modelregistry.opendatahub.io/model-version-id", "12"),
                                Map.of("rhdh.io/system", "chat"),
                                true,
                                "https://granite.example.com",
                                "http://granite.models.svc.cluster.local:8080",
                                true,
                                null),
                        new ServedModel(
                                "ModelServer",
                                "speech",
                                "whisper-large-v3",
                                null,
                                Map.of("speech", "", "gpu", "a100"),
                                Map.ofEntries(
                                        Map.entry("rhdh.io/serverType", "triton"),
                                        Map.entry("modelcatalogbridge.rhdh.io/description", "Speech to text."),
                                        Map.entry("modelcatalogbridge.rhdh.io/owner", "user:default/jane"),
                                        Map.entry("modelcatalogbridge.rhdh.io/lifecycle", "production"),
                                        Map.entry("modelcatalogbridge.rhdh.io/license", "MIT"),
                                        Map.entry("modelcatalogbridge.rhdh.io/usage", "Sixteen kilohertz."),
                                        Map.entry("modelcatalogbridge.rhdh.io/ethics", "Consent of the speakers."),
                                        Map.entry("modelcatalogbridge.rhdh.io/support", "#ask-speech"),
                                        Map.entry("modelcatalogbridge.rhdh.io/training", "Nothing of ours."),
                                        Map.entry(
                                                "modelcatalogbridge.rhdh.io/howtouse",
                                                "https://docs.example.com/whisper"),
                                        Map.entry(
                                                "modelcatalogbridge.rhdh.io/techdocs",
                                                "https://docs.example.com/whisper/techdocs"),
                                        Map.entry(
                                                "modelcatalogbridge.rhdh.io/homepageurl",
                                                "https://whisper.example.com/about"),
                                        Map.entry("modelcatalogbridge.rhdh.io/apispec", "syntax = \"proto3\";"),
                                        Map.entry("modelcatalogbridge.rhdh.io/apitype", "grpc")),
                                false,
                                null,
                                "http://whisper.speech.svc.cluster.local",
                                false,
                                "s3://models/whisper"));
    }

    @Test
    void fillsInWhatIsNotGiven() throws Exception {
        SourcePart part = Reads.part(directory.resolve("my models.yml"), """
                models:
                  - name: phi-4
                    versions:
                      - name: v2
                        served: {url: "https://phi.example.com"}
                """);
        RegisteredModelVersion version = Reads.onlyVersion(part);
        assertThat(version.registry()).isEqualTo("my models");
        assertThat(version.model().owner()).isNull();
        assertThat(version.artifacts()).isEmpty();
        ServedModel served = Reads.onlyServed(part);
        assertThat(served.id()).isEqualTo("ModelServer/my models/phi-4-v2");
        assertThat(served.labels())
                .containsEntry("modelregistry.opendatahub.io/name", "my models")
                .containsEntry(
                        "modelregistry.opendatahub.io/registered-model-id",
                        version.model().id())
                .containsEntry(
                        "modelregistry.opendatahub.io/model-version-id",
                        version.version().id());
        assertThat(served.ready()).isTrue();
        assertThat(served.authentication()).isFalse();
    }

    @Test
    void readsJsonLikeYaml() throws Exception {
        SourcePart yaml = Reads.part(directory.resolve("models.yaml"), """
                models:
                  - name: mistral-7b
                    archived: no longer
                    versions: []
                  - name: mistral-small
                    tags: [chat]
                    properties: {parameters: 24, gated: true, note: ~}
                    versions:
                      - name: 3.10
                        card: |
                          # Mistral Small

                          "Quoted", with ünïcode.
                        served: {url: "https://mistral.example.com", authentication: true}
                served: []
                """);
        SourcePart json = Reads.part(directory.resolve("models.json"), """
                {"models": [
                  {"name": "mistral-7b",
                   "archived": "no longer",
                   "versions": []},
                  {"name": "mistral-small",
                   "tags": ["chat"],
                   "properties": {"parameters": 24, "gated": true, "note": null},
                   "versions": [
                     {"name": 3.10,
                      "card": "# Mistral Small\\n\\n\\"Quoted\\", with \\u00fcn\\u00efcode.\\n",
                      "served": {"url": "https://mistral.example.com", "authentication": true}}]}],
                 "served": []}
                """);
        assertThat(json.modelVersions()).hasSize(1).isEqualTo(yaml.modelVersions());
        assertThat(json.servedModels()).hasSize(1).isEqualTo(yaml.servedModels());
        assertThat(json.problems()).hasSize(1);
        assertThat(yaml.problems()).hasSize(1);
    }

    @Test
    void takesNumbersAsTheyAreWritten() throws Exception {
        RegisteredModelVersion version = Reads.onlyVersion(Reads.part(directory.resolve("models.yaml"), """
                models:
                  - name: 7
                    properties: {size: 1_000, hex: 0x1F, float: 1e3}
                    versions: [{name: 3.10}]
                """));
        assertThat(version.model().name()).isEqualTo("7");
        assertThat(version.version().name()).isEqualTo("3.10");
        assertThat(version.model().properties().strings())
                .containsEntry("size", "1_000")
                .containsEntry("hex", "0x1F")
                .containsEntry("float", "1e3");
    }

    @Test
    void readsAFileWithAByteOrderMark() throws Exception {
        String content = "models: [{name: phi-4, versions: [{name: v1}]}]";
        assertThat(Reads.names(Reads.part(directory.resolve("models.yaml"), '\uFEFF' + content)))
                .containsExactly("phi-4 v1");
    }

    @Test
    void readsAFileWithoutModels() throws Exception {
        SourcePart part = Reads.part(directory.resolve("models.json"), "{\"models\": []}");
        assertThat(part.isComplete()).isTrue();
        assertThat(part.modelVersions()).isEmpty();
    }

    @Test
    void derivesIdsThatDoNotDependOnTheOtherItems() throws Exception {
        Path file = directory.resolve("models.yaml");
        SourcePart alone = Reads.part(file, "models: [{name: phi-4, versions: [{name: v2}]}]");
        SourcePart among = Reads.part(file, """
                models:
                  - {name: gemma, versions: [{name: v1}, {name: v2}]}
                  - {name: phi-4, owner: jane, versions: [{name: v1}, {name: v2, archived: true}]}
                """);
        String id = Reads.onlyVersion(alone).id();
        assertThat(among.modelVersions())
                .filteredOn(version -> version.id().equals(id))
                .singleElement()
                .satisfies(version -> assertThat(version.version().archived()).isTrue());
        assertThat(among.modelVersions()).extracting(RegisteredModelVersion::id).doesNotHaveDuplicates();
    }

    @Test
    void derivesTheSameIdsForEver() throws Exception {
        RegisteredModelVersion version = Reads.onlyVersion(
                Reads.part(directory.resolve("models.yaml"), "models: [{name: granite, versions: [{name: 1.4.0}]}]"));
        assertThat(version.id()).isEqualTo("models/6273394300780750837/9206009547312335986");
    }

    @Test
    void makesGivenIdsSmallerThanDerivedOnes() throws Exception {
        SourcePart part = Reads.part(
                directory.resolve("models.yaml"),
                "models: [{name: granite, versions: [{name: v1, id: 999999999999999999}, {name: V1}]}]");
        assertThat(part.modelVersions())
                .extracting(version -> Long.parseLong(version.version().id()))
                .isSorted();
    }

    @Test
    void givesEqualFactsToEqualFiles() throws Exception {
        SourcePart first = Reads.part(directory.resolve("models.yaml"), EVERYTHING);
        SourcePart second = Reads.part(directory.resolve("copy.yaml"), EVERYTHING);
        assertThat(second).isEqualTo(first);
    }
}
