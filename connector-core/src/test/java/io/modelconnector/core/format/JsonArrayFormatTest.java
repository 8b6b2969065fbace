package io.modelconnector.core.format;

import static io.modelconnector.core.format.SampleEntries.entry;
import static io.modelconnector.core.format.SampleEntries.fullModel;
import static io.modelconnector.core.format.SampleEntries.fullServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonArrayFormatTest {
    private static final JsonArrayFormat FORMAT = new JsonArrayFormat(URI.create("http://models.example.com:9090"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Model SMALL =
            Model.builder("mistral-7b", "nlp", "Mistral 7B", "development").build();
    private static final CardVersion CARD =
            new CardVersion(new ModelCardReference("redhat_ai", "Red Hat AI", "Llama 3.1 8B+"), "5b1c9f0e");

    @Test
    void namesItselfItsFileAndItsMediaType() {
        assertThat(FORMAT.name()).isEqualTo("JsonArrayFormat");
        assertThat(FORMAT.fileName()).isEqualTo("model-catalog.json");
        assertThat(FORMAT.contentType()).isEqualTo("application/json");
    }

    @Test
    void writesEveryFieldInAFixedOrderWithoutWhiteSpace() throws IOException {
        CatalogEntry entry =
                entry(new ModelCatalog(List.of(fullModel()), fullServer()), null, "https://example.com/granite/docs");

        assertThat(text(entry)).isEqualTo(compacted("/format/full-entry.json"));
    }

    @Test
    void aLicenceThatIsNoLinkCanBeAnAnnotationForClientsThatMakeALinkOfIt() {
        JsonArrayFormat linksOnly = FORMAT.withLicenseLinksOnly();
        Model named = Model.builder("mistral-7b", "nlp", "Mistral 7B", "development")
                .license("Apache-2.0")
                .tags(List.of("chat"))
                .build();
        Model linked = Model.builder("mistral-7b", "nlp", "Mistral 7B", "development")
                .license("https://example.com/licence")
                .build();

        assertThat(new String(linksOnly.write(entry(named, null, null)), UTF_8))
                .isEqualTo("{\"models\":[{\"name\":\"mistral-7b\",\"owner\":\"nlp\",\"description\":\"Mistral 7B\","
                        + "\"lifecycle\":\"development\",\"tags\":[\"chat\"],"
                        + "\"annotations\":{\"rhdh.modelcatalog.io/license\":\"Apache-2.0\"}}]}");
        assertThat(linksOnly.write(entry(linked, null, null))).isEqualTo(FORMAT.write(entry(linked, null, null)));
        assertThat(text(entry(named, null, null))).contains("\"license\":\"Apache-2.0\"");
    }

    @Test
    void leavesOutWhatIsAbsent() {
        assertThat(text(entry(SMALL, null, null)))
                .isEqualTo("{\"models\":[{\"name\":\"mistral-7b\",\"owner\":\"nlp\",\"description\":\"Mistral 7B\","
                        + "\"lifecycle\":\"development\"}]}");
    }

    @Test
    void leavesOutWhatAServerLacks() {
        ModelServer server =
                ModelServer.builder("vllm", "nlp", "vLLM", "development").build();

        assertThat(text(entry(new ModelCatalog(List.of(), server), null, null)))
                .isEqualTo(
                        "{\"models\":[],\"modelServer\":{\"name\":\"vllm\",\"owner\":\"nlp\",\"description\":\"vLLM\","
                                + "\"lifecycle\":\"development\"}}");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void writesAuthenticationAsATruthValue(boolean authentication) throws IOException {
        ModelServer server = ModelServer.builder("vllm", "nlp", "vLLM", "development")
                .authentication(authentication)
                .build();

        JsonNode written = JSON.readTree(FORMAT.write(entry(new ModelCatalog(List.of(), server), null, null)));
        assertThat(written.at("/modelServer/authentication").booleanValue()).isEqualTo(authentication);
        assertThat(written.at("/modelServer/authentication").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAPI, openapi",
        "ASYNCAPI, asyncapi",
        "GRAPHQL, graphql",
        "GRPC, grpc",
    })
    void writesApiTypesByTheirNameOnTheWire(ApiType type, String name) throws IOException {
        ModelServer server = ModelServer.builder("vllm", "nlp", "vLLM", "development")
                .api(new ModelServerApi("https://vllm.example.com", type, "TBD", List.of(), Map.of()))
                .build();

        JsonNode written = JSON.readTree(FORMAT.write(entry(new ModelCatalog(List.of(), server), null, null)));
        assertThat(written.at("/modelServer/API/type").textValue()).isEqualTo(name);
    }

    @Test
    void annotatesEveryModelWithTheUrlOfTheCard() throws IOException {
        CatalogEntry entry = entry(new ModelCatalog(List.of(SMALL, fullModel()), null), CARD, null);

        JsonNode written = JSON.readTree(FORMAT.write(entry));
        assertThat(written.at("/models"))
                .hasSize(2)
                .allSatisfy(model -> assertThat(
                                model.at("/annotations/TechDocs").textValue())
                        .isEqualTo("http://models.example.com:9090/modelcard?key=redhat_aiRedHatAILlama3.18B%2B"));
    }

    @Test
    void prefersTheDocumentationThatTheAuthorNamed() throws IOException {
        JsonNode written = JSON.readTree(FORMAT.write(entry(SMALL, CARD, "https://example.com/docs")));

        assertThat(written.at("/models/0/annotations/TechDocs").textValue()).isEqualTo("https://example.com/docs");
    }

    @Test
    void writesCardUrlsBelowTheBaseThatItWasGiven() throws IOException {
        JsonArrayFormat format = new JsonArrayFormat(URI.create("https://gateway.example.com/models/"));

        JsonNode written = JSON.readTree(format.write(entry(SMALL, CARD, null)));
        assertThat(written.at("/models/0/annotations/TechDocs").textValue())
                .startsWith("https://gateway.example.com/models/modelcard?key=");
    }

    @Test
    void writesTextsOfAnyLanguageAsUtf8() throws IOException {
        String description = "Größe 模型 🦙 \"quoted\" \\ \n\t\u0001";
        Model model = Model.builder("m", "o", description, "l").build();

        JsonNode written = JSON.readTree(FORMAT.write(entry(model, null, null)));
        assertThat(written.at("/models/0/description").textValue()).isEqualTo(description);
        assertThat(text(entry(model, null, null))).contains("Größe 模型 ");
    }

    @Test
    void replacesHalvesOfSurrogatePairs() throws IOException {
        Model model = Model.builder("m", "o", "half \ud83e of a 🦙", "l")
                .tags(List.of("\udd99"))
                .annotations(Map.of("key\ud83e", "value\ud83e"))
                .build();

        JsonNode written = JSON.readTree(FORMAT.write(entry(model, null, null)));
        assertThat(written.at("/models/0/description").textValue()).isEqualTo("half \ufffd of a 🦙");
        assertThat(written.at("/models/0/tags/0").textValue()).isEqualTo("\ufffd");
        assertThat(written.at("/models/0/annotations/key\ufffd").textValue()).isEqualTo("value\ufffd");
    }

    @Test
    void writesWhatTheValidatorAccepts() {
        assertThat(ModelCatalogValidator.validate(FORMAT.write(entry(SMALL, CARD, null))))
                .isEmpty();
        assertThat(ModelCatalogValidator.validate(
                        FORMAT.write(entry(new ModelCatalog(List.of(fullModel(), SMALL), fullServer()), CARD, null))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models.example.com",
                "/models",
                "ftp://models.example.com",
                "file:///models",
                "http:models",
                "http:///models",
                "http://models.example.com?x=1",
                "http://models.example.com#x",
            })
    void refusesABaseThatLinksCannotStartWith(String base) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new JsonArrayFormat(URI.create(base)))
                .withMessageContaining("techDocsBase was \"" + base + "\", must be an absolute http or https URL");
    }

    private static String text(CatalogEntry entry) {
        return new String(FORMAT.write(entry), UTF_8);
    }

    private static String compacted(String resource) throws IOException {
        try (InputStream in = JsonArrayFormatTest.class.getResourceAsStream(resource)) {
            return JSON.readTree(Objects.requireNonNull(in)).toString();
        }
    }
}
