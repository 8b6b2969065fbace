package io.modelconnector.core.format;

import static io.modelconnector.core.format.SampleEntries.entry;
import static io.modelconnector.core.format.SampleEntries.fullModel;
import static io.modelconnector.core.format.SampleEntries.fullServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.entity.ServerDeclaration;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConnectorJsonFormatTest {
    private static final ConnectorJsonFormat FORMAT = new ConnectorJsonFormat();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CardVersion CARD =
            new CardVersion(new ModelCardReference("redhat_ai", "RedHatAI", "granite/3.1 8b"), "5b1c9f0e");

    private final List<String> losses = new ArrayList<>();

    @Test
    void saysTheSameAsTheDefaultFormatWhereTheContractsAreAlike() {
        CatalogEntry entry = entry(new ModelCatalog(List.of(fullModel()), fullServer()), null, null);

        assertThat(FORMAT.write(entry, losses::add))
                .isEqualTo(new JsonArrayFormat(URI.create("http://localhost:9090")).write(entry));
        assertThat(losses).isEmpty();
    }

    @Test
    void linksToTheCardBelowTheBaseInTheAnnotationThatProvidersRead() throws IOException {
        JsonNode model = read(entry(fullModel(), CARD, null)).at("/models/0");

        assertThat(model.at("/annotations/techdocs").textValue())
                .isEqualTo("/modelcard/redhat_ai/RedHatAI/granite/3.1%208b");
        assertThat(model.at("/annotations").has("TechDocs")).isFalse();
    }

    @Test
    void prefersTheDocumentationThatTheAuthorNamed() throws IOException {
        assertThat(read(entry(fullModel(), CARD, "https://example.com/docs"))
                        .at("/models/0/annotations/techdocs")
                        .textValue())
                .isEqualTo("https://example.com/docs");
    }

    @Test
    void linksToACardOfWhichOnlyTheKeyIsKnownByThat() throws IOException {
        CardVersion stored = new CardVersion(ModelCardReference.ofKey("redhat_aiRedHatAIgranite"), "5b1c9f0e");

        assertThat(read(entry(fullModel(), stored, null))
                        .at("/models/0/annotations/techdocs")
                        .textValue())
                .isEqualTo("/modelcard?key=redhat_aiRedHatAIgranite");
    }

    @Test
    void repeatsWhatOperatorsSayOfTheServerAsItIs() throws IOException {
        JsonNode annotations = read(served(
                        new ServerDeclaration("Fraud Detection", "vllm", "granite-chat", "api:ml/granite", List.of())))
                .at("/modelServer/annotations");

        assertThat(annotations).isEqualTo(JSON.readTree("""
                {"example.com/team":"ml-platform","rhdh.io/api-entity-ref":"api:ml/granite",
                 "rhdh.io/default":"granite-chat","rhdh.io/serverType":"vllm","rhdh.io/system":"Fraud Detection"}"""));
    }

    @Test
    void theNamesThatOperatorsGiveTheModelsTakeThePlaceOfTheDerivedOne() throws IOException {
        JsonNode models = read(served(
                        new ServerDeclaration(null, null, null, null, List.of("granite-chat", "IBM/granite:code"))))
                .at("/models");

        assertThat(models)
                .extracting(model -> model.get("name").textValue())
                .containsExactly("granite-chat", "IBM/granite:code");
        assertThat(models)
                .allSatisfy(
                        model -> assertThat(model.get("license").textValue()).isEqualTo("apache-2.0"));
    }

    @Test
    void anEntryThatIsNotServedHasModelsOnly() throws IOException {
        JsonNode document = read(entry(fullModel(), null, null));

        assertThat(document.has("modelServer")).isFalse();
        assertThat(document.get("models")).hasSize(1);
    }

    @Test
    void neverNamesAnOwnerByAReference() throws IOException {
        Model model = Model.builder("granite", "group:default/ml", "Granite", "production")
                .build();
        ModelServer server = ModelServer.builder("granite", " ", "Granite", "production")
                .api(api("https://granite.example.com"))
                .build();
        JsonNode document = read(entry(new ModelCatalog(List.of(model), server), null, null));

        assertThat(document.at("/models/0/owner").textValue()).isEqualTo("ml");
        assertThat(document.at("/modelServer/owner").textValue()).isEqualTo("unknown");
    }

    @Test
    void leavesOutWhatWouldCostAProviderMoreThanThis() throws IOException {
        Model nameless = Model.builder("\u00a0 ", "ml", "Nobody", "production").build();
        Model model = Model.builder("granite", "ml", "Granite", "")
                .artifactLocationUrl("models/granite")
                .annotations(Map.of("not a key", "value"))
                .build();
        ModelServer server = ModelServer.builder("granite", "ml", "Granite", "production")
                .api(api("granite.example.com/v1"))
                .build();
        JsonNode document = read(entry(new ModelCatalog(List.of(nameless, model), server), null, null));

        assertThat(document).isEqualTo(JSON.readTree("""
                {"models":[{"name":"granite","owner":"ml","description":"Granite","lifecycle":"unknown"}]}"""));
        assertThat(losses).hasSize(4);
        assertThat(losses)
                .anySatisfy(loss -> assertThat(loss).contains("without a name"))
                .anySatisfy(loss -> assertThat(loss).contains("artifactLocationURL"))
                .anySatisfy(loss -> assertThat(loss).contains("not a key"))
                .anySatisfy(loss -> assertThat(loss).contains("server"));
    }

    @Test
    void mendsTheNameOfAServerThatBackstageWouldRefuse() throws IOException {
        ModelServer server = ModelServer.builder("granite/8b", "ml", "Granite", "production")
                .api(api("https://granite.example.com"))
                .build();

        assertThat(read(entry(new ModelCatalog(List.of(fullModel()), server), null, null))
                        .at("/modelServer/name")
                        .textValue())
                .matches("granite-8b-[0-9a-f]{8}");
    }

    @Test
    void listsKeysWithoutSlashesAroundThem() {
        assertThat(new String(FORMAT.writeList(List.of(entry(fullModel(), null, null))), UTF_8))
                .isEqualTo("{\"uris\":[\"granite/v1\"]}");
        assertThat(new String(FORMAT.writeList(List.of()), UTF_8)).isEqualTo("{\"uris\":[]}");
    }

    private JsonNode read(CatalogEntry entry) throws IOException {
        return JSON.readTree(FORMAT.write(entry, losses::add));
    }

    private static CatalogEntry served(ServerDeclaration declaration) {
        ModelServer full = fullServer();
        ModelServer server = ModelServer.builder(full.name(), full.owner(), full.description(), full.lifecycle())
                .api(full.api())
                .annotations(full.annotations())
                .declaration(declaration)
                .build();
        return entry(new ModelCatalog(List.of(fullModel()), server), null, null);
    }

    private static ModelServerApi api(String url) {
        return new ModelServerApi(url, ApiType.OPENAPI, "TBD", List.of(), Map.of());
    }
}
