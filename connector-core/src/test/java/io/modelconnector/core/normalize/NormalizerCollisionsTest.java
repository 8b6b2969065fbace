package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who keeps a key or a name that several entries want, and what becomes of the others. */
final class NormalizerCollisionsTest {

    @Test
    void letsTheOlderKeepItsKeyAndNames() {
        Normalized normalized = Normalized.of(
                version("granite.31", "10").ids("11", "12"),
                version("granite 3.1", "1.0").ids("9", "10"));

        assertThat(normalized.entry("granite31/10").origin().id()).isEqualTo("modelregistry-public/9/10");
        assertThat(normalized.keys()).containsExactlyInAnyOrder("granite31/10", "granite31/10-96d32309");
        assertThat(normalized.modelNames()).containsExactlyInAnyOrder("granite31-10", "granite31-10-96d32309");
    }

    @Test
    void reportsEveryCollisionAsAProblemOfTheYounger() {
        Normalized normalized = Normalized.of(
                version("granite 3.1", "1.0").ids("9", "10"),
                version("granite.31", "10").ids("11", "12"));

        assertThat(normalized.problems())
                .containsExactly(
                        new Problem(
                                "modelregistry-public/11/12",
                                "its key granite31/10 is that of modelregistry-public/9/10, so it is published as"
                                        + " granite31/10-96d32309; rename one of the two"),
                        new Problem(
                                "modelregistry-public/11/12",
                                "its model name granite31-10 is that of modelregistry-public/9/10, so it is published"
                                        + " as granite31-10-96d32309; rename one of the two"));
    }

    @Test
    void annotatesARenamedModelWithItsNewName() {
        Normalized normalized = Normalized.of(
                version("granite 3.1", "1.0").ids("9", "10"),
                version("granite.31", "10").ids("11", "12"));

        assertThat(normalized
                        .entry("granite31/10-96d32309")
                        .catalog()
                        .models()
                        .get(0)
                        .annotations())
                .containsEntry("rhdh.modelcatalog.io/model-name", "granite31-10-96d32309");
    }

    @Test
    void keepsApartWhatOnlyTheUnderscoreOfAnImportKeyMakesOne() {
        Normalized normalized = Normalized.of(
                version("my", "model_v1").ids("1", "2"),
                version("my_model", "v1").ids("3", "4"));

        assertThat(normalized.keys()).containsExactlyInAnyOrder("my/model_v1", "my_model/v1-84aeee47");
        assertThat(normalized.modelNames()).containsExactlyInAnyOrder("my-model_v1", "my_model-v1");
    }

    @Test
    void comparesModelNamesWithoutRegardToCase() {
        Normalized normalized = Normalized.of(
                version("granite", "V1").ids("1", "2"), version("granite", "v1").ids("1", "3"));

        assertThat(normalized.keys()).containsExactlyInAnyOrder("granite/V1", "granite/v1");
        assertThat(normalized.modelNames()).containsExactlyInAnyOrder("granite-v1", "granite-v1-edfd22a1");
    }

    @Test
    void comparesModelNamesAcrossNamespaces() {
        Normalized normalized = Normalized.of(
                served("a", "b-d").created("2025-06-15T12:00:00Z"),
                served("a-b", "d").created("2025-06-14T12:00:00Z"));

        assertThat(normalized.keys()).containsExactly("a-b/d", "a/b-d");
        assertThat(normalized.modelNames()).containsExactly("a-b-d", "a-b-d-c9ac9f40");
        assertThat(normalized.serverNames()).containsExactly("a-b-d", "a-b-d-c9ac9f40");
    }

