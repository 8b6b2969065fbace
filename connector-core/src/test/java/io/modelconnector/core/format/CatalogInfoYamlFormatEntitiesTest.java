package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.normalize.Normalizer;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backstage takes whatever entities come of facts, however odd those are. */
final class CatalogInfoYamlFormatEntitiesTest {
    private static final CatalogInfoYamlFormat FORMAT =
            new CatalogInfoYamlFormat(URI.create("http://models.example.com:9090"));
    private static final String LABEL_PREFIX = "modelregistry.opendatahub.io/";
    private static final List<String> NAMES = List.of(
            "granite-3.1-8b-lab",
            "granite 3.1 8b lab",
            "Granite-31-8B-Lab",
            "llama_3",
            "llama-3",
            "mistral/7B: instruct (v0.3)",
            "模型",
            "🦙",
            "-qwen-",
            "a--b__c",
            "yes",
            "1.0",
            "x".repeat(80),
            "very-long-name-of-a-model-that-somebody-has-fine-tuned-for-fraud-detection",
            "half\ud83e",
            "e5");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "yes",
            "null",
            "1.0",
            "- first\n- second",
            "# A heading\n\nSome text.\n",
            " leading and trailing ",
            "a: b # c",
            "\"quoted\" and \\ and 'quoted'",
            "tab\tand\r\nreturn",
            "控制\u0000\u0007\u0085\u2028\ufeff",
            "half \ud83e of a llama",
            "---\nkind: Group\n",
            "{\"openapi\": \"3.1.0\"}");
    private static final List<String> URLS = List.of(
            "https://example.com/granite?x=1#y",
            "HTTP://EXAMPLE.COM",
            "s3://models/granite/3.1",
            "oci://registry.example.com/models/granite:3.1",
            "pvc://models/granite",
            "hf://ibm-granite/granite-3.1",
            "models/granite",
            "see the wiki",
            "http://",
            "https://exa mple.com",
            "http://example.com:99999",
            "javascript:alert(1)",
            "");
    private static final List<String> OWNERS = List.of(
            "jane",
            "kube:admin",
            "group:default/ml",
            "user:jane",
            "Group:ML",
            "jane@example.com",
            "Jane Doe",
            "模型",
            " ",
            "x".repeat(80));
    private static final List<String> TAGS = List.of(
            "granite",
            "Granite",
            "c++",
            "a_b",
            "a.b",
            "a--b",
            "-a",
            "key:value",
            "License",
            "_lastModified",
            "Provider");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writesEntitiesThatBackstageTakes(long seed) throws IOException {
        List<CatalogEntry> entries = entries(new Random(seed));
        assertThat(entries).hasSizeGreaterThan(80);

        Set<String> references = new HashSet<>();
        int related = 0;
        for (CatalogEntry entry : entries) {
            List<JsonNode> entities = YamlDocuments.read(FORMAT.write(entry));
            Set<String> ofEntry = new HashSet<>();
            for (JsonNode entity : entities) {
                assertThat(BackstageRules.violations(entity)).isEmpty();
                ofEntry.add(BackstageRules.reference(entity));
            }
            assertThat(ofEntry).hasSameSizeAs(entities);
            for (JsonNode entity : entities) {
                assertThat(ofEntry).containsAll(BackstageRules.targets(entity));
                related += BackstageRules.targets(entity).size();
            }
            assertSameTexts(entry, entities);
            assertThat(references).doesNotContainAnyElementsOf(ofEntry);
            references.addAll(ofEntry);
        }
        assertThat(related).isGreaterThan(50);
    }

    private static void assertSameTexts(CatalogEntry entry, List<JsonNode> entities) {
        Model model = entry.catalog().models().get(0);
        ModelServer server = entry.catalog().modelServer();
        JsonNode resource = entities.get(server == null ? 0 : 1);
        assertThat(entities).hasSize(server == null ? 1 : 3);
        assertThat(resource.at("/metadata/description").textValue()).isEqualTo(WellFormed.text(model.description()));
        assertThat(YamlDocuments.texts(resource.at("/metadata/tags"))).isEqualTo(model.tags());
        if (server != null) {
            assertThat(entities.get(2).at("/spec/definition").textValue())
                    .isEqualTo(WellFormed.text(server.api().spec()));
        }
    }

    private static List<CatalogEntry> entries(Random random) {
        List<RegisteredModelVersion> versions = new ArrayList<>();
        List<ServedModel> served = new ArrayList<>();
        for (int id = 1; id <= 80; id++) {
            versions.add(version(random, id));
            served.add(served(random, id));
        }
        return Normalizer.builder().build().normalize(versions, served).entries();
    }

    private static RegisteredModelVersion version(Random random, int id) {
        ModelArtifact artifact = new ModelArtifact(
                "" + id,
                ModelArtifact.MODEL_ARTIFACT,
                any(random, URLS),
                CustomProperties.of(properties(random)),
                random.nextBoolean()
                        ? new CardVersion(
                                new ModelCardReference("redhat ai", any(random, NAMES), "m+/" + id), "5b1c9f0e")
                        : null);
        return new RegisteredModelVersion(
                "modelregistry-public",
                new RegisteredModel(
                        "" + id,
                        any(random, NAMES),
                        false,
                        any(random, TEXTS),
                        any(random, OWNERS),
                        CustomProperties.of(properties(random))),
                new ModelVersion(
                        "" + id,
                        any(random, NAMES),
                        false,
                        any(random, TEXTS),
                        CustomProperties.of(properties(random)),
                        null),
                List.of(artifact),
                List.of(new RegisteredInferenceService("" + id, any(random, NAMES) + "/3f1c", "ml-prod", true)));
    }

    /** Every second one serves a registered version. */
    private static ServedModel served(Random random, int id) {
        Map<String, String> labels = new HashMap<>();
        Map<String, String> annotations = new HashMap<>();
        if (random.nextBoolean()) {
            labels.put(LABEL_PREFIX + "registered-model-id", "" + id);
            labels.put(LABEL_PREFIX + "model-version-id", "" + id);
        }
        properties(random).forEach((name, value) -> {
            labels.put(name, value);
            annotations.put("rhdh.io/" + name.toLowerCase(Locale.ROOT).replace(" ", ""), value);
        });
        return new ServedModel(
                "InferenceService",
                any(random, List.of("ml-prod", "ml", "Team_A", "模型")),
                any(random, NAMES) + (random.nextBoolean() ? id : ""),
                null,
                labels,
                annotations,
                true,
                any(random, URLS),
                "http://predictor.ml-prod.svc.cluster.local:8080",
                random.nextBoolean(),
                any(random, URLS));
    }

    private static Map<String, String> properties(Random random) {
        Map<String, String> properties = new HashMap<>();
        put(properties, random, "Owner", OWNERS);
        put(properties, random, "Lifecycle", List.of("production", "Éxperimental!", "模型", " ", "yes"));
        for (String field : List.of("Ethics", "Support", "Training", "Usage", "License", "TechDocs", "How to use")) {
            put(properties, random, field, random.nextBoolean() ? URLS : TEXTS);
        }
        put(properties, random, "Homepage URL", URLS);
        put(properties, random, "API Spec", TEXTS);
        put(properties, random, "API Type", List.of("graphql", "GRPC", "soap", ""));
        put(properties, random, any(random, TAGS), TEXTS);
        put(properties, random, any(random, TAGS), TAGS);
        return properties;
    }

    private static void put(Map<String, String> properties, Random random, String name, List<String> values) {
        if (random.nextInt(3) == 0) {
            properties.put(name, any(random, values));
        }
    }

    private static String any(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
