package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.source.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which served model is the server of a version, and what is published of it. */
final class NormalizerServersTest {
    private static final String INTERNAL = "http://granite-predictor.ml-prod.svc.cluster.local:8080";
    private static final String EXTERNAL = "https://granite.apps.example.com";

    @Test
    void callsTheApiByItsExternalUrlAndAnnotatesBoth() {
        ModelServer server = Normalized.of(served("ml-prod", "granite").urls(EXTERNAL, INTERNAL))
                .server();

        assertThat(server.api().url()).isEqualTo(EXTERNAL);
        assertThat(server.api().annotations())
                .containsOnly(
                        entry("rhdh.modelcatalog.io/external-route-url", EXTERNAL),
                        entry("rhdh.modelcatalog.io/internal-service-url", INTERNAL));
        assertThat(server.annotations()).isEmpty();
    }

    @Test
    void callsTheApiByItsInternalUrlIfThereIsNoOther() {
        ModelServer server =
                Normalized.of(served("ml-prod", "granite").urls(null, INTERNAL)).server();

        assertThat(server.api().url()).isEqualTo(INTERNAL);
        assertThat(server.api().annotations())
                .containsOnly(entry("rhdh.modelcatalog.io/internal-service-url", INTERNAL));
    }

    @Test
    void annotatesNoInternalUrlThatIsNotKnown() {
        ModelServer server =
                Normalized.of(served("ml-prod", "granite").urls(EXTERNAL, " ")).server();

        assertThat(server.api().annotations()).containsOnly(entry("rhdh.modelcatalog.io/external-route-url", EXTERNAL));
    }

    @Test
    void annotatesTheExternalUrlOnlyIfItDiffersFromTheInternalOne() {
        ModelServer server = Normalized.of(served("ml-prod", "granite").urls(INTERNAL, INTERNAL))
                .server();

        assertThat(server.api().annotations())
                .containsOnly(entry("rhdh.modelcatalog.io/internal-service-url", INTERNAL));
    }

    @Test
    void saysWhetherCallersHaveToAuthenticate() {
        Normalized normalized = Normalized.of(served("ml-prod", "secured").authentication(), served("ml-prod", "open"));

        assertThat(normalized.server("ml-prod/secured").authentication()).isTrue();
        assertThat(normalized.server("ml-prod/open").authentication()).isFalse();
    }

