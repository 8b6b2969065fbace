package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsingTest {
    private final FakeRegistry registry = FakeRegistry.current();
    private final ModelRegistryClient client =
            ModelRegistryClient.builder("public", registry.base()).build();

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private Listing<ListedModel> models(String items) throws InterruptedException {
        registry.heal();
        registry.on("registered_models", () -> FakeServer.page(items));
        return client.registeredModels();
    }

    private Listing<ListedArtifact> artifacts(String items) throws InterruptedException {
        registry.on("artifacts", () -> FakeServer.page(items));
        return client.artifacts("1");
    }

    @Test
    void readsARegisteredModel() throws Exception {
        ListedModel listed = models("""
                {"id":"7","name":"granite-3.1-8b","description":"IBM's","owner":"kube:admin","state":"ARCHIVED",
                 "createTimeSinceEpoch":"1750004860000","lastUpdateTimeSinceEpoch":"1750004865000","externalId":"x",
                 "readme":"# long","language":["en"],"customProperties":{
                   "License":{"metadataType":"MetadataStringValue","string_value":"apache-2.0"},
                   "chat":{"metadataType":"MetadataStringValue","string_value":""},
                   "size":{"metadataType":"MetadataIntValue","int_value":"8"}}}""").items().get(0);
        assertThat(listed.id()).isEqualTo("7");
        assertThat(listed.lastUpdate()).isEqualTo(Instant.ofEpochMilli(1750004865000L));
        assertThat(listed.model().name()).isEqualTo("granite-3.1-8b");
        assertThat(listed.model().description()).isEqualTo("IBM's");
        assertThat(listed.model().owner()).isEqualTo("kube:admin");
        assertThat(listed.model().archived()).isTrue();
        assertThat(listed.model().properties())
                .isEqualTo(new CustomProperties(Map.of("License", "apache-2.0", "chat", ""), Set.of("size")));
    }

    @Test
    void readsAVersion() throws Exception {
        registry.on(
                "model_versions",
                () -> FakeServer.page(
                        "{\"id\":2,\"registeredModelId\":1,\"name\":\"v1\",\"author\":\"x\",\"lastUpdateTimeSinceEpoch\":5}"));
        ListedVersion listed = client.modelVersions().items().get(0);
        assertThat(listed.id()).isEqualTo("2");
        assertThat(listed.registeredModelId()).isEqualTo("1");
        assertThat(listed.version().archived()).isFalse();
        assertThat(listed.lastUpdate()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(listed.version().properties()).isEqualTo(CustomProperties.none());
    }

    @Test
    void readsAnInferenceServiceAndItsEnvironment() throws Exception {
        registry.put("inference_services", "5", """
                {"id":"5","name":"granite/8f1c","registeredModelId":"1","servingEnvironmentId":"4","runtime":"vllm",
                 "desiredState":"UNDEPLOYED"}""");
        registry.put("serving_environments", "4", "{\"id\":\"4\",\"name\":\"ml-prod\"}");
        ListedInferenceService service = client.inferenceServices().items().get(0);
        assertThat(service.name()).isEqualTo("granite/8f1c");
        assertThat(service.modelVersionId()).isNull();
        assertThat(service.servingEnvironmentId()).isEqualTo("4");
        assertThat(service.deployed()).isFalse();
        assertThat(client.servingEnvironments().items().get(0).name()).isEqualTo("ml-prod");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"desiredState\":null",
                "\"desiredState\":\"DEPLOYED\"",
                "\"desiredState\":\"LATER\"",
                "\"x\":{}"
            })
    void takesEveryOtherDesiredStateForDeployed(String field) throws Exception {
        registry.put("inference_services", "5", "{\"id\":\"5\"," + field + "}");
        assertThat(client.inferenceServices().items().get(0).deployed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"state\":null", "\"state\":\"LIVE\"", "\"state\":\"RETIRED\"", "\"unknown\":[{}]"})
    void takesEveryOtherStateForLive(String field) throws Exception {
        assertThat(models("{\"id\":\"1\",\"name\":\"m\"," + field + "}")
                        .items()
                        .get(0)
                        .model()
                        .archived())
                .isFalse();
    }

    @Test
    void readsAnArtifactWithItsCard() throws Exception {
        ListedArtifact listed = artifacts("""
                {"id":"1","artifactType":"model-artifact","uri":"s3://models/llama","modelSourceKind":"catalog",
                 "modelSourceClass":"redhat_ai","modelSourceGroup":"RedHatAI","modelSourceName":"Llama-3.1-8B",
                 "modelFormatName":"onnx"}""").items().get(0);
        assertThat(listed.artifact().type()).isEqualTo(ModelArtifact.MODEL_ARTIFACT);
        assertThat(listed.artifact().uri()).isEqualTo("s3://models/llama");
        assertThat(listed.artifact().card()).isNull();
        assertThat(listed.card()).isEqualTo(new ModelCardReference("redhat_ai", "RedHatAI", "Llama-3.1-8B"));
    }

    @ParameterizedTest
    @CsvSource({
        "catalog,   src, grp,  name, true",
        ",          src, grp,  name, true",
        "kfp,       src, grp,  name, false",
        "catalog,   ' ', grp,  name, false",
        "catalog,   src, ,     name, false",
        "catalog,   src, grp,  '',   false",
    })
    void namesACardOnlyWithAllThreePartsAndFromTheCatalog(
            String kind, String source, String group, String name, boolean card) throws Exception {
        String item = "{\"id\":\"1\"" + field("modelSourceKind", kind) + field("modelSourceClass", source)
                + field("modelSourceGroup", group) + field("modelSourceName", name) + "}";
        assertThat(artifacts(item).items().get(0).card() != null).isEqualTo(card);
    }

    private static String field(String name, String value) {
        return value == null ? "" : ",\"" + name + "\":\"" + value + '"';
    }

    @Test
    void takesAnArtifactWithoutTypeForAModel() throws Exception {
        assertThat(artifacts("{\"id\":\"1\"}").items().get(0).artifact().type())
                .isEqualTo(ModelArtifact.MODEL_ARTIFACT);
    }

    @Test
    void keepsUnknownArtifactTypes() throws Exception {
        assertThat(artifacts("{\"id\":\"1\",\"artifactType\":\"hologram\"}")
                        .items()
                        .get(0)
                        .artifact()
                        .type())
                .isEqualTo("hologram");
    }

    @Test
    void readsStringPropertiesOnlyAndTheNamesOfTheOthers() throws Exception {
        CustomProperties properties = models("""
                {"id":"1","name":"m","customProperties":{
                 "untyped":{"string_value":"a"}, "empty":{"metadataType":"MetadataStringValue"},
                 "mistyped":{"metadataType":"MetadataBoolValue","string_value":"b"}, "bare":"c", "gone":null,
                 "list":[1,{"x":2}], "struct":{"metadataType":"MetadataStructValue","struct_value":{"deep":[1]}}}}""").items().get(0).model().properties();
        assertThat(properties.strings()).containsOnly(Map.entry("untyped", "a"), Map.entry("empty", ""));
        assertThat(properties.others()).containsExactlyInAnyOrder("mistyped", "bare", "list", "struct");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|null instead of an object",
                "17|a number instead of an object",
                "[[]]|a list instead of an object",
                "{\"name\":\"m\"}|id is missing",
                "{\"id\":\" \",\"name\":\"m\"}|id is missing",
                "{\"id\":[1],\"name\":\"m\"}|id is a list instead of a text",
                "{\"id\":1.5,\"name\":\"m\"}|id is a number instead of a text",
                "{\"id\":\"3\"}|name is missing",
                "{\"id\":\"3\",\"name\":null}|name is missing",
                "{\"id\":\"3\",\"name\":4}|name is a number instead of a text",
                "{\"id\":\"3\",\"name\":\"m\",\"state\":true}|state is a truth value instead of a text",
                "{\"id\":\"3\",\"name\":\"m\",\"customProperties\":[]}|customProperties is a list instead of an object",
                "{\"id\":\"3\",\"name\":\"m\",\"customProperties\":\"\"}|customProperties is a text instead of an object",
                "{\"id\":\"3\",\"name\":\"m\",\"lastUpdateTimeSinceEpoch\":\"soon\"}|is not a number of milliseconds",
                "{\"id\":\"3\",\"name\":\"m\",\"lastUpdateTimeSinceEpoch\":99999999999999999999}|not a number of milli",
            })
    void losesOnlyTheItemThatMakesNoSense(String bad, String reason) throws Exception {
        Listing<ListedModel> listing =
                models("{\"id\":\"1\",\"name\":\"a\"}," + bad + ",{\"id\":\"2\",\"name\":\"b\"}");
        assertThat(listing.items()).extracting(ListedModel::id).containsExactly("1", "2");
        assertThat(listing.unreadable()).singleElement().satisfies(item -> {
            assertThat(item.reason()).contains(reason);
            assertThat(item.id()).isEqualTo(bad.contains("\"3\"") ? "3" : null);
        });
    }

    @Test
    void tellsTheModelOfAVersionThatMakesNoSense() throws Exception {
        registry.on("model_versions", () -> FakeServer.page("{\"id\":\"2\",\"registeredModelId\":\"1\",\"name\":[]}"));
        assertThat(client.modelVersions().unreadable())
                .containsExactly(new UnreadableItem("model_versions", "2", "1", "name is a list instead of a text"));
    }
}
