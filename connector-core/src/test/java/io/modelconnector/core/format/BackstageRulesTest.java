package io.modelconnector.core.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules notice what they are there for. */
final class BackstageRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "kind: \"API\" | kind: \"Api\"",
                "apiVersion: \"backstage.io/v1alpha1\" | apiVersion: \"v1\"",
                "name: \"granite-31-8b\" | name: \"granite-31-8b-\"",
                "name: \"granite-31-8b\" | name: \"granite 31\"",
                "description: \"vLLM with Granite\" | description: 5",
                "\"rhdh.modelcatalog.io/external-route-url\" | \"RHDH.modelcatalog.io/external-route-url\"",
                "\"rhdh.modelcatalog.io/external-route-url\" | \"rhdh.modelcatalog.io/a/b\"",
                "- \"granite\" | - \"Granite\"",
                "- \"granite\" | - \"granite--8b\"",
                "url: \"https://granite.apps.example.com\" | url: \"granite.apps.example.com\"",
                "title: \"API\" | title: \"\"",
                "type: \"grpc\" | type: \"\"",
                "owner: \"user:ml-platform\" | owner: \"group:default/\"",
                "definition: | text:",
                "spec: | status:",
            })
    void noticeWhatBackstageRefuses(String valid, String invalid) throws IOException {
        String api = fullEntry().substring(fullEntry().lastIndexOf("---"));
        assertThat(api).contains(valid);

        assertThat(BackstageRules.violations(read(api))).isEmpty();
        assertThat(BackstageRules.violations(read(api.replace(valid, invalid)))).isNotEmpty();
    }

    private static JsonNode read(String document) throws IOException {
        return YamlDocuments.read(document.getBytes(UTF_8)).get(0);
    }

    private static String fullEntry() throws IOException {
        try (InputStream in = BackstageRulesTest.class.getResourceAsStream("/format/full-entry.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }
}