    @Test
    void dropsTheServerOfAVersionWhoseApiUrlIsInvalid() {
        Normalized normalized = Normalized.of(
                version("granite", "v1"),
                served("ml-prod", "granite").serves("1", "2").urls("granite.apps.example.com/v1", null));

        assertThat(normalized.server()).isNull();
        assertThat(normalized.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("InferenceService/ml-prod/granite");
            assertThat(problem.message()).startsWith("its external URL is left out");
        });
    }

    @Test
    void keepsTheEntryOfAServedModelWhoseApiUrlIsInvalid() {
        Normalized normalized = Normalized.of(served("ml-prod", "granite").urls("granite.apps.example.com", null));

        assertThat(normalized.keys()).containsExactly("ml-prod/granite");
        assertThat(normalized.server()).isNull();
        assertThat(normalized.problems()).hasSize(1);
    }

    @Test
    void callsTheApiByItsInternalUrlIfTheExternalOneIsInvalid() {
        Normalized normalized = Normalized.of(served("ml-prod", "granite").urls("https://gra nite", INTERNAL));

        assertThat(normalized.server().api().url()).isEqualTo(INTERNAL);
        assertThat(normalized.server().api().annotations())
                .containsOnly(entry("rhdh.modelcatalog.io/internal-service-url", INTERNAL));
        assertThat(normalized.problems()).hasSize(1);
    }

    @Test
    void reportsNoUrlOfAServedModelThatIsNotPublished() {
        assertThat(Normalized.of(served("ml-prod", "granite")
                                .urls("nowhere", null)
                                .notReady())
                        .problems())
                .isEmpty();
    }

    @Test
    void prefersTheServedModelThatTheRegistrysInferenceServiceNames() {
        // Each one matches inference service 6 better than the one after it.
        ServedFact exact = served("ml-prod", "renamed").as("6").serves("1", "2");
        ServedFact name = served("ml-prod", "granite").serves("1", "2");
        ServedFact id = served("ml-staging", "elsewhere").as("6").serves("1", "2");
        ServedFact labels = served("ml-staging", "granite").serves("1", "2").created("2020-01-01T00:00:00Z");
        RegisteredFact version = version("granite", "v1").deployed("6", "granite/3f1c", "ml-prod");

        assertThat(Normalized.of(version, labels, id, name, exact)
                        .server()
                        .api()
                        .url())
                .isEqualTo("https://renamed.apps.example.com");
        assertThat(Normalized.of(version, labels, id, name).server().api().url())
                .isEqualTo("https://granite.apps.example.com");
        assertThat(Normalized.of(version, labels, id).server().api().url())
                .isEqualTo("https://elsewhere.apps.example.com");
        assertThat(Normalized.of(version, labels).server().api().url()).isEqualTo("https://granite.apps.example.com");
        assertThat(Normalized.of(version, labels).server().name()).isEqualTo("granite3f1c");
    }

    @Test
    void prefersTheOlderInferenceServiceOfTwoThatMatchAlike() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .deployed("10", "granite/aa", "ml-prod")
                        .deployed("9", "granite/bb", "ml-staging"),
                served("ml-prod", "granite").as("10").serves("1", "2"),
                served("ml-staging", "granite").as("9").serves("1", "2").urls("https://staging.example.com", null));

        assertThat(normalized.server().api().url()).isEqualTo("https://staging.example.com");
        assertThat(normalized.server().name()).isEqualTo("granitebb");
    }

    @Test
    void prefersTheOlderServedModelWhereOnlyLabelsSpeak() {
        Normalized normalized = Normalized.of(
                version("granite", "v1"),
                served("ml-prod", "a").serves("1", "2").created("2025-02-01T00:00:00Z"),
                served("ml-prod", "b").serves("1", "2").created("2025-01-01T00:00:00Z"));

        assertThat(normalized.server().name()).isEqualTo("b");
    }

    @Test
    void passesOverAServedModelWithoutAValidUrl() {
        RegisteredFact version = version("granite", "v1").deployed("6", "granite/3f1c", "ml-prod");
        ServedFact best = served("ml-prod", "granite").as("6").serves("1", "2");
        ServedFact other = served("ml-staging", "other").serves("1", "2");

        assertThat(Normalized.of(version, best.notReady(), other).server().api().url())
                .isEqualTo("https://other.apps.example.com");
        assertThat(Normalized.of(
                                version,
                                served("ml-prod", "granite")
                                        .as("6")
                                        .serves("1", "2")
                                        .urls(null, null),
                                other)
                        .server()
                        .api()
                        .url())
                .isEqualTo("https://other.apps.example.com");
        assertThat(Normalized.of(
                                version,
                                served("ml-prod", "granite")
                                        .as("6")
                                        .serves("1", "2")
                                        .urls("x", null),
                                other)
                        .server()
                        .api()
                        .url())
                .isEqualTo("https://other.apps.example.com");
    }

    @Test
    void reportsTheServersThatAnEntryHasNoPlaceFor() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .deployed("5", "granite/aa", "ml-prod")
                        .deployed("6", "granite/bb", "ml-staging"),
                served("ml-prod", "granite").as("5").serves("1", "2"),
                served("ml-staging", "granite").as("6").serves("1", "2"));

        assertThat(normalized.keys()).containsExactly("granite/v1");
        assertThat(normalized.problems())
                .containsExactly(new Problem(
                        "InferenceService/ml-staging/granite",
                        "serves the registered version modelregistry-public/1/2 like InferenceService/ml-prod/granite,"
                                + " and an entry has one server, so this one is not published; register a version for"
                                + " each"));
    }

    @ParameterizedTest
    @CsvSource({"granite/3f1c, ml-prod", "granite, ml-prod", "gone/77, ml-prod", "gone/77, ml-staging", "gone/77,"})
    void publishesNoServerAndNoEntryWhileTheRegistrySaysUndeployed(String inferenceService, String namespace) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").undeployed("5", inferenceService, namespace),
                served("ml-prod", "granite").serves("1", "2"));

        assertThat(normalized.keys()).containsExactly("granite/v1");
        assertThat(normalized.server()).isNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void keepsTheOtherVersionsOfAModelOfWhichOneIsUndeployed() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ids("1", "2").undeployed("5", "old/3f1c", "ml-prod"),
                version("granite", "v2").ids("1", "3").deployed("6", "new/3f1c", "ml-prod"),
                served("ml-prod", "old").serves("1", "2").as("5"),
                served("ml-prod", "new").serves("1", "3").as("6"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "granite/v2");
        assertThat(normalized.serverNames()).containsExactly("", "new3f1c");
    }

    @Test
    void publishesTheDeployedOneOfTwoEnvironments() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .undeployed("5", "granite/aa", "ml-prod")
                        .deployed("6", "granite/bb", "ml-staging"),
                served("ml-prod", "granite").as("5").serves("1", "2"),
                served("ml-staging", "granite").as("6").serves("1", "2").urls("https://staging.example.com", null));

        assertThat(normalized.server().api().url()).isEqualTo("https://staging.example.com");
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void publishesAServiceThatWasDeployedAgainUnderItsOldName() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .undeployed("5", "granite/aa", "ml-prod")
                        .deployed("6", "granite/bb", "ml-prod"),
                served("ml-prod", "granite").serves("1", "2"));

        assertThat(normalized.server().name()).isEqualTo("granitebb");
    }

    @Test
    void publishesAnUndeployedServiceThatIsLabelledWithOtherIds() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").undeployed("5", "granite/aa", "ml-prod"), served("ml-prod", "granite"));

        assertThat(normalized.keys()).containsExactly("granite/v1", "ml-prod/granite");
    }
}
