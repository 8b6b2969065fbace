package io.modelconnector.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.modelconnector.core.format.ModelCatalogValidator.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelCatalogValidatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Validator SCHEMA = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory())
            .createValidator();
    private static final URI SCHEMA_URI = SCHEMA.registerSchema(resource("/format/model-catalog.schema.json"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"models\":[]}",
                "{\"models\":[{\"name\":\"\",\"owner\":\"\",\"description\":\"\",\"lifecycle\":\"\"}]}",
                "{\"models\":[],\"modelServer\":{\"name\":\"s\",\"owner\":\"o\",\"description\":\"d\",\"lifecycle\":\"l\"}}",
                "{\"models\":[{\"name\":\"m\",\"owner\":\"o\",\"description\":\"d\",\"lifecycle\":\"l\",\"tags\":[],"
                        + "\"annotations\":{\"any/key\":\"\"}}]}",
            })
    void acceptsDocumentsThatKeepTheRules(String document) {
        assertThat(ModelCatalogValidator.validate(document)).isEmpty();
        assertThat(ModelCatalogValidator.validate(document.getBytes(UTF_8))).isEmpty();
        assertThat(agreesWithSchema(document)).isTrue();
    }

    @Test
    void acceptsADocumentWithEveryField() {
        assertThat(ModelCatalogValidator.validate(resource("/format/full-entry.json")))
                .isEmpty();
        assertThat(agreesWithSchema(resource("/format/full-entry.json"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{}                                | /models: is required",
                "{`modelServer`:{}}                | /models: is required",
                "[]                                | document: must be an object, but its type is array",
                "null                              | document: must be an object, but its type is null",
                "`models`                          | document: must be an object, but its type is string",
                "7                                 | document: must be an object, but its type is number",
                "{`models`:{}}                     | /models: must be an array, but its type is object",
                "{`models`:null}                   | /models: must be an array, but its type is null",
                "{`models`:[7]}                    | /models/0: must be an object, but its type is number",
                "{`models`:[],`modelSever`:{}}     | /modelSever: is not a field of the schema",
                "{`models`:[],`modelServer`:null}  | /modelServer: must be an object, but its type is null",
                "{`models`:[],`a/b~c`:1}           | /a~1b~0c: is not a field of the schema",
            })
    void refusesDocumentsOfAnotherShape(String document, String violation) {
        String json = document.replace('`', '"');

        assertThat(ModelCatalogValidator.validate(json))
                .extracting(Violation::toString)
                .contains(violation);
        assertThat(agreesWithSchema(json)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "/models/0             | name                | 7        | must be a string, but its type is number",
                "/models/0             | owner               | null     | must be a string, but its type is null",
                "/models/0             | description         | []       | must be a string, but its type is array",
                "/models/0             | lifecycle           | {}       | must be a string, but its type is object",
                "/models/0             | artifactLocationURL | 7        | must be a string, but its type is number",
                "/models/0             | ethics              | 7        | must be a string, but its type is number",
                "/models/0             | howToUseURL         | 7        | must be a string, but its type is number",
                "/models/0             | license             | true     | must be a string, but its type is boolean",
                "/models/0             | support             | 7        | must be a string, but its type is number",
                "/models/0             | training            | 7        | must be a string, but its type is number",
                "/models/0             | usage               | null     | must be a string, but its type is null",
                "/models/0             | tags                | \"a\" | must be an array, but its type is string",
                "/models/0             | annotations         | []       | must be an object, but its type is array",
                "/models/0             | techdocs            | \"x\" | is not a field of the schema",
                "/modelServer          | name                | 7        | must be a string, but its type is number",
                "/modelServer          | owner               | 7        | must be a string, but its type is number",
                "/modelServer          | description         | 7        | must be a string, but its type is number",
                "/modelServer          | lifecycle           | 7        | must be a string, but its type is number",
                "/modelServer          | API                 | null     | must be an object, but its type is null",
                "/modelServer          | authentication      | \"true\" | must be true or false, but its type is string",
                "/modelServer          | homepageURL         | 7        | must be a string, but its type is number",
                "/modelServer          | tags                | {}       | must be an array, but its type is object",
                "/modelServer          | usage               | 7        | must be a string, but its type is number",
                "/modelServer          | annotations         | 7        | must be an object, but its type is number",
                "/modelServer          | ethics              | \"x\" | is not a field of the schema",
                "/modelServer/API      | url                 | 7        | must be a string, but its type is number",
                "/modelServer/API      | spec                | {}       | must be a string, but its type is object",
                "/modelServer/API      | type                | \"soap\" | must be one of openapi, asyncapi, graphql, grpc",
                "/modelServer/API      | type                | \"GRPC\" | must be one of openapi, asyncapi, graphql, grpc",
                "/modelServer/API      | type                | null     | must be one of openapi, asyncapi, graphql, grpc",
                "/modelServer/API      | tags                | 7        | must be an array, but its type is number",
                "/modelServer/API      | annotations         | null     | must be an object, but its type is null",
                "/modelServer/API      | usage               | \"x\" | is not a field of the schema",
                "/models/0/annotations | k/~                 | 7        | must be a string, but its type is number",
                "/modelServer/API/annotations | k             | null     | must be a string, but its type is null",
            })
    void refusesAFieldOfAnotherKind(String object, String field, String value, String message) throws IOException {
        ObjectNode document = fullDocument();
        ((ObjectNode) document.at(object)).set(field, JSON.readTree(value));

        String pointer = object + '/' + field.replace("~", "~0").replace("/", "~1");
        assertThat(ModelCatalogValidator.validate(document.toString()))
                .containsExactly(new Violation(pointer, message));
        assertThat(agreesWithSchema(document.toString())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void requiresAField(String object, String field) throws IOException {
        ObjectNode document = fullDocument();
        ((ObjectNode) document.at(object)).remove(field);

        assertThat(ModelCatalogValidator.validate(document.toString()))
                .extracting(Violation::toString)
                .containsExactly(object + '/' + field + ": is required");
        assertThat(agreesWithSchema(document.toString())).isTrue();
    }

    private static Stream<String[]> requiredFields() {
        return Stream.concat(
                Stream.of("name", "owner", "description", "lifecycle")
                        .flatMap(field ->
                                Stream.of("/models/0", "/modelServer").map(object -> new String[] {object, field})),
                Stream.of("url", "type", "spec").map(field -> new String[] {"/modelServer/API", field}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "artifactLocationURL",
                "ethics",
                "howToUseURL",
                "license",
                "support",
                "tags",
                "training",
                "usage",
                "annotations"
            })
    void doesNotRequireTheOtherFieldsOfAModel(String field) throws IOException {
        ObjectNode document = fullDocument();
        ((ObjectNode) document.at("/models/0")).remove(field);

        assertThat(ModelCatalogValidator.validate(document.toString())).isEmpty();
    }

    @Test
    void namesTheTagThatIsNoString() throws IOException {
        ObjectNode document = fullDocument();
        document.withArray("/models/0/tags").add(7);

        assertThat(ModelCatalogValidator.validate(document.toString()))
                .extracting(Violation::toString)
                .containsExactly("/models/0/tags/2: must be a string, but its type is number");
    }

    @Test
    void findsEveryViolation() {
        assertThat(ModelCatalogValidator.validate("{\"models\":[{\"name\":7},{\"x\":1}],\"modelServer\":{\"API\":{}}}"))
                .extracting(Violation::pointer)
                .containsExactly(
                        "/models/0/description",
                        "/models/0/lifecycle",
                        "/models/0/owner",
                        "/models/0/name",
                        "/models/1/description",
                        "/models/1/lifecycle",
                        "/models/1/name",
                        "/models/1/owner",
                        "/models/1/x",
                        "/modelServer/description",
                        "/modelServer/lifecycle",
                        "/modelServer/name",
                        "/modelServer/owner",
                        "/modelServer/API/spec",
                        "/modelServer/API/type",
                        "/modelServer/API/url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"models\":[}",
                "{\"models\":[]} x",
                "{\"models\":[]}{}",
                "models: []",
                "<html></html>",
                "{'models':[]}",
                "{\"models\":[],}",
                "nul",
                "{\"models\":[\"\u0001\"]}"
            })
    void reportsTextThatIsNoJson(String text) {
        assertThat(ModelCatalogValidator.validate(text)).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEmpty();
            assertThat(violation.message()).startsWith("is not JSON at line 1, column ");
        });
        assertThat(ModelCatalogValidator.validate(text.getBytes(UTF_8))).hasSize(1);
    }

    @Test
    void reportsBytesThatAreNoText() {
        byte[] bytes = "{\"models\":[\"x\"]}".getBytes(UTF_8);
        bytes[12] = (byte) 0xff;

        assertThat(ModelCatalogValidator.validate(bytes))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith("is not "));
    }

    @Test
    void reportsBytesInAnEncodingThatNobodyUses() {
        byte[] bytes = {0, 0, (byte) 0xff, (byte) 0xfe, 0, 0, '{', 0, 0, 0, '}', 0};

        assertThat(ModelCatalogValidator.validate(bytes))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).startsWith("is not text in UTF-8"));
    }

    @Test
    void reportsADocumentThatIsNestedTooDeeply() {
        assertThat(ModelCatalogValidator.validate("[".repeat(100_000))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void reportsAnEmptyDocument(String text) {
        assertThat(ModelCatalogValidator.validate(text)).containsExactly(new Violation("", "is empty"));
        assertThat(ModelCatalogValidator.validate(text.getBytes(UTF_8))).hasSize(1);
    }

    /** Whether a validator for JSON schemas comes to the same result. */
    private static boolean agreesWithSchema(String document) {
        boolean valid = SCHEMA.validate(SCHEMA_URI, parsed(document)).isValid();
        return valid == ModelCatalogValidator.validate(document).isEmpty();
    }

    private static JsonNode parsed(String document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode fullDocument() {
        return (ObjectNode) parsed(resource("/format/full-entry.json"));
    }

    private static String resource(String name) {
        try (InputStream in = ModelCatalogValidatorTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
