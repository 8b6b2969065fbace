package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.entity.ModelServerApi;
import io.modelconnector.core.internal.ApiDefinitionSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ApiDefinitionTest {
    private static final String URL = "https://granite.apps.example.com/v1";
    private static final String PUBLISHED = "{\"openapi\":\"3.1.0\",\"paths\":{\"/v1/models\":{}}}";

    @Test
    void isWhatTheServerPublishesIfThatIsKnown() {
        assertThat(of(ApiType.OPENAPI, "openapi: 3.0.0\npaths: {}\n", PUBLISHED))
                .isEqualTo(PUBLISHED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAPI | {\"openapi\":\"3.0.3\"}",
                "OPENAPI | {\"swagger\":\"2.0\"}",
                "OPENAPI | openapi: 3.1.0",
                "OPENAPI | \"openapi\": \"3.1.0\"",
                "ASYNCAPI | asyncapi: 2.6.0",
                "GRAPHQL | type Query { models: [String] }",
                "GRPC | syntax = \"proto3\";"
            })
    void isWhatTheAuthorWroteIfThatIsADefinition(ApiType type, String spec) {
        assertThat(of(type, spec, null)).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAPI | TBD",
                "OPENAPI | {\"openapi\":",
                "OPENAPI | {\"title\":\"x\"}",
                "OPENAPI | see openapi: 3",
                "ASYNCAPI | openapi: 3.1.0",
                "GRAPHQL | TBD",
                "GRPC | TBD"
            })
    void isAStubThatSaysWhereTheApiIsOtherwise(ApiType type, String spec) {
        String stub = of(type, spec, "<html>not found</html>");

        assertThat(stub).contains(URL, "granite").isNotEqualTo(spec);
        assertThat(ApiDefinitionSyntax.is(type, stub)).isTrue();
    }

    @Test
    void theStubOfARestApiIsAnOpenApiDocument() throws IOException {
        JsonNode stub = YamlDocuments.read(of(ApiType.OPENAPI, "https://example.com/openapi.json", null)
                        .getBytes(StandardCharsets.UTF_8))
                .get(0);

        assertThat(stub.get("openapi").textValue()).isEqualTo("3.1.0");
        assertThat(stub.at("/info/title").textValue()).isEqualTo("granite");
        assertThat(stub.at("/info/version").textValue()).isEqualTo("1.4.0");
        assertThat(stub.at("/servers/0/url").textValue()).isEqualTo(URL);
        assertThat(stub.get("paths").isObject()).isTrue();
        assertThat(stub.at("/externalDocs/url").textValue()).isEqualTo("https://example.com/openapi.json");
    }

    @ParameterizedTest
    @EnumSource(names = {"GRAPHQL", "GRPC"})
    void aStubInCommentsStaysInThem(ApiType type) {
        ModelServer server = ModelServer.builder("granite\nmessage Evil {}", "ml", "Granite", "production")
                .build();
        ModelServerApi api = new ModelServerApi(URL, type, "TBD", List.of(), Map.of());

        assertThat(ApiDefinition.of(server, api, "1.4.0").lines().filter(line -> line.startsWith("message")))
                .isEmpty();
    }

    private static String of(ApiType type, String spec, String published) {
        ModelServer server =
                ModelServer.builder("granite", "ml", "Granite", "production").build();
        return ApiDefinition.of(server, new ModelServerApi(URL, type, spec, List.of(), Map.of(), published), "1.4.0");
    }
}
