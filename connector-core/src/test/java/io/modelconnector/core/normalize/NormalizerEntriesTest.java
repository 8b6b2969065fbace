package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryOrigin;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which facts make an entry, and which served model belongs to which registered version. */
final class NormalizerEntriesTest {
    private static final String OWN_ENTRY = "ml-prod/granite-serving";
    private static final String PUBLIC = "modelregistry-public";
    private static final String TEAM_A = "modelregistry-team-a";

    @Test
    void makesNothingOfNothing() {
        NormalizedModels models = Normalizer.builder().build().normalize(List.of(), List.of());

        assertThat(models.entries()).isEmpty();
        assertThat(models.problems()).isEmpty();
    }

    @Test
    void makesAnEntryOfEveryLiveVersion() {
        Normalized normalized = Normalized.of(
                version("granite", "1.4").ids("1", "2"),
                version("granite", "1.5").ids("1", "3"),
                version("mistral", "7b").ids("4", "5"));

        assertThat(normalized.keys()).containsExactly("granite/14", "granite/15", "mistral/7b");
    }

    @Test
    void leavesOutArchivedVersionsAndVersionsOfArchivedModels() {
        Normalized normalized = Normalized.of(
                version("old", "v1").ids("1", "2").modelArchived(),
                version("mixed", "v1").ids("3", "4").versionArchived(),
                version("mixed", "v2").ids("3", "5"));

        assertThat(normalized.keys()).containsExactly("mixed/v2");
    }

    @Test
    void tellsWhereAnEntryComesFromAndWhenItChanged() {
        Instant changed = Instant.parse("2025-06-15T12:30:45.123Z");
        Normalized normalized = Normalized.of(version("granite", "v1").lastUpdate(changed), served("ml-prod", "llama"));

        assertThat(normalized.entry("granite/v1").lastUpdate()).isEqualTo(changed);
        assertThat(normalized.entry("granite/v1").origin())
                .isEqualTo(new EntryOrigin(EntryOrigin.Kind.REGISTRY, "modelregistry-public/1/2"));
        assertThat(normalized.entry("ml-prod/llama").lastUpdate()).isNull();
        assertThat(normalized.entry("ml-prod/llama").origin())
                .isEqualTo(new EntryOrigin(EntryOrigin.Kind.SERVING, "InferenceService/ml-prod/llama"));
    }

