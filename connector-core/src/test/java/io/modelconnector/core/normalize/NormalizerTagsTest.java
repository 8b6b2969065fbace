package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which custom properties and labels become which tags. */
final class NormalizerTagsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                // property          | value            | tag
                "empty-valued        | ''               | empty-valued",
                "blank-valued        | ' '              | blank-valued",
                "framework           | pytorch          | framework-pytorch",
                "lower               | UPPER-Value      | lower-upper-value",
                "UPPER               | x                | none",
                "has space           | x                | none",
                "spaced-value        | a b              | none",
                "under_score         | x                | none",
                "dot.ted             | x                | none",
                "version             | 1.4.0            | none",
                "c++                 | ''               | c++",
                "c#                  | NET              | c#-net",
                "a:b                 | c:d              | a:b-c:d",
                "-lead               | x                | none",
                "trail-              | x                | none",
                "double--dash        | x                | none",
                "ünïcode             | x                | none",
                "License             | mit              | none",
                "TechDocs            | https-docs       | none",
                "Provider            | IBM              | ibm",
                "Provider            | Red Hat, Inc.    | none",
                "Registered from     | RedHat           | redhat",
                "Registered from     | ''               | none",
                "Source model        | Granite          | granite",
                "Source model version| 1-4-0            | 1-4-0",
                "Source model version| 1.4.0            | none",
                "API Type            | OpenAPI          | openapi",
                "_registeredFromCatalogRepositoryName | RHelAI1 | rhelai1",
                "_registeredFromCatalogModelName      | granite | none",
                "_lastModified       | 2025-06-15T12:30:45.123Z | last-modified-time-2025-06-15-12-30-45-123",
                "_lastModified       | 2025-06-16T00:00:00Z     | last-modified-time-2025-06-16-00-00-00",
                "_lastModified       | 2025-06-16T00:00:00+02:00 | last-modified-time-2025-06-16-00-00-00+02-00",
                "_lastModified       | yesterday        | last-modified-time-yesterday",
                "_lastModified       | Yesterday        | none",
                "_lastModified       | ''               | none",
            })
    void makesATagOfAProperty(String property, String value, String tag) {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ofVersion(property, value),
                served("ml-prod", "granite").serves("1", "2"));

        List<String> tags = tag == null ? List.of() : List.of(tag);
        assertThat(normalized.model().tags()).isEqualTo(tags);
        assertThat(normalized.server().tags()).isEqualTo(tags);
        assertThat(normalized.server().api().tags()).isEqualTo(tags);
    }

    @Test
    void acceptsSixtyThreeCharactersAndNoMore() {
        assertThat(tags(version("granite", "v1").ofModel("k".repeat(63), ""))).containsExactly("k".repeat(63));
        assertThat(tags(version("granite", "v1").ofModel("k".repeat(64), ""))).isEmpty();
        assertThat(tags(version("granite", "v1").ofModel("k".repeat(40), "v".repeat(22))))
                .containsExactly("k".repeat(40) + '-' + "v".repeat(22));
        assertThat(tags(version("granite", "v1").ofModel("k".repeat(40), "v".repeat(23))))
                .isEmpty();
    }

    @Test
    void takesTheNameAloneOfAPropertyThatIsNoString() {
        assertThat(tags(version("granite", "v1")
                        .ofModelWithoutText("int")
                        .ofVersionWithoutText("struct")
                        .ofVersionWithoutText("License")
                        .ofVersionWithoutText("Provider")
                        .ofVersionWithoutText("_lastModified")))
                .containsExactly("int", "struct");
    }

    @Test
    void takesNoLastModifiedOfTheModel() {
        assertThat(tags(version("granite", "v1").ofModel("_lastModified", "yesterday")))
                .isEmpty();
    }

    @Test
    void letsALaterLevelWinByPropertyName() {
        assertThat(tags(version("granite", "v1")
                        .ofModel("shared", "of-model")
                        .ofModel("model-only", "1")
                        .ofModel("Provider", "IBM")
                        .ofVersion("shared", "of-version")
                        .ofVersion("version-only", "1")
                        .ofVersion("twice", "of-version")
                        .artifact(artifact("1", ModelArtifact.MODEL_ARTIFACT, "twice", "of-artifact"))))
                .containsExactly("ibm", "model-only-1", "shared-of-version", "twice-of-artifact", "version-only-1");
    }

    @Test
    void keepsTheTagOfAnEarlierLevelIfTheLaterIsNotAcceptable() {
        assertThat(tags(version("granite", "v1").ofModel("Provider", "IBM").ofVersion("Provider", "Neural Magic")))
                .containsExactly("ibm");
        assertThat(tags(version("granite", "v1").ofModel("size", "8b").ofVersion("size", "8.1b")))
                .containsExactly("size-8b");
    }

    @Test
    void takesThePropertiesOfArtifactsOfAnyKindTheYoungestLast() {
        assertThat(tags(version("granite", "v1")
                        .artifact(artifact("10", ModelArtifact.MODEL_ARTIFACT, "gpu", "h200"))
                        .artifact(artifact("9", ModelArtifact.MODEL_ARTIFACT, "gpu", "a100"))
                        .artifact(artifact("11", "doc-artifact", "doc-only", "x"))))
                .containsExactly("doc-only-x", "gpu-h200");
    }

    @Test
    void sortsTagsAndNamesEachOnce() {
        assertThat(tags(version("granite", "v1")
                        .ofModel("zeta", "")
                        .ofModel("Provider", "IBM")
                        .ofModel("ibm", "")
                        .ofModel("alpha", "")
                        .ofModel("Source model", "alpha")))
                .containsExactly("alpha", "ibm", "zeta");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "team                       | GenAI       | team-genai",
                "Team                       | genai       | team-genai",
                "opendatahub.io/dashboard   | true        | opendatahubiodashboard-true",
                "app.kubernetes.io/part-of  | chatbot     | appkubernetesiopart-of-chatbot",
                "empty                      | ''          | empty",
                "Upper.Case/Key             | Mixed_Value | none",
                "a--b                       | c           | ab-c",
                "模型                        | granite     | granite",
                "模型                        | 模型         | none",
            })
    void makesATagOfALabel(String label, String value, String tag) {
        Normalized normalized = Normalized.of(served("ml-prod", "granite").label(label, value));

        List<String> tags = tag == null ? List.of() : List.of(tag);
        assertThat(normalized.model().tags()).isEqualTo(tags);
        assertThat(normalized.server().tags()).isEqualTo(tags);
        assertThat(normalized.server().api().tags()).isEqualTo(tags);
    }

    @Test
    void cutsALabelsTagAtSixtyThreeCharacters() {
        Normalized normalized = Normalized.of(served("ml-prod", "granite")
                .label("k".repeat(40), "v".repeat(40))
                .label("l".repeat(62), "v"));

        assertThat(normalized.model().tags()).containsExactly("k".repeat(40) + '-' + "v".repeat(22), "l".repeat(62));
    }

    @Test
    void takesNoLabelsOfAServedModelForTheTagsOfItsVersion() {
        Normalized normalized = Normalized.of(
                version("granite", "v1").ofModel("framework", "pytorch"),
                served("ml-prod", "granite").serves("1", "2").label("team", "genai"));

        assertThat(normalized.server().tags()).containsExactly("framework-pytorch");
    }

    private static List<String> tags(RegisteredFact fact) {
        return Normalized.of(fact).model().tags();
    }

    private static ModelArtifact artifact(String id, String type, String property, String value) {
        return new ModelArtifact(id, type, null, new CustomProperties(Map.of(property, value), Set.of()), null);
    }
}
