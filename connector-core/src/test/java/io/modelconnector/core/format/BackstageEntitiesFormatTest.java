package io.modelconnector.core.format;

import static io.modelconnector.core.format.SampleEntries.fullModel;
import static io.modelconnector.core.format.SampleEntries.fullServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.entity.ServerDeclaration;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackstageEntitiesFormatTest {
    private static final BackstageEntitiesFormat FORMAT =
            BackstageEntitiesFormat.builder().build();
    private static final CardVersion CARD =
            new CardVersion(new ModelCardReference("redhat_ai", "RedHatAI", "granite"), "5b1c9f0e");
    private static final ModelTraits TRAITS = new ModelTraits("1.4", "IBM", "Text Generation", "public");

    private final List<String> losses = new ArrayList<>();
    private final List<JsonNode> written = new ArrayList<>();

    @AfterEach
    void backstageTakesEverythingThatWasWritten() {
        assertThat(written)
                .allSatisfy(entity ->
                        assertThat(BackstageValidators.violations(entity)).isEmpty());
    }

    @Test
    void writesTheServerItsModelsAndItsApi() throws IOException {
        List<JsonNode> entities = read(FORMAT, Entry.served());

        assertThat(entities)
                .extracting(BackstageValidators::reference)
                .containsExactly(
                        "component:default/granite-31-8b",
                        "resource:default/granite-31-8b-lab-140",
                        "api:default/granite-31-8b");
        assertThat(entities.get(0).at("/spec/type").textValue()).isEqualTo("model-server");
        assertThat(entities.get(1).at("/spec/type").textValue()).isEqualTo("ai-model");
        assertThat(entities.get(2).at("/spec/type").textValue()).isEqualTo("grpc");
        assertThat(losses).isEmpty();
    }

    @Test
    void relatesThemBothWaysByReferencesInFull() throws IOException {
        List<JsonNode> entities = read(FORMAT, Entry.served());

        assertThat(texts(entities.get(0).at("/spec/providesApis"))).containsExactly("api:default/granite-31-8b");
        assertThat(texts(entities.get(0).at("/spec/dependsOn")))
                .containsExactly("resource:default/granite-31-8b-lab-140");
        assertThat(texts(entities.get(1).at("/spec/dependencyOf"))).containsExactly("component:default/granite-31-8b");
        assertThat(entities)
                .allSatisfy(entity ->
                        assertThat(entity.at("/spec/owner").textValue()).isEqualTo("user:default/ml-platform"));
    }

    @Test
    void keepsTheOwnerThatTheAuthorGaveAsAReference() throws IOException {
        Entry entry = Entry.served();
        entry.owner = "Group:ml";

        assertThat(read(FORMAT, entry))
                .allSatisfy(entity ->
                        assertThat(entity.at("/spec/owner").textValue()).isEqualTo("group:default/ml"));
    }

    @Test
    void labelsEveryEntityForFilters() throws IOException {
        assertThat(read(FORMAT, Entry.served())).allSatisfy(entity -> {
            JsonNode labels = entity.at("/metadata/labels");
            assertThat(labels.get("modelconnector.io/provider").textValue()).isEqualTo("IBM");
            assertThat(labels.get("modelconnector.io/task").textValue()).isEqualTo("Text-Generation");
            assertThat(labels.get("modelconnector.io/license").textValue()).isEqualTo("apache-2.0");
            assertThat(labels.get("modelconnector.io/registry").textValue()).isEqualTo("public");
        });
    }

    @Test
    void annotatesWhatRedHatsCatalogReads() throws IOException {
        List<JsonNode> entities = read(FORMAT, Entry.served());

        assertThat(annotation(entities.get(0), "rhdh.io/ai-asset-category")).isEqualTo("model-server");
        assertThat(annotation(entities.get(1), "rhdh.io/ai-asset-category")).isEqualTo("ai-model");
        assertThat(annotation(entities.get(1), "rhdh.io/ai-asset-version")).isEqualTo("1.4.0");
        assertThat(annotation(entities.get(1), "rhdh.io/ai-asset-source")).isEqualTo("model-registry/public");
        Entry served = Entry.served();
        served.origin = new EntryOrigin(EntryOrigin.Kind.SERVING, "InferenceService/ml-prod/granite");
        assertThat(annotation(read(FORMAT, served).get(0), "rhdh.io/ai-asset-source"))
                .isEqualTo("kserve/ml-prod");
    }

    @Test
    void linksToTheDocumentationThatTheAuthorNamed() throws IOException {
        Entry entry = Entry.served();
        entry.techDocsUrl = "https://example.com/granite/docs";
        entry.card = CARD;
        List<JsonNode> entities = read(withGitea(), entry);

        assertThat(annotation(entities.get(1), "backstage.io/techdocs-ref"))
                .isEqualTo("url:https://example.com/granite/docs");
        assertThat(annotation(entities.get(0), "backstage.io/techdocs-entity"))
                .isEqualTo("resource:default/granite-31-8b-lab-140");
    }

    @Test
    void linksToTheSiteOfACardWherePortalsTakeThisForAGiteaAndToNothingElse() throws IOException {
        Entry entry = Entry.served();
        entry.card = CARD;

        assertThat(annotation(read(withGitea(), entry).get(1), "backstage.io/techdocs-ref"))
                .isEqualTo("url:http://docs.example.com:9090/granite/v1/src/branch/main");
        assertThat(read(FORMAT, entry).toString()).doesNotContain("techdocs");
    }

    @Test
    void namesTheSystemAndWritesItOnceForAllThatNameIt() throws IOException {
        Entry first = Entry.served();
        first.declaration = declared("Fraud");
        Entry second = Entry.served();
        second.key = new EntryKey("llama", "v1");
        second.declaration = declared("system:default/fraud");
        second.owner = "group:default/other";
        List<CatalogEntry> entries = List.of(first.entry(), second.entry());

        assertThat(read(FORMAT, first))
                .allSatisfy(entity ->
                        assertThat(entity.at("/spec/system").textValue()).isEqualTo("system:default/Fraud"));
        List<JsonNode> systems = parsed(FORMAT.writeSystems(entries));
        assertThat(systems).hasSize(1);
        assertThat(BackstageValidators.reference(systems.get(0))).isEqualTo("system:default/fraud");
        assertThat(systems.get(0).at("/spec/owner").textValue()).isEqualTo("user:default/ml-platform");
        assertThat(texts(parsed(FORMAT.writeList(entries)).get(0).at("/spec/targets")))
                .containsExactly("./entities/granite/v1.yaml", "./entities/llama/v1.yaml", "./systems.yaml");
    }

    @Test
    void leavesSystemsToPortalsThatHaveThemFromElsewhere() throws IOException {
        BackstageEntitiesFormat format =
                BackstageEntitiesFormat.builder().systems(false).build();
        Entry entry = Entry.served();
        entry.declaration = declared("fraud");

        assertThat(format.writeSystems(List.of(entry.entry()))).isEmpty();
        assertThat(texts(parsed(format.writeList(List.of(entry.entry()))).get(0).at("/spec/targets")))
                .containsExactly("./entities/granite/v1.yaml");
        assertThat(read(format, entry).get(0).at("/spec/system").textValue()).isEqualTo("system:default/fraud");
    }

    @Test
    void aSystemInANamespaceOfItsOwnIsWrittenThere() throws IOException {
        Entry entry = Entry.served();
        entry.declaration = declared("payments/fraud");

        assertThat(BackstageValidators.reference(
                        parsed(FORMAT.writeSystems(List.of(entry.entry()))).get(0)))
                .isEqualTo("system:payments/fraud");
    }

    @Test
    void leavesOutASystemThatIsNone() throws IOException {
        Entry entry = Entry.served();
        entry.declaration = declared("component:default/fraud");

        assertThat(read(FORMAT, entry).get(0).at("/spec").has("system")).isFalse();
        assertThat(losses).singleElement().asString().contains("component:default/fraud");
    }

    @Test
    void providesTheApiThatOperatorsDescribeElsewhereAsWell() throws IOException {
        Entry entry = Entry.served();
        entry.declaration = new ServerDeclaration(null, null, null, "ml/granite", List.of("chat", "code"));
        JsonNode component = read(FORMAT, entry).get(0);

        assertThat(texts(component.at("/spec/providesApis")))
                .containsExactly("api:default/granite-31-8b", "api:ml/granite");
        assertThat(annotation(component, "modelconnector.io/model-names")).isEqualTo("chat, code");
    }

    @Test
    void writesServersInTheKindOfRedHatsPluginsOnRequest() throws IOException {
        Entry entry = Entry.served();
        entry.declaration = new ServerDeclaration(null, "vllm", null, null, List.of("chat", "code"));
        JsonNode server = read(
                        BackstageEntitiesFormat.builder()
                                .aiModelServerApis(true)
                                .build(),
                        entry)
                .get(3);

        assertThat(server.get("kind").textValue()).isEqualTo("AiModelServerAPI");
        assertThat(server.at("/spec/type").textValue()).isEqualTo("ai-model-server");
        assertThat(server.at("/spec/serverType").textValue()).isEqualTo("vllm");
        assertThat(server.at("/spec/serverUrl").textValue()).isEqualTo("https://granite.apps.example.com");
        assertThat(server.at("/spec/requiresApiKey").booleanValue()).isTrue();
        assertThat(texts(server.at("/spec/models/available"))).containsExactly("chat", "code");
        assertThat(server.at("/spec/models/default").textValue()).isEqualTo("chat");
    }

    @Test
    void aModelThatIsNotServedIsWrittenAlone() throws IOException {
        Entry entry = new Entry(new ModelCatalog(List.of(model(fullModel().name())), null));
        JsonNode resource = read(FORMAT, entry).get(0);

        assertThat(written).hasSize(1);
        assertThat(resource.at("/spec").has("dependencyOf")).isFalse();
    }

    @Test
    void mendsOrLeavesOutWhatBackstageWouldRefuseAndSaysSo() throws IOException {
        Model model = Model.builder("granite/8b", " ", "Granite", "\u00a0")
                .artifactLocationUrl("models/granite")
                .tags(List.of("Under_Score", "__"))
                .annotations(Map.of("backstage.io/managed-by-location", "url:x", "ok", "kept"))
                .traits(new ModelTraits(null, "??", null, null))
                .build();
        Model twin = model("GRANITE/8B");
        Model nameless = model("模型");
        JsonNode resource = read(FORMAT, new Entry(new ModelCatalog(List.of(model, twin, nameless), null)))
                .get(0);

        assertThat(resource.at("/metadata/name").textValue()).matches("granite-8b-[0-9a-f]{8}");
        assertThat(resource.at("/spec/owner").textValue()).isEqualTo("user:default/unknown");
        assertThat(resource.at("/spec/lifecycle").textValue()).isEqualTo("unknown");
        assertThat(texts(resource.at("/metadata/tags"))).containsExactly("under-score");
        assertThat(annotation(resource, "ok")).isEqualTo("kept");
        assertThat(losses)
                .anySatisfy(loss -> assertThat(loss).contains("模型"))
                .anySatisfy(loss -> assertThat(loss).contains("Artifact Location"))
                .anySatisfy(loss -> assertThat(loss).contains("\"__\""))
                .anySatisfy(loss -> assertThat(loss).contains("backstage.io/managed-by-location"))
                .anySatisfy(loss -> assertThat(loss).contains("modelconnector.io/provider"));
    }

    @Test
    void ofTwoModelsOfOneNameTheFirstIsWritten() throws IOException {
        Entry entry = new Entry(new ModelCatalog(List.of(model("granite"), model("Granite")), null));

        assertThat(read(FORMAT, entry)).hasSize(1);
        assertThat(losses).singleElement().asString().contains("\"Granite\"");
    }

    @Test
    void saysThatAnEntryCannotBeSaidIfNothingIsLeftOfIt() {
        Entry entry = new Entry(new ModelCatalog(List.of(model("模型")), null));

        assertThatExceptionOfType(InexpressibleEntryException.class)
                .isThrownBy(() -> FORMAT.write(entry.entry()))
                .withMessageContaining("nothing is left");
    }

    @Test
    void listsNothingAsAnEmptyListAndNotAsNothing() throws IOException {
        JsonNode location = parsed(FORMAT.writeList(List.of())).get(0);

        assertThat(location.at("/spec/targets").isArray()).isTrue();
        assertThat(BackstageValidators.reference(location)).isEqualTo("location:default/model-connector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "my location", "-x"})
    void refusesANameThatALocationCannotHave(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstageEntitiesFormat.builder().locationName(name))
                .withMessageContaining("locationName");
    }

    @Test
    void refusesAGiteaThatIsNoWebServer() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> BackstageEntitiesFormat.builder().giteaBase(URI.create("docs.example.com")))
                .withMessageContaining("giteaBase");
    }

    private List<JsonNode> read(BackstageEntitiesFormat format, Entry entry) throws IOException {
        return parsed(format.write(entry.entry(), losses::add));
    }

    private List<JsonNode> parsed(byte[] yaml) throws IOException {
        List<JsonNode> entities = YamlDocuments.read(yaml);
        written.addAll(entities);
        return entities;
    }

    private static BackstageEntitiesFormat withGitea() {
        return BackstageEntitiesFormat.builder()
                .giteaBase(URI.create("http://docs.example.com:9090"))
                .build();
    }

    private static ServerDeclaration declared(String system) {
        return new ServerDeclaration(system, null, null, null, List.of());
    }

    private static Model model(String name) {
        return Model.builder(name, "ml-platform", "A model", "production").build();
    }

    private static String annotation(JsonNode entity, String key) {
        return entity.get("metadata").get("annotations").path(key).textValue();
    }

    private static List<String> texts(JsonNode list) {
        return YamlDocuments.texts(list);
    }

    /** An entry as a test wants to change it. */
    private static final class Entry {
        private final ModelCatalog catalog;
        private EntryKey key = new EntryKey("granite", "v1");
        private EntryOrigin origin = new EntryOrigin(EntryOrigin.Kind.REGISTRY, "public/1/2");
        private ServerDeclaration declaration = ServerDeclaration.none();
        private String owner;
        private String techDocsUrl;
        private CardVersion card;

        Entry(ModelCatalog catalog) {
            this.catalog = catalog;
        }

        static Entry served() {
            Model full = fullModel();
            Model model = Model.builder(full.name(), full.owner(), full.description(), full.lifecycle())
                    .license(full.license())
                    .tags(full.tags())
                    .annotations(full.annotations())
                    .traits(TRAITS)
                    .build();
            return new Entry(new ModelCatalog(List.of(model), fullServer()));
        }

        CatalogEntry entry() {
            ModelServer full = catalog.modelServer();
            ModelServer server = full == null
                    ? null
                    : ModelServer.builder(full.name(), full.owner(), full.description(), full.lifecycle())
                            .api(full.api())
                            .authentication(full.authentication())
                            .homepageUrl(full.homepageUrl())
                            .tags(full.tags())
                            .annotations(full.annotations())
                            .declaration(declaration)
                            .build();
            return new CatalogEntry(
                    key, new ModelCatalog(catalog.models(), server), card, techDocsUrl, owner, null, origin);
        }
    }
}
