package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.format.JsonArrayFormat;
import io.modelconnector.core.format.ModelCatalogValidator;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same facts give the same bytes, whatever order they and their parts come in. */
final class NormalizerOrderTest {
    private static final Normalizer NORMALIZER = Normalizer.builder().build();
    private static final JsonArrayFormat FORMAT = new JsonArrayFormat(URI.create("http://models.example.com:9090"));

    private static List<RegisteredModelVersion> versions() {
        ModelArtifact first = artifact("9", "s3://models/first", Map.of("gpu", "a100", "quantization", "w4a16"));
        ModelArtifact second = artifact("10", "s3://models/second", Map.of("gpu", "h200", "framework", "vllm"));
        ModelArtifact sameId = artifact("10", "s3://models/other", Map.of("gpu", "l40s"));
        List<RegisteredModelVersion> versions = new ArrayList<>(List.of(
                version("granite-3.1-8b-lab", "1.4.0")
                        .ids("1", "2")
                        .descriptions("IBM Granite 3.1 8B lab model", "Third release")
                        .owner("kube:admin")
                        .ofModel("Provider", "IBM")
                        .ofModel("Language", "en")
                        .ofModel("granite", "")
                        .ofModelWithoutText("downloads")
                        .ofVersion("License", "apache-2.0")
                        .ofVersion("How to use", "https://example.com/granite/howto")
                        .ofVersion("_lastModified", "2025-06-15T12:30:45.123Z")
                        .artifact(first)
                        .artifact(second)
                        .artifact(sameId)
                        .deployed("5", "granite-31-8b/3f1c", "ml-prod")
                        .deployed("6", "granite-31-8b/77aa", "ml-staging")
                        .deployed("6", "granite-31-8b/77aa", "ml-test")
                        .fact(),
                version("granite.31-8b-lab", "1.4.0").ids("3", "4").fact(),
                version("mistral_7b", "v1")
                        .ids("7", "8")
                        .card("redhat ai", "mistralai", "Mistral 7B")
                        .fact(),
                version("mistral", "7b_v1")
                        .ids("9", "10")
                        .card("redhatai", "mistralai", "Mistral 7B")
                        .fact(),
                version("mistral", "7b-v1")
                        .ids("9", "11")
                        .ofModel("Owner", "group:default/nlp")
                        .fact(),
                version("mistral", "7B-V1")
                        .ids("9", "12")
                        .artifact("3", "models/mistral")
                        .fact(),
                version("模型", "版")
                        .ids("13", "14")
                        .ofModel("TechDocs", "see wiki")
                        .fact(),
                version("retired", "v1").ids("15", "16").versionArchived().fact(),
                version("bert", "v1")
                        .ids("17", "18")
                        .undeployed("20", "bert/99", "ml-prod")
                        .fact()));
        for (String registry : List.of("modelregistry-team-a", "modelregistry-team-b")) {
            versions.add(version("granite-3.1-8b-lab", "1.4.0")
                    .registry(registry)
                    .ids("1", "2")
                    .fact());
            versions.add(
                    version("llama-3.1", "70b").registry(registry).ids("3", "5").fact());
            versions.add(version("llama-3.1", "405b")
                    .registry(registry)
                    .ids("3", "6")
                    .owner("user:jane")
                    .fact());
        }
        versions.add(version("llama-3.1", "70B")
                .registry("modelregistry-team-b")
                .ids("3", "5")
                .fact());
        return versions;
    }

    private static List<ServedModel> servedModels() {
        return List.of(
                served("ml-prod", "granite-31-8b")
                        .serves("1", "2")
                        .as("5")
                        .inRegistry("modelregistry-public")
                        .fact(),
                served("ml-staging", "granite-31-8b")
                        .serves("1", "2")
                        .inRegistry("modelregistry-public")
                        .fact(),
                served("ml-test", "granite-31-8b").serves("1", "2").fact(),
                served("ml-prod", "llama").serves("3", "5").fact(),
                served("ml-prod", "bert").serves("17", "18").fact(),
                served("ml-prod", "qwen3-coder")
                        .kind("LLMInferenceService")
                        .label("team", "GenAI")
                        .label("opendatahub.io/dashboard", "true")
                        .annotation("modelcatalogbridge.rhdh.io/owner", "group:default/coders")
                        .annotation("rhdh.io/techdocs", "https://example.com/qwen")
                        .artifactUri("hf://Qwen/Qwen3-Coder-30B")
                        .fact(),
                served("ml", "prod-qwen3-coder").created("2025-06-15T12:00:00Z").fact(),
                served("ml-prod", "qwen3.coder")
                        .created("2025-06-15T12:00:00Z")
                        .urls("nowhere", null)
                        .fact(),
                served("ml-prod", "qwen3coder")
                        .created("2025-06-15T12:00:00Z")
                        .authentication()
                        .fact());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesTheSameBytesForFactsInAnyOrder(long seed) {
        Random random = new Random(seed);
        List<RegisteredModelVersion> versions = shuffled(versions(), random).stream()
                .map(fact -> withShuffledParts(fact, random))
                .toList();

        NormalizedModels models = NORMALIZER.normalize(versions, shuffled(servedModels(), random));
        NormalizedModels expected = NORMALIZER.normalize(versions(), servedModels());
        assertThat(published(models)).isEqualTo(published(expected));
        assertThat(models).isEqualTo(expected);
    }

    private static List<Long> seeds() {
        return new Random(20251115).longs(40).boxed().toList();
    }

    @Test
    void givesTheSameBytesAsEverBefore() throws IOException {
        assertThat(published(NORMALIZER.normalize(versions(), servedModels()))).isEqualTo(recorded());
    }

    @Test
    void givesEveryEntryKeyAndNamesOfItsOwn() {
        List<CatalogEntry> entries =
                NORMALIZER.normalize(versions(), servedModels()).entries();

        assertThat(entries).extracting(CatalogEntry::key).isSorted().doesNotHaveDuplicates();
        assertThat(entries).extracting(entry -> entry.key().importKey()).doesNotHaveDuplicates();
        assertThat(entries)
                .extracting(entry -> entry.catalog().models().get(0).name().toLowerCase(Locale.ROOT))
                .doesNotHaveDuplicates();
        assertThat(entries)
                .map(entry -> entry.catalog().modelServer())
                .filteredOn(Objects::nonNull)
                .extracting(server -> server.name().toLowerCase(Locale.ROOT))
                .hasSizeGreaterThan(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void publishesOnlyValidDocuments() {
        for (CatalogEntry entry :
                NORMALIZER.normalize(versions(), servedModels()).entries()) {
            assertThat(ModelCatalogValidator.validate(FORMAT.write(entry))).isEmpty();
        }
    }

    /** A line for each entry, its key and its document; sorted as text. */
    private static String published(NormalizedModels models) {
        return models.entries().stream()
                .map(entry -> entry.key() + " " + new String(FORMAT.write(entry), UTF_8) + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static String recorded() throws IOException {
        try (InputStream in = NormalizerOrderTest.class.getResourceAsStream("/normalize/published.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    private static RegisteredModelVersion withShuffledParts(RegisteredModelVersion fact, Random random) {
        return new RegisteredModelVersion(
                fact.registry(),
                fact.model(),
                fact.version(),
                shuffled(fact.artifacts(), random),
                shuffled(fact.inferenceServices(), random));
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static ModelArtifact artifact(String id, String uri, Map<String, String> properties) {
        return new ModelArtifact(
                id, ModelArtifact.MODEL_ARTIFACT, uri, new CustomProperties(properties, Set.of("size")), null);
    }
}