    @Test
    void comparesServerNamesWithoutRegardToCaseAndOfBothKinds() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ids("1", "2"),
                served("team", "ML-Prod-Mistral").serves("1", "2"),
                served("ml-prod", "mistral"));

        assertThat(normalized.serverNames()).containsExactly("ML-Prod-Mistral", "ml-prod-mistral-7c4df775");
        assertThat(normalized.modelNames()).containsExactly("granite-v1", "ml-prod-mistral");
    }

    @Test
    void putsTheHashInThePlaceOfTheEndOfALongName() {
        String name = "a23456789-b23456789-c23456789-d23456789-e23456789-f234567890";
        Normalized normalized = Normalized.of(
                version(name, "v1").ids("1", "2"), version(name + ".", "v1").ids("3", "4"));

        assertThat(normalized.modelNames())
                .containsExactlyInAnyOrder(
                        name + "-v1", "a23456789-b23456789-c23456789-d23456789-e23456789-f234-61620723");
        assertThat(normalized.keys()).containsExactlyInAnyOrder(name + "/v1", name + "/v1-61620723");
    }

    @Test
    void keepsApartEqualNamesWithinOneRegistry() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ids("1", "2"),
                version("granite", "v1").ids("3", "4"),
                version("granite", "v1").ids("5", "6"));

        assertThat(normalized.keys()).hasSize(3).doesNotHaveDuplicates();
        assertThat(normalized.modelNames()).hasSize(3).doesNotHaveDuplicates();
        assertThat(normalized.entry("granite/v1").origin().id()).isEqualTo("modelregistry-public/1/2");
        assertThat(normalized.entry("granite/v1-edfd22a1").origin().id()).isEqualTo("modelregistry-public/3/4");
    }

    @Test
    void doesNotTakeAHashedNameFromAnOlderEntry() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ids("1", "2"),
                version("granite", "v1-edfd22a1").ids("1", "3"),
                version("granite", "V.1").ids("1", "4"),
                version("granite", "v1").ids("9", "5"));

        assertThat(normalized.keys()).hasSize(4).doesNotHaveDuplicates();
        assertThat(normalized.entry("granite/v1-edfd22a1").origin().id()).isEqualTo("modelregistry-public/1/3");
    }

    @ParameterizedTest
    @CsvSource({
        // older id, registry   ; younger id, registry
        "9,  registry-b, 10, registry-a",
        "2,  registry-a, 2,  registry-b",
        "9,  registry-a, x1, registry-a",
        "a,  registry-a, b,  registry-a",
        "08, registry-a, 9,  registry-a",
        "99999999999999999998, registry-b, 99999999999999999999, registry-a",
    })
    void ordersVersionsByIdThenByRegistry(String olderId, String older, String youngerId, String younger) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").registry(younger).ids("1", youngerId),
                version("granite", "v1").registry(older).ids("1", olderId));

        assertThat(normalized.entry("granite/v1").origin().id()).isEqualTo(older + "/1/" + olderId);
    }

    @Test
    void ordersVersionsOfOneIdByTheIdOfTheirModel() {
        Normalized normalized = Normalized.of(
                version("granite.", "v1").ids("10", "1"),
                version("granite", "v1").ids("9", "1"));

        assertThat(normalized.entry("granite/v1").origin().id()).isEqualTo("modelregistry-public/9/1");
    }

    @Test
    void letsARegisteredVersionKeepItsNameAgainstAServedModel() {
        Normalized normalized =
                Normalized.of(served("mnist", "v1").created("2020-01-01T00:00:00Z"), version("mnist", "v1"));

        assertThat(normalized.entry("mnist/v1").origin().id()).isEqualTo("modelregistry-public/1/2");
        assertThat(normalized.entry("mnist/v1-0caf32e3").origin().id()).isEqualTo("InferenceService/mnist/v1");
        assertThat(normalized.server("mnist/v1-0caf32e3").name()).isEqualTo("mnist-v1");
    }

    @ParameterizedTest
    @CsvSource({
        "InferenceService,    2025-02-01T00:00:00Z, AServer,          2025-01-01T00:00:00Z",
        "LLMInferenceService, 2025-02-01T00:00:00Z, Model,            2025-01-01T00:00:00Z",
        "InferenceService,    2025-01-01T00:00:00Z, InferenceService, 2025-02-01T00:00:00Z",
        "InferenceService,    2025-01-01T00:00:00Z, InferenceService,",
    })
    void ordersServedModelsByKindThenByAge(String olderKind, String olderCreated, String kind, String created) {
        ServedFact younger = served("te.am", "granite").kind(kind);
        Normalized normalized = Normalized.of(
                created == null ? younger : younger.created(created),
                served("team", "granite").kind(olderKind).created(olderCreated));

        assertThat(normalized.entry("team/granite").origin().id()).isEqualTo(olderKind + "/team/granite");
    }

    @Test
    void ordersServedModelsOfOneAgeByNamespaceAndName() {
        Normalized normalized =
                Normalized.of(served("team", "granite"), served("te.am", "granite"), served("te.am", "g.ranite"));

        assertThat(normalized.entry("team/granite").origin().id()).isEqualTo("InferenceService/te.am/g.ranite");
    }
}