    @Test
    void makesAnEntryOfAServedModelWithoutRegistryLabels() {
        Normalized normalized = Normalized.of(version("granite", "v1"), served("ml-prod", "granite-serving"));

        assertThat(normalized.keys()).containsExactly("granite/v1", OWN_ENTRY);
        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server(OWN_ENTRY).api().url()).isEqualTo("https://granite-serving.apps.example.com");
    }

    @Test
    void makesNoEntryOfAServedModelThatIsNotReadyOrHasNoAddress() {
        Normalized normalized = Normalized.of(
                served("ml-prod", "loading").notReady(),
                served("ml-prod", "nowhere").urls(null, null),
                served("ml-prod", "blank").urls("  ", ""));

        assertThat(normalized.keys()).isEmpty();
        assertThat(normalized.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,", ", 2", "'', 2", "1, ' '"})
    void takesHalfOfTheLabelsForNone(String modelId, String versionId) {
        ServedFact half = served("ml-prod", "granite-serving");
        if (modelId != null) {
            half.label("modelregistry.opendatahub.io/registered-model-id", modelId);
        }
        if (versionId != null) {
            half.label("modelregistry.opendatahub.io/model-version-id", versionId);
        }

        assertThat(Normalized.of(version("granite", "v1"), half).keys()).containsExactly("granite/v1", OWN_ENTRY);
    }

    @ParameterizedTest
    @CsvSource({"77, 78", "1, 78", "77, 2", "2, 1"})
    void makesAnEntryOfAServedModelWhoseIdsNobodyKnows(String modelId, String versionId) {
        Normalized normalized = Normalized.of(
                version("granite", "v1"), served("ml-prod", "granite-serving").serves(modelId, versionId));

        assertThat(normalized.keys()).containsExactly("granite/v1", OWN_ENTRY);
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void givesTheLabelledVersionAServer() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ids("1", "2"),
                version("granite", "v2").ids("1", "3"),
                served("ml-prod", "granite-serving").serves("1", "3"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "granite/v2");
        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server("granite/v2").api().url()).isEqualTo("https://granite-serving.apps.example.com");
    }

    @Test
    void keepsTheEntryOfAVersionWhoseServerIsNotReady() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").deployed("5", "granite-serving/3f1c", "ml-prod"),
                served("ml-prod", "granite-serving").serves("1", "2").as("5").notReady());

        assertThat(normalized.keys()).containsExactly("granite/v1");
        assertThat(normalized.server()).isNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void publishesNothingOfAServedModelThatBelongsToAnArchivedVersion() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").versionArchived(),
                served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.keys()).isEmpty();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void linksToTheRegistryThatTheLabelNames() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A),
                served("ml-prod", "granite-serving").serves("1", "2").inRegistry(TEAM_A));

        assertThat(normalized.keys()).containsExactly("granite/v1", "mistral/v1");
        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server("mistral/v1")).isNotNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void believesTheLabelRatherThanAnInferenceService() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC).deployed("5", "granite-serving/3f1c", "ml-prod"),
                version("mistral", "v1").registry(TEAM_A),
                served("ml-prod", "granite-serving").serves("1", "2").inRegistry(TEAM_A));

        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server("mistral/v1")).isNotNull();
    }

    @Test
    void makesAnEntryOfItsOwnIfTheLabelledRegistryDoesNotKnowTheIds() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A).ids("1", "3"),
                served("ml-prod", "granite-serving").serves("1", "2").inRegistry(TEAM_A));

        assertThat(normalized.keys()).containsExactly("granite/v1", "mistral/v1", OWN_ENTRY);
        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void saysSoIfTheLabelledRegistryIsNotConnectedWhileAnotherKnowsTheIds() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry("public"),
                served("ml-prod", "granite-serving").serves("1", "2").inRegistry(PUBLIC));

        assertThat(normalized.keys()).containsExactly("granite/v1", OWN_ENTRY);
        assertThat(normalized.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("InferenceService/ml-prod/granite-serving");
            assertThat(problem.message())
                    .contains("modelregistry.opendatahub.io/name", "\"modelregistry-public\"", "known in public;");
        });
    }

    @ParameterizedTest
    @CsvSource({"granite-serving/3f1c-77", "granite-serving", "granite-serving/a/b"})
    void linksToTheRegistryWhoseInferenceServiceNamesTheServedModel(String inferenceService) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A).deployed("5", inferenceService, "ml-prod"),
                served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server("mistral/v1")).isNotNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void linksToTheRegistryWhoseInferenceServiceOfAnotherVersionNamesTheServedModel() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A),
                version("mistral", "v2").registry(TEAM_A).ids("1", "3").deployed("5", "granite-serving/3f", "ml-prod"),
                served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.server("mistral/v1")).isNotNull();
        assertThat(normalized.server("mistral/v2")).isNull();
    }

    @Test
    void linksToTheOnlyRegistryThatKnowsTheIds() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC).ids("1", "2"),
                version("mistral", "v1").registry(TEAM_A).ids("1", "3"),
                served("ml-prod", "granite-serving").serves("1", "3"));

        assertThat(normalized.server("mistral/v1")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        // what the inference services of the two registries name, in which namespace
        "other/3f1c,           ml-prod,    other/77,            ml-prod",
        "granite-serving/3f1c, ml-staging, granite-serving2/77, ml-prod",
        "granite-serving/3f1c, ml-prod,    granite-serving/77,  ml-prod",
        "granite-serving/3f1c, ,           granite-serving/77,  ",
    })
    void doesNotGuessWhichOfSeveralRegistriesIsMeant(String first, String firstIn, String second, String secondIn) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC).deployed("5", first, firstIn),
                version("mistral", "v1").registry(TEAM_A).deployed("6", second, secondIn),
                served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "mistral/v1", OWN_ENTRY);
        assertThat(normalized.server("granite/v1")).isNull();
        assertThat(normalized.server("mistral/v1")).isNull();
        assertThat(normalized.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("InferenceService/ml-prod/granite-serving");
            assertThat(problem.message())
                    .contains("known in modelregistry-public, modelregistry-team-a")
                    .contains("modelregistry.opendatahub.io/name=<registry>");
        });
    }

    @Test
    void saysNothingOfAmbiguousServedModelsThatAreNotReady() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A),
                served("ml-prod", "granite-serving").serves("1", "2").notReady(),
                served("ml-prod", "mistral-serving")
                        .serves("1", "2")
                        .inRegistry("elsewhere")
                        .notReady());

        assertThat(normalized.keys()).containsExactly("granite/v1", "mistral/v1");
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void doesNotLinkAgainstTheOnlyEvidenceThereIs() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(PUBLIC),
                version("mistral", "v1").registry(TEAM_A).ids("7", "8").deployed("9", "granite-serving/3f", "ml-prod"),
                served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "mistral/v1", OWN_ENTRY);
        assertThat(normalized.problems()).hasSize(1);
    }

    @Test
    void takesAFactThatTwoSourcesReportAlikeOnce() {
        Normalized normalized = Normalized.of(
                version("granite", "v1"),
                version("granite", "v1"),
                served("ml-prod", "llama"),
                served("ml-prod", "llama"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "ml-prod/llama");
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void takesTheNewestOfFactsThatClaimOneId() {
        RegisteredFact older = version("granite", "v1").lastUpdate(Instant.ofEpochMilli(1));
        RegisteredFact newer = version("granite", "v2").lastUpdate(Instant.ofEpochMilli(2));
        ServedFact olderServed = served("ml-prod", "llama").created("2025-01-01T00:00:00Z");
        ServedFact newerServed =
                served("ml-prod", "llama").created("2025-01-02T00:00:00Z").authentication();

        for (Normalized normalized : List.of(
                Normalized.of(older, newer, olderServed, newerServed),
                Normalized.of(newer, older, newerServed, olderServed))) {
            assertThat(normalized.keys()).containsExactly("granite/v2", "ml-prod/llama");
            assertThat(normalized.server("ml-prod/llama").authentication()).isTrue();
            assertThat(normalized.problems())
                    .extracting(problem -> problem.item())
                    .containsExactly("InferenceService/ml-prod/llama", "modelregistry-public/1/2");
        }
    }
}
