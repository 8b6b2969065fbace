package io.modelconnector.examples.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MlflowModelSourceTest {
    private MlflowStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = new MlflowStub();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void readsTagsAliasesStagesAndArtifacts() throws Exception {
        stub.models.add(Map.of(
                "name", "granite",
                "description", "Chat.",
                "user_id", "jane@example.com",
                "tags", List.of(Map.of("key", "License", "value", "Apache-2.0")),
                "aliases", List.of(Map.of("alias", "champion", "version", "2"))));
        stub.versions.add(Map.of(
                "name", "granite",
                "version", "2",
                "current_stage", "Production",
                "description", "Longer context.",
                "last_updated_timestamp", 1_750_000_000_000L,
                "source", "s3://models/granite/2",
                "status", "READY",
                "tags", List.of(Map.of("key", "quantization", "value", "q4"))));
        assertThat(read().modelVersions())
                .containsExactly(new RegisteredModelVersion(
                        "lab",
                        new RegisteredModel(
                                "granite",
                                "granite",
                                false,
                                "Chat.",
                                "jane@example.com",
                                CustomProperties.of(Map.of("License", "Apache-2.0"))),
                        new ModelVersion(
                                "2",
                                "2",
                                false,
                                "Longer context.",
                                CustomProperties.of(
                                        Map.of("quantization", "q4", "champion", "", "Lifecycle", "production")),
                                Instant.ofEpochMilli(1_750_000_000_000L)),
                        List.of(new ModelArtifact(
                                "1", "model-artifact", "s3://models/granite/2", CustomProperties.none(), null)),
                        List.of()));
    }

    @Test
    void archivesWhatMlflowHasArchived() throws Exception {
        stub.models.add(Map.of("name", "granite"));
        stub.versions.add(Map.of("name", "granite", "version", 1, "current_stage", "Archived"));
        assertThat(read().modelVersions())
                .singleElement()
                .satisfies(found -> assertThat(found.version().archived()).isTrue());
    }

    @Test
    void waitsForVersionsThatAreNotReady() throws Exception {
        stub.models.add(Map.of("name", "granite"));
        stub.versions.add(Map.of("name", "granite", "version", "1", "status", "PENDING_REGISTRATION"));
        assertThat(read().modelVersions()).isEmpty();
        assertThat(read().problems()).isEmpty();
    }

    @Test
    void followsPages() throws Exception {
        stub.models.add(Map.of("name", "granite"));
        for (int i = 1; i <= 5; i++) {
            stub.versions.add(Map.of("name", "granite", "version", Integer.toString(i)));
        }
        assertThat(read().modelVersions()).hasSize(5);
        assertThat(stub.requests)
                .containsExactly(
                        "model_versions?max_results=10000",
                        "model_versions?max_results=10000&page_token=after%3A2",
                        "model_versions?max_results=10000&page_token=after%3A4",
                        "registered_models?max_results=1000");
    }

    @Test
    void givesUpOnAPageTokenThatRepeats() {
        stub.always = new MlflowStub.Answer(200, "{\"model_versions\": [], \"next_page_token\": \"again\"}");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("is not the last, or one that was given before");
    }

    @Test
    void costsOnlyTheItemThatCannotBeRead() throws Exception {
        stub.models.add(Map.of("name", "granite"));
        stub.versions.add(Map.of("name", "granite", "version", "1"));
        stub.versions.add(Map.of("name", "granite", "version", "2", "tags", List.of(Map.of("value", "q4"))));
        stub.versions.add(Map.of("name", "granite"));
        stub.versions.add(Map.of("name", "orphan", "version", "1"));
        stub.versions.add(Map.of("name", "granite", "version", "3", "description", List.of("a")));
        SourcePart part = read();
        assertThat(part.modelVersions()).extracting(RegisteredModelVersion::id).containsExactly("lab/granite/1");
        assertThat(part.problems())
                .extracting(Problem::message)
                .containsExactly(
                        problem("lab/granite/2", "it has no key"),
                        problem("lab/granite/?", "it has no version"),
                        problem("lab/orphan/1", "its registered model is not listed"),
                        problem("lab/granite/3", "its description is not a text"));
        assertThat(part.problems()).extracting(Problem::item).contains("lab/granite/2", "lab/granite/3");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(401, "", SourceRejectedException.class, "was refused: 401; the token's user needs"),
                arguments(403, "", SourceRejectedException.class, "was refused: 403"),
                arguments(404, "not here", MalformedResponseException.class, "gave 404; check that the URL"),
                arguments(429, "", SourceUnavailableException.class, "failed: 429"),
                arguments(503, "<html>", SourceUnavailableException.class, "failed: 503"),
                arguments(200, "<html>", MalformedResponseException.class, "the answer is not JSON"),
                arguments(200, "{\"model_versions\": [", MalformedResponseException.class, "the answer is not JSON"),
                arguments(200, "", MalformedResponseException.class, "the answer is not what MLflow would give"),
                arguments(200, "[]", MalformedResponseException.class, "the answer is not what MLflow would give"),
                arguments(200, "{\"model_versions\": 1}", MalformedResponseException.class, "not what MLflow would"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatFailedAndWhatToDo(int status, String body, Class<? extends ConnectorException> type, String message) {
        stub.always = new MlflowStub.Answer(status, body);
        assertThatThrownBy(this::read)
                .isInstanceOf(type)
                .hasMessageContaining("reading " + stub.url() + "api/2.0/mlflow/model-versions/search")
                .hasMessageContaining(message);
    }

    @Test
    void saysThatTheServerIsNotThere() {
        stub.close();
        assertThatThrownBy(this::read)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void asksForTheTokenOfEachRequest() throws Exception {
        Iterator<String> tokens = List.of("first", "second").iterator();
        try (MlflowModelSource source = new MlflowModelSource("lab", stub.url(), tokens::next, stub.http)) {
            source.read(new ReadContext(false, Duration.ofSeconds(30)));
        }
        assertThat(stub.authorizations).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void neverShowsATokenThatCannotBeSent() {
        try (MlflowModelSource source = new MlflowModelSource("lab", stub.url(), () -> "hunter2\n", stub.http)) {
            assertThatThrownBy(() -> source.read(new ReadContext(false, Duration.ofSeconds(30))))
                    .isInstanceOf(SourceRejectedException.class)
                    .hasMessageContaining("the token has a character that no header may have")
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
        assertThat(stub.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hunter2/mlflow, begins with neither http:// nor https://",
        "//user:hunter2@mlflow.example.com, begins with neither http:// nor https://",
        "user:hunter2@mlflow.example.com, begins with neither http:// nor https://",
        "ftp://mlflow.example.com/hunter2, begins with neither http:// nor https://",
        "http:hunter2, has no valid host",
        "http:///hunter2, has no valid host",
        "http://user:hunter2@ml_flow, has no valid host",
        "https://user:hunter2@mlflow.example.com, has user info; credentials are given as the token",
        "https://hunter2@mlflow.example.com, has user info; credentials are given as the token",
        "https://mlflow.example.com?token=hunter2, has a query or a fragment",
        "https://mlflow.example.com#hunter2, has a query or a fragment",
    })
    void refusesATrackingServerThatIsNoneWithoutShowingSecrets(URI trackingServer, String fault) {
        assertThatThrownBy(() -> new MlflowModelSource("lab", trackingServer, () -> null, stub.http))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessage("trackingServer was a URL that " + fault
                        + ", must be a base URL such as https://mlflow.example.com/mlflow");
    }

    private SourcePart read() throws InterruptedException {
        try (MlflowModelSource source = new MlflowModelSource("lab", stub.url(), () -> null, stub.http)) {
            return source.read(new ReadContext(false, Duration.ofSeconds(30)))
                    .parts()
                    .get(0);
        }
    }

    private static String problem(String id, String fault) {
        return "reading version " + id + ": " + fault + "; what was known of it stays; mend it in MLflow";
    }
}
