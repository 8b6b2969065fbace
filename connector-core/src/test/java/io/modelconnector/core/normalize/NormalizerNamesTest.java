package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How keys, model names and server names are made where nothing collides. */
final class NormalizerNamesTest {
    private static final String LONG_MODEL = "granite-3.1-8b-instruct-quantized-for-customer-service";
    private static final String SIXTY = "a23456789-b23456789-c23456789-d23456789-e23456789-f234567890";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "granite-3.1-8b-lab     | 1.4.0        | granite-31-8b-lab/140 | granite-31-8b-lab-140",
                "mistral_7b             | v_1          | mistral_7b/v_1        | mistral_7b-v_1",
                "Llama 3.1              | V 1          | Llama31/V1            | Llama31-v-1",
                "Größe 模型 mnist        | Versión 1    | Gremnist/Versin1      | Gremnist-versin-1",
                "--dashes--inside--     | RC--1        | dashesinside/RC1      | dashesinside-rc1",
                "one-dash_one_underscore| a-_b         | one-dash_one_underscore/ab | one-dash_one_underscore-ab",
                "slash/and%25?x=1#f     | 1.0+build.7  | slashand25x1f/10build7 | slashand25x1f-10build7",
                "-_.edge._-             | .1.          | edge/1                | edge-1",
                "a-é-b                  | a - b        | ab/a-b                | ab-ab",
            })
    void makesKeyAndModelNameOfModelAndVersion(String model, String version, String key, String modelName) {
        Normalized normalized = Normalized.of(version(model, version));

        assertThat(normalized.keys()).containsExactly(key);
        assertThat(normalized.modelNames()).containsExactly(modelName);
        assertThat(normalized.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "模型, v1,    model-7/v1,        model-7-v1",
        "'',   v1,    model-7/v1,        model-7-v1",
        "bert, 版,    bert/version-16,   bert-version-16",
        "...,  '---', model-7/version-16, model-7-version-16",
    })
    void namesWhatSanitizingLeavesNothingOfByItsId(String model, String version, String key, String modelName) {
        Normalized normalized = Normalized.of(version(model, version).ids("7", "16"));

        assertThat(normalized.keys()).containsExactly(key);
        assertThat(normalized.modelNames()).containsExactly(modelName);
    }

    @Test
    void endsALongModelNameInAHashOfTheRawNames() {
        Normalized normalized = Normalized.of(version(LONG_MODEL, "2025-11-03-nightly"));

        assertThat(normalized.modelNames())
                .containsExactly("granite-31-8b-instruct-quantized-for-customer-service-55ebedb7");
        assertThat(normalized.modelNames().get(0)).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void leavesAModelNameOfSixtyThreeCharactersAlone() {
        assertThat(Normalized.of(version(SIXTY, "v1")).modelNames()).containsExactly(SIXTY + "-v1");
    }

    @Test
    void cutsAKeySegmentAtSixtyThreeCharactersWithoutAHash() {
        Normalized normalized = Normalized.of(version(SIXTY + "-bcdefgh", "v1"));

        assertThat(normalized.keys()).containsExactly(SIXTY + "-bc/v1");
    }

    @Test
    void stripsASeparatorThatACutLeavesAtTheEnd() {
        Normalized normalized = Normalized.of(version(SIXTY + "12-bcdefgh", "v1"));

        assertThat(normalized.keys()).containsExactly(SIXTY + "12/v1");
    }

    @ParameterizedTest
    @CsvSource({
        "ml-prod, granite-31-8b, ml-prod/granite-31-8b, ml-prod-granite-31-8b",
        "ml--prod, granite.v1, mlprod/granitev1, mlprod-granitev1",
        "ML_Prod, Granite, ML_Prod/Granite, ML_Prod-Granite",
    })
    void makesKeyModelAndServerNameOfNamespaceAndName(String namespace, String name, String key, String modelName) {
        Normalized normalized = Normalized.of(served(namespace, name));

        assertThat(normalized.keys()).containsExactly(key);
        assertThat(normalized.modelNames()).containsExactly(modelName);
        assertThat(normalized.serverNames()).containsExactly(modelName);
    }

    @Test
    void endsALongNameOfAServedModelInAHashOfKindNamespaceAndName() {
        Normalized normalized =
                Normalized.of(served("customer-service-chatbot-production", "granite-31-8b-instruct-quantized-w4a16"));

        assertThat(normalized.modelNames())
                .containsExactly("customer-service-chatbot-production-granite-31-8b-inst-a8c2d519");
        assertThat(normalized.serverNames()).isEqualTo(normalized.modelNames());
        assertThat(normalized.keys())
                .containsExactly("customer-service-chatbot-production/granite-31-8b-instruct-quantized-w4a16");
    }

    @Test
    void namesAServedModelOfAnotherPlatformByAHashIfSanitizingLeavesNothing() {
        Normalized normalized = Normalized.of(served("团队", "模型"));

        assertThat(normalized.keys()).containsExactly("namespace-acdf17f4/model-656e3881");
        assertThat(normalized.modelNames()).containsExactly("namespace-acdf17f4-model-656e3881");
    }

    @ParameterizedTest
    @CsvSource({
        "granite-31-8b/3f1c, granite-31-8b3f1c",
        "granite 3.1,        granite31",
        "模型,               granite-serving",
        "'',                 granite-serving",
    })
    void namesTheServerAfterTheRegistrysInferenceService(String name, String serverName) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").deployed("5", name, "ml-prod"),
                served("ml-prod", "granite-serving").serves("1", "2").as("5"));

        assertThat(normalized.serverNames()).containsExactly(serverName);
    }

    @Test
    void namesTheServerAfterTheServedModelIfTheRegistryHasNoInferenceService() {
        Normalized normalized = Normalized.of(
                version("granite", "v1"), served("ml-prod", "granite-serving").serves("1", "2"));

        assertThat(normalized.serverNames()).containsExactly("granite-serving");
        assertThat(normalized.modelNames()).containsExactly("granite-v1");
    }

    @Test
    void namesTheServerAfterTheModelIfNothingElseIsLeft() {
        Normalized normalized =
                Normalized.of(version("granite", "v1"), served("ml-prod", "模型").serves("1", "2"));

        assertThat(normalized.serverNames()).containsExactly("granite-v1");
    }

    @Test
    void endsALongServerNameInAHashOfTheRawNames() {
        String uid = "11111111-2222-4333-8444-000000000003";
        Normalized normalized = Normalized.of(
                version("granite-3.1-8b-lab", "1.4.0")
                        .deployed("5", "granite-31-8b-instruct-quantized/" + uid, "ml-prod"),
                served("ml-prod", "granite-31-8b-instruct-quantized")
                        .serves("1", "2")
                        .as("5"));

        assertThat(normalized.serverNames())
                .containsExactly("granite-31-8b-instruct-quantized11111111-2222-4333-844-42df0c39");
    }

    @Test
    void annotatesARegisteredModelWithItsPublishedName() {
        assertThat(Normalized.of(version("granite-3.1-8b-lab", "1.4.0")).model().annotations())
                .containsExactly(entry("rhdh.modelcatalog.io/model-name", "granite-31-8b-lab-140"));
    }

    @Test
    void annotatesAServedModelWithItsBareName() {
        assertThat(Normalized.of(served("ml-prod", "granite.v1")).model().annotations())
                .containsExactly(entry("rhdh.modelcatalog.io/model-name", "granite.v1"));
    }
}
