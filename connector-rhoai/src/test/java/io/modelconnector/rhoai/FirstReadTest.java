package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.REGISTRY;
import static io.modelconnector.rhoai.SourceFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.fake.FakeRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstReadTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void findsAVersionWithEverythingThatBelongsToIt() throws Exception {
        registry.model("1", "granite-3.1-8b")
                .put("registered_models", "1", "description", "IBM's", "owner", "kube:admin")
                .version("2", "1", "1.4.0")
                .artifact("7", "2", "oci://quay.io/granite:1.4.0")
                .card("7", "rhoai", "ibm-granite", "granite-3.1-8b")
                .put("artifacts", "8", "parent", "2", "artifactType", "doc-artifact", "uri", "https://docs")
                .put("serving_environments", "3", "name", "ml-prod")
                .put(
                        "inference_services",
                        "4",
                        "name",
                        "granite/8f1c",
                        "modelVersionId",
                        "2",
                        "registeredModelId",
                        "1",
                        "servingEnvironmentId",
                        "3",
                        "desiredState",
                        "DEPLOYED");
        fixture.catalog.card("rhoai", "ibm-granite/granite-3.1-8b", "# Granite");

        SourcePart part = fixture.read();
        assertThat(part.name()).isEqualTo(REGISTRY);
        assertThat(part.isComplete()).isTrue();
        assertThat(part.problems()).isEmpty();
        RegisteredModelVersion fact = version(part, "2");
        assertThat(fact.id()).isEqualTo(REGISTRY + "/1/2");
        assertThat(fact.model().description()).isEqualTo("IBM's");
        assertThat(fact.version().name()).isEqualTo("1.4.0");
        assertThat(fact.inferenceServices())
                .containsExactly(new RegisteredInferenceService("4", "granite/8f1c", "ml-prod", true));
        ModelCardReference card = new ModelCardReference("rhoai", "ibm-granite", "granite-3.1-8b");
        assertThat(fact.artifacts()).extracting(ModelArtifact::id).containsExactlyInAnyOrder("7", "8");
        assertThat(fact.artifacts().stream().filter(artifact -> artifact.card() != null))
                .singleElement()
                .satisfies(artifact -> assertThat(artifact.card())
                        .isEqualTo(ModelCard.of(card, "# Granite").version()));
        assertThat(fixture.source.card(card)).contains(ModelCard.of(card, "# Granite"));
    }

    @Test
    void costsOneRequestForEachVersionAndAFewMore() throws Exception {
        registry.models(100);
        assertThat(fixture.read().modelVersions()).hasSize(100);
        List<String> paths = registry.takePaths();
        assertThat(paths).hasSizeLessThanOrEqualTo(100 + 10).contains("/artifacts");

        assertThat(paths.stream().filter(path -> path.endsWith("/artifacts") && path.startsWith("/model_versions")))
                .hasSize(100);
    }

    @Test
    void includesArchivedVersionsButAsksNothingMoreOfThem() throws Exception {
        registry.models(3)
                .put("model_versions", "2", "state", "ARCHIVED")
                .put("registered_models", "3", "state", "ARCHIVED");
        SourcePart part = fixture.read();
        assertThat(version(part, "2").version().archived()).isTrue();
        assertThat(version(part, "2").artifacts()).isEmpty();
        assertThat(version(part, "4").model().archived()).isTrue();
        assertThat(version(part, "4").artifacts()).isEmpty();
        assertThat(version(part, "6").artifacts()).hasSize(1);
        assertThat(registry.takePaths())
                .contains("/model_versions/6/artifacts")
                .doesNotContain("/model_versions/2/artifacts", "/model_versions/4/artifacts");
    }

    @Test
    void readsAnEmptyRegistry() throws Exception {
        SourcePart part = fixture.read();
        assertThat(part.isComplete()).isTrue();
        assertThat(part.modelVersions()).isEmpty();
        assertThat(registry.takePaths()).hasSize(6);
    }

    @Test
    void takesAServiceWithoutVersionForOneOfTheLatestLiveVersion() throws Exception {
        registry.model("1", "mistral")
                .version("9", "1", "v1")
                .version("10", "1", "v2")
                .version("11", "1", "v3")
                .put("model_versions", "11", "state", "ARCHIVED")
                .put("inference_services", "20", "name", "mistral/a", "registeredModelId", "1");
        SourcePart part = fixture.read();
        assertThat(version(part, "10").inferenceServices())
                .containsExactly(new RegisteredInferenceService("20", "mistral/a", null, true));
        assertThat(version(part, "9").inferenceServices()).isEmpty();
        assertThat(version(part, "11").inferenceServices()).isEmpty();
    }

    @Test
    void reportsServicesOfVersionsThatDoNotExist() throws Exception {
        registry.models(1)
                .put("inference_services", "20", "name", "a", "registeredModelId", "1", "modelVersionId", "77")
                .put("inference_services", "21", "name", "b", "registeredModelId", "78");
        assertThat(fixture.read().problems())
                .extracting(Problem::item)
                .containsExactly(REGISTRY + "/inference_services/20", REGISTRY + "/inference_services/21");
    }

    @Test
    void reportsAVersionWhoseModelDoesNotExist() throws Exception {
        registry.models(1).version("50", "49", "orphan");
        SourcePart part = fixture.read();
        assertThat(part.modelVersions()).hasSize(1);
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo(REGISTRY + "/49/50");
            assertThat(problem.message()).contains("registered model 49 does not exist");
        });
        registry.takePaths();
        assertThat(fixture.read().problems()).hasSize(1);
        assertThat(registry.takePaths()).as("an orphan is no news").hasSize(5);
    }

    @Test
    void losesOnlyTheItemsThatMakeNoSense() throws Exception {
        registry.models(3)
                .put("registered_models", "30", "{\"id\":\"30\",\"name\":[]}")
                .put("model_versions", "31", "{\"id\":\"31\",\"registeredModelId\":\"1\",\"name\":7}")
                .put(
                        "artifacts",
                        "32",
                        "{\"id\":\"32\",\"parent\":\"2\",\"artifactType\":\"model-artifact\",\"uri\":{}}");
        SourcePart part = fixture.read();
        assertThat(part.modelVersions()).hasSize(3);
        assertThat(version(part, "2").artifacts()).hasSize(1);
        assertThat(part.problems())
                .extracting(Problem::item)
                .containsExactly(REGISTRY + "/1/31", REGISTRY + "/artifacts/32", REGISTRY + "/registered_models/30");
    }

    @Test
    void readsAnOlderRegistry() throws Exception {
        try (SourceFixture older = new SourceFixture(FakeRegistry.older().models(130))) {
            assertThat(older.read().modelVersions()).hasSize(130);
            older.registry.takePaths();
            assertThat(older.read().modelVersions()).hasSize(130);
            assertThat(older.registry.takePaths()).hasSize(5);
        }
    }

    @Test
    void givesFactsInTheOrderOfTheirIds() throws Exception {
        registry.models(12);
        assertThat(fixture.read().modelVersions())
                .extracting(fact -> Integer.parseInt(fact.version().id()))
                .isSorted();
    }

    @Test
    void findsAModelThatIsCreatedWhileTheListsAreRead() throws Exception {
        registry.models(2);
        registry.on("registered_models", 1, () -> {
            registry.model("90", "late");
            return io.modelconnector.rhoai.fake.FakeServer.page("{\"id\":\"1\",\"name\":\"granite-1\"}");
        });
        registry.version("91", "90", "v1");
        SourcePart part = fixture.read();
        assertThat(part.problems()).isEmpty();
        assertThat(part.modelVersions()).hasSize(3);
    }
}
