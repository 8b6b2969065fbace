package io.modelconnector.core.format;

import static io.modelconnector.core.format.SampleEntries.entry;
import static io.modelconnector.core.format.SampleEntries.fullModel;
import static io.modelconnector.core.format.SampleEntries.fullServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogInfoYamlFormatTest {
    private static final CatalogInfoYamlFormat FORMAT =
            new CatalogInfoYamlFormat(URI.create("http://models.example.com:9090"));
    private static final Model SMALL =
            Model.builder("mistral-7b", "nlp", "Mistral 7B", "development").build();
    private static final CardVersion CARD =
            new CardVersion(new ModelCardReference("redhat_ai", "Red Hat AI", "Llama 3.1 8B+"), "5b1c9f0e");

    @Test
    void namesItselfItsFileAndItsMediaType() {
        assertThat(FORMAT.name()).isEqualTo("CatalogInfoYamlFormat");
        assertThat(FORMAT.fileName()).isEqualTo("catalog-info.yaml");
        assertThat(FORMAT.contentType()).isEqualTo("application/yaml");
    }

    @Test
    void writesTheServerThenItsModelsThenItsApi() throws IOException {
        CatalogEntry entry =
                entry(new ModelCatalog(List.of(fullModel()), fullServer()), null, "https://example.com/granite/docs");

        assertThat(text(entry)).isEqualTo(resource("/format/full-entry.yaml"));
    }

    @Test
    void writesAModelThatIsNotServedAlone() {
        assertThat(text(entry(SMALL, null, null))).isEqualTo("""
                        ---
                        apiVersion: "backstage.io/v1alpha1"
                        kind: "Resource"
                        metadata:
                          name: "mistral-7b"
                          description: "Mistral 7B"
                        spec:
                          type: "ai-model"
                          lifecycle: "development"
                          owner: "user:nlp"
                        """);
    }

    @Test
    void writesNoApiForAServerThatHasNone() throws IOException {
        ModelServer server =
                ModelServer.builder("vllm", "nlp", "vLLM", "development").build();

        List<JsonNode> entities = read(entry(new ModelCatalog(List.of(SMALL), server), null, null));
        assertThat(entities)
                .extracting(entity -> entity.get("kind").textValue())
                .containsExactly("Component", "Resource");
        assertThat(entities.get(0).at("/spec").has("providesApis")).isFalse();
        assertThat(entities.get(0).at("/metadata").has("tags")).isFalse();
    }

    @Test
    void relatesTheServerToEachOfItsModels() throws IOException {
        List<JsonNode> entities = read(entry(new ModelCatalog(List.of(SMALL, fullModel()), fullServer()), null, null));

        assertThat(texts(entities.get(0).at("/spec/dependsOn")))
                .containsExactly("resource:mistral-7b", "resource:granite-31-8b-lab-140");
        assertThat(texts(entities.get(1).at("/spec/dependencyOf"))).containsExactly("component:granite-31-8b");
        assertThat(texts(entities.get(2).at("/spec/dependencyOf"))).containsExactly("component:granite-31-8b");
    }

    @Test
    void keepsTheOwnersReferenceWhole() throws IOException {
        ModelCatalog catalog = new ModelCatalog(List.of(fullModel()), fullServer());
        CatalogEntry plain = entry(catalog, null, null);
        CatalogEntry entry =
                new CatalogEntry(plain.key(), catalog, null, null, "group:default/ml-platform", null, plain.origin());

        assertThat(read(entry))
                .hasSize(3)
                .allSatisfy(entity ->
                        assertThat(entity.at("/spec/owner").textValue()).isEqualTo("group:default/ml-platform"));
        assertThat(read(plain))
                .hasSize(3)
                .allSatisfy(entity ->
                        assertThat(entity.at("/spec/owner").textValue()).isEqualTo("user:ml-platform"));
    }

    @Test
    void linksTheModelCardAsTechDocs() throws IOException {
        assertThat(techDocs(entry(SMALL, CARD, null)))
                .isEqualTo("url:http://models.example.com:9090/modelcard?key=redhat_aiRedHatAILlama3.18B%2B");
    }

    @Test
    void prefersTheDocumentationThatTheAuthorNamed() throws IOException {
        CatalogEntry entry = entry(SMALL, CARD, " https://example.com/docs\n");

        assertThat(techDocs(entry)).isEqualTo("url:https://example.com/docs");
        assertThat(read(entry).get(0).at("/metadata/links/0/url").textValue()).isEqualTo("https://example.com/docs");
    }

    @Test
    void showsTheTechDocsOfTheModelOnItsServerAndApi() throws IOException {
        List<JsonNode> entities = read(entry(new ModelCatalog(List.of(SMALL), fullServer()), CARD, null));

        assertThat(annotation(entities.get(0), "backstage.io/techdocs-entity"))
                .isEqualTo("resource:default/mistral-7b");
        assertThat(annotation(entities.get(2), "backstage.io/techdocs-entity"))
                .isEqualTo("resource:default/mistral-7b");
        assertThat(entities.get(1).at("/metadata/annotations").has("backstage.io/techdocs-entity"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, auth-required", "false, auth-not-required"})
    void tagsServerAndApiWithTheAccessToThem(boolean authentication, String tag) throws IOException {
        ModelServer server = ModelServer.builder("vllm", "nlp", "vLLM", "development")
                .authentication(authentication)
                .tags(List.of("vllm"))
                .api(api("TBD"))
                .build();

        List<JsonNode> entities = read(entry(new ModelCatalog(List.of(SMALL), server), null, null));
        assertThat(texts(entities.get(0).at("/metadata/tags"))).containsExactly(tag, "vllm");
        assertThat(entities.get(1).at("/metadata").has("tags")).isFalse();
        assertThat(texts(entities.get(2).at("/metadata/tags"))).containsExactly(tag);
    }

    @Test
    void writesTheDefinitionOfAnApiAsItIs() throws IOException {
        String definition = "openapi: 3.1.0\ninfo:\n  title: Granite # 8B\n";
        ModelServer server = ModelServer.builder("vllm", "nlp", "vLLM", "development")
                .api(api(definition))
                .build();

        JsonNode api =
                read(entry(new ModelCatalog(List.of(), server), null, null)).get(1);
        assertThat(api.at("/spec/definition").textValue()).isEqualTo(definition);
        assertThat(api.at("/spec/type").textValue()).isEqualTo("openapi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"models/granite", "see the wiki", "http://", "https://exa mple.com", "javascript:alert(1)", ""})
    void leavesOutLinksThatPortalsDoNotTake(String url) throws IOException {
        Model model = Model.builder("granite", "ml", "Granite", "production")
                .artifactLocationUrl(url)
                .howToUseUrl(url)
                .build();
        ModelServer server = ModelServer.builder("vllm", "nlp", "vLLM", "development")
                .homepageUrl(url)
                .api(new ModelServerApi(url, ApiType.OPENAPI, "TBD", List.of(), Map.of()))
                .build();

        assertThat(read(entry(new ModelCatalog(List.of(model), server), null, null)))
                .hasSize(3)
                .allSatisfy(entity ->
                        assertThat(entity.get("metadata").has("links")).isFalse());
    }

    @Test
    void linksWhatIsTheUrlOfAPageAndAnnotatesOtherNotes() throws IOException {
        Model model = Model.builder("granite", "ml", "Granite", "production")
                .license("https://www.apache.org/licenses/LICENSE-2.0")
                .ethics("see the wiki")
                .support("mailto:ml@example.com")
                .build();

        JsonNode entity = read(entry(model, null, null)).get(0);
        assertThat(entity.at("/metadata/links")).hasSize(1);
        assertThat(entity.at("/metadata/links/0/title").textValue()).isEqualTo("License");
        assertThat(entity.at("/metadata/links/0/url").textValue())
                .isEqualTo("https://www.apache.org/licenses/LICENSE-2.0");
        assertThat(entity.at("/metadata/annotations")).hasSize(2);
        assertThat(annotation(entity, "rhdh.modelcatalog.io/ethics")).isEqualTo("see the wiki");
        assertThat(annotation(entity, "rhdh.modelcatalog.io/support")).isEqualTo("mailto:ml@example.com");
    }

    @Test
    void letsTheAnnotationsOfTheEntryWin() throws IOException {
        Model model = Model.builder("granite", "ml", "Granite", "production")
                .license("apache-2.0")
                .annotations(Map.of("rhdh.modelcatalog.io/license", "mit"))
                .build();

        assertThat(annotation(read(entry(model, null, null)).get(0), "rhdh.modelcatalog.io/license"))
                .isEqualTo("mit");
    }

    @Test
    void writesTextsOfAnyLanguageAsUtf8() throws IOException {
        String description = "Größe 模型 🦙 \"quoted\" \\ \n\t\u0001";
        Model model = Model.builder("m", "o", description, "l").build();

        assertThat(read(entry(model, null, null))
                        .get(0)
                        .at("/metadata/description")
                        .textValue())
                .isEqualTo(description);
        assertThat(text(entry(model, null, null))).contains("Größe 模型 🦙");
    }

    @Test
    void replacesHalvesOfSurrogatePairs() throws IOException {
        Model model = Model.builder("m", "o", "half \ud83e of a 🦙", "l")
                .tags(List.of("\udd99"))
                .annotations(Map.of("key\ud83e", "first\ud83e", "key\udd99", "second"))
                .build();

        JsonNode entity = read(entry(model, null, null)).get(0);
        assertThat(entity.at("/metadata/description").textValue()).isEqualTo("half \ufffd of a 🦙");
        assertThat(texts(entity.at("/metadata/tags"))).containsExactly("\ufffd");
        assertThat(entity.at("/metadata/annotations")).hasSize(1);
        assertThat(annotation(entity, "key\ufffd")).isEqualTo("second");
    }

    @Test
    void writesEqualEntriesAlike() {
        Map<String, String> annotations = new LinkedHashMap<>();
        Map<String, String> inOtherOrder = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            annotations.put("example.com/a" + i, "x");
            inOtherOrder.put("example.com/a" + (19 - i), "x");
        }
        Model model = Model.builder("granite", "ml", "Granite", "production")
                .annotations(annotations)
                .build();
        Model same = Model.builder("granite", "ml", "Granite", "production")
                .annotations(inOtherOrder)
                .build();

        assertThat(text(entry(model, CARD, null))).isEqualTo(text(entry(same, CARD, null)));
    }

    @Test
    void writesFilesThatCanBeJoined() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(FORMAT.write(entry(SMALL, null, null)));
        joined.write(FORMAT.write(entry(new ModelCatalog(List.of(fullModel()), fullServer()), CARD, null)));

        assertThat(YamlDocuments.read(joined.toByteArray()))
                .extracting(entity -> entity.get("kind").textValue())
                .containsExactly("Resource", "Component", "Resource", "API");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"models.example.com", "ftp://models.example.com", "http:///models", "http://a.example.com?x=1"})
    void refusesABaseThatLinksCannotStartWith(String base) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new CatalogInfoYamlFormat(URI.create(base)))
                .withMessageContaining("techDocsBase was \"" + base + "\", must be an absolute http or https URL");
    }

    private static ModelServerApi api(String definition) {
        return new ModelServerApi("https://vllm.example.com", ApiType.OPENAPI, definition, List.of(), Map.of());
    }

    private static String techDocs(CatalogEntry entry) throws IOException {
        return annotation(read(entry).get(0), "backstage.io/techdocs-ref");
    }

    private static String annotation(JsonNode entity, String key) {
        return entity.get("metadata").get("annotations").get(key).textValue();
    }

    private static List<String> texts(JsonNode list) {
        return YamlDocuments.texts(list);
    }

    private static List<JsonNode> read(CatalogEntry entry) throws IOException {
        return YamlDocuments.read(FORMAT.write(entry));
    }

    private static String text(CatalogEntry entry) {
        return new String(FORMAT.write(entry), UTF_8);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CatalogInfoYamlFormatTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }
}
