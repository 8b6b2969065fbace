package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.entity.Model;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which property or annotation becomes which field, and what stands in for what is missing. */
final class NormalizerPropertiesTest {
    private static final String BRIDGE = "modelcatalogbridge.rhdh.io/";

    @Test
    void publishesEveryPropertyOfARegisteredModel() {
        Normalized normalized = Normalized.of(
                version("granite", "v1")
                        .ofModel("Owner", "ml-team")
                        .ofModel("Lifecycle", "production")
                        .ofModel("Ethics", "https://example.com/ethics")
                        .ofModel("How to use", "https://example.com/howto")
                        .ofModel("Support", "https://example.com/support")
                        .ofModel("Training", "InstructLab")
                        .ofModel("Usage", "chat completions")
                        .ofModel("License", "apache-2.0")
                        .ofModel("Homepage URL", "https://example.com/")
                        .ofModel("API Spec", "{\"openapi\":\"3.1.0\"}")
                        .ofModel("API Type", "graphql")
                        .descriptions("IBM Granite 3.1 8B", null)
                        .artifact("1", "oci://quay.io/models/granite:1"),
                served("ml-prod", "granite").serves("1", "2"));

        Model model = normalized.model();
        assertThat(model.owner()).isEqualTo("ml-team");
        assertThat(model.lifecycle()).isEqualTo("production");
        assertThat(model.description()).isEqualTo("IBM Granite 3.1 8B");
        assertThat(model.ethics()).isEqualTo("https://example.com/ethics");
        assertThat(model.howToUseUrl()).isEqualTo("https://example.com/howto");
        assertThat(model.support()).isEqualTo("https://example.com/support");
        assertThat(model.training()).isEqualTo("InstructLab");
        assertThat(model.usage()).isEqualTo("chat completions");
        assertThat(model.license()).isEqualTo("apache-2.0");
        assertThat(model.artifactLocationUrl()).isEqualTo("oci://quay.io/models/granite:1");
        ModelServer server = normalized.server();
        assertThat(server.owner()).isEqualTo("ml-team");
        assertThat(server.lifecycle()).isEqualTo("production");
        assertThat(server.description()).isEqualTo("IBM Granite 3.1 8B");
        assertThat(server.usage()).isEqualTo("chat completions");
        assertThat(server.homepageUrl()).isEqualTo("https://example.com/");
        assertThat(server.api().spec()).isEqualTo("{\"openapi\":\"3.1.0\"}");
        assertThat(server.api().type()).isEqualTo(ApiType.GRAPHQL);
    }

    @ParameterizedTest
    @ValueSource(strings = {BRIDGE, "rhdh.io/"})
    void publishesEveryAnnotationOfAServedModel(String prefix) {
        Normalized normalized = Normalized.of(served("ml-prod", "granite")
                .annotation(prefix + "owner", "ml-team")
                .annotation(prefix + "lifecycle", "production")
                .annotation(prefix + "description", "Granite for chat")
                .annotation(prefix + "ethics", "https://example.com/ethics")
                .annotation(prefix + "howtouse", "https://example.com/howto")
                .annotation(prefix + "support", "https://example.com/support")
                .annotation(prefix + "training", "InstructLab")
                .annotation(prefix + "usage", "chat completions")
                .annotation(prefix + "license", "apache-2.0")
                .annotation(prefix + "homepageurl", "https://example.com/")
                .annotation(prefix + "apispec", "{}")
                .annotation(prefix + "apitype", "grpc")
                .annotation(prefix + "techdocs", "https://example.com/docs")
                .artifactUri("hf://Qwen/Qwen3-Coder-30B"));

        Model model = normalized.model();
        assertThat(model.owner()).isEqualTo("ml-team");
        assertThat(model.lifecycle()).isEqualTo("production");
        assertThat(model.description()).isEqualTo("Granite for chat");
        assertThat(model.ethics()).isEqualTo("https://example.com/ethics");
        assertThat(model.howToUseUrl()).isEqualTo("https://example.com/howto");
        assertThat(model.support()).isEqualTo("https://example.com/support");
        assertThat(model.training()).isEqualTo("InstructLab");
        assertThat(model.usage()).isEqualTo("chat completions");
        assertThat(model.license()).isEqualTo("apache-2.0");
        assertThat(model.artifactLocationUrl()).isEqualTo("hf://Qwen/Qwen3-Coder-30B");
        assertThat(normalized.server().homepageUrl()).isEqualTo("https://example.com/");
        assertThat(normalized.server().api().spec()).isEqualTo("{}");
        assertThat(normalized.server().api().type()).isEqualTo(ApiType.GRPC);
        assertThat(normalized.entry().techDocsUrl()).isEqualTo("https://example.com/docs");
    }

    @Test
    void leavesOutWhatIsMissing() {
        Normalized normalized = Normalized.of(
                version("granite", "v1"), served("ml-prod", "granite").serves("1", "2"));

        Model model = normalized.model();
        assertThat(model.ethics()).isNull();
        assertThat(model.howToUseUrl()).isNull();
        assertThat(model.support()).isNull();
        assertThat(model.training()).isNull();
        assertThat(model.usage()).isNull();
        assertThat(model.license()).isNull();
        assertThat(model.artifactLocationUrl()).isNull();
        assertThat(model.tags()).isEmpty();
        assertThat(normalized.server().homepageUrl()).isNull();
        assertThat(normalized.server().usage()).isNull();
        assertThat(normalized.server().api().spec()).isEqualTo("TBD");
        assertThat(normalized.server().api().type()).isEqualTo(ApiType.OPENAPI);
        assertThat(normalized.entry().techDocsUrl()).isNull();
        assertThat(normalized.entry().card()).isNull();
        assertThat(normalized.entry().ownerReference()).isNull();
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void leavesOutWhatIsBlank() {
        RegisteredFact registered = version("granite", "v1").artifact("1", " ");
        ServedFact service = served("ml-prod", "llama").artifactUri("");
        for (String property : new String[] {
            "Owner",
            "Lifecycle",
            "Ethics",
            "How to use",
            "Support",
            "Training",
            "Usage",
            "License",
            "Homepage URL",
            "API Spec",
            "API Type",
            "TechDocs"
        }) {
            registered.ofModel(property, " \t\n");
            service.annotation(BRIDGE + property.toLowerCase(Locale.ROOT).replace(" ", ""), " \t\n");
        }
        Normalized normalized =
                Normalized.of(registered, served("ml-prod", "granite").serves("1", "2"), service);

        for (String key : new String[] {"granite/v1", "ml-prod/llama"}) {
            Model model = normalized.entry(key).catalog().models().get(0);
            assertThat(model.lifecycle()).isEqualTo("development");
            assertThat(model.ethics()).isNull();
            assertThat(model.howToUseUrl()).isNull();
            assertThat(model.support()).isNull();
            assertThat(model.training()).isNull();
            assertThat(model.usage()).isNull();
            assertThat(model.license()).isNull();
            assertThat(model.artifactLocationUrl()).isNull();
            assertThat(normalized.server(key).homepageUrl()).isNull();
            assertThat(normalized.server(key).api().spec()).isEqualTo("TBD");
            assertThat(normalized.entry(key).techDocsUrl()).isNull();
        }
        assertThat(normalized.server("granite/v1").owner()).isEqualTo("rhdh-rhoai-bridge");
        assertThat(normalized.server("ml-prod/llama").owner()).isEqualTo("ml-prod");
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void keepsTextsVerbatim() {
        Normalized normalized = Normalized.of(version("granite", "v1").ofModel("Usage", "  chat\n\tcompletions  "));

        assertThat(normalized.model().usage()).isEqualTo("  chat\n\tcompletions  ");
    }

    @Test
    void letsThePropertyOfTheVersionWinOverThatOfTheModel() {
        Model model = Normalized.of(version("granite", "v1")
                        .ofModel("Support", "of the model")
                        .ofVersion("Support", "of the version")
                        .ofModel("Training", "of the model"))
                .model();

        assertThat(model.support()).isEqualTo("of the version");
        assertThat(model.training()).isEqualTo("of the model");
    }

    @Test
    void letsAnEmptyPropertyOfTheVersionWin() {
        Model model = Normalized.of(version("granite", "v1")
                        .ofModel("Usage", "of the model")
                        .ofVersion("Usage", "")
                        .ofModel("Owner", "of-the-model")
                        .ofVersion("Owner", "")
                        .owner("registry-owner"))
                .model();

        assertThat(model.usage()).isNull();
        assertThat(model.owner()).isEqualTo("registry-owner");
    }

    @Test
    void takesAPropertyThatIsNoStringForAbsent() {
        Model model = Normalized.of(version("granite", "v1")
                        .ofModel("Usage", "of the model")
                        .ofVersionWithoutText("Usage")
                        .ofModelWithoutText("Support"))
                .model();

        assertThat(model.usage()).isEqualTo("of the model");
        assertThat(model.support()).isNull();
    }

    @Test
    void prefersTheBridgesAnnotationsAndTheUnhyphenatedOnes() {
        Normalized normalized = Normalized.of(served("ml-prod", "granite")
                .annotation(BRIDGE + "owner", "first")
                .annotation("rhdh.io/owner", "second")
                .annotation(BRIDGE + "how-to-use", "https://example.com/second")
                .annotation(BRIDGE + "howtouse", "https://example.com/first")
                .annotation(BRIDGE + "homepage-url", "https://example.com/first")
                .annotation("rhdh.io/homepageurl", "https://example.com/second")
                .annotation("rhdh.io/api-spec", "only")
                .annotation(BRIDGE + "apitype", " ")
                .annotation(BRIDGE + "api-type", "graphql"));

        assertThat(normalized.model().owner()).isEqualTo("first");
        assertThat(normalized.model().howToUseUrl()).isEqualTo("https://example.com/first");
        assertThat(normalized.server().homepageUrl()).isEqualTo("https://example.com/first");
        assertThat(normalized.server().api().spec()).isEqualTo("only");
        assertThat(normalized.server().api().type()).isEqualTo(ApiType.GRAPHQL);
    }

    @ParameterizedTest
    @CsvSource({
        "production,    production",
        "End of life!,  Endoflife",
        "模型,           development",
        "'',            development",
    })
    void sanitizesTheLifecycle(String text, String lifecycle) {
        assertThat(Normalized.of(version("granite", "v1").ofVersion("Lifecycle", text))
                        .model()
                        .lifecycle())
                .isEqualTo(lifecycle);
        assertThat(Normalized.of(served("ml-prod", "granite").annotation(BRIDGE + "lifecycle", text))
                        .server()
                        .lifecycle())
                .isEqualTo(lifecycle);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "of the model, of the version, of the model|of the version",
                "of the model, absent,         of the model",
                "of the model, ' ',            of the model",
                "absent,       of the version, of the version",
                "'',           of the version, of the version",
                "' a ',        ' b ',          ' a | b '",
                "absent, absent, 'Model granite 3.1, version V 1, from registry modelregistry-public'",
                "' ',    '',     'Model granite 3.1, version V 1, from registry modelregistry-public'",
            })
    void joinsTheDescriptionsThatSaySomething(String ofModel, String ofVersion, String description) {
        assertThat(Normalized.of(version("granite 3.1", "V 1").descriptions(ofModel, ofVersion))
                        .model()
                        .description())
                .isEqualTo(description.replace('|', '\n'));
    }

    @Test
    void describesAServedModelByKindNamespaceAndName() {
        assertThat(Normalized.of(served("ml-prod", "granite").kind("LLMInferenceService"))
                        .model()
                        .description())
                .isEqualTo("KServe LLMInferenceService ml-prod/granite");
        assertThat(Normalized.of(served("ml-prod", "granite").annotation(BRIDGE + "description", " "))
                        .server()
                        .description())
                .isEqualTo("KServe InferenceService ml-prod/granite");
    }

    @ParameterizedTest
    @CsvSource({
        "graphql,    GRAPHQL",
        "GraphQL,    GRAPHQL",
        "asyncapi,   ASYNCAPI",
        "AsyncAPI,   ASYNCAPI",
        "grpc,       GRPC",
        "gRPC,       GRPC",
        "openapi,    OPENAPI",
        "soap,       OPENAPI",
        "unheard-of, OPENAPI",
    })
    void matchesAnApiTypeWhateverItsCase(String text, ApiType type) {
        assertThat(Normalized.of(
                                version("granite", "v1").ofModel("API Type", text),
                                served("ml-prod", "granite").serves("1", "2"))
                        .server()
                        .api()
                        .type())
                .isEqualTo(type);
        assertThat(Normalized.of(served("ml-prod", "granite").annotation("rhdh.io/api-type", text))
                        .server()
                        .api()
                        .type())
                .isEqualTo(type);
    }

    @Test
    void takesTheLocationOfTheFirstModelArtifactThatHasOne() {
        Model model = Normalized.of(version("granite", "v1")
                        .artifact(artifact("10", "model-artifact", "s3://models/ten"))
                        .artifact(artifact("9", "model-artifact", "s3://models/nine"))
                        .artifact(artifact("8", "model-artifact", " "))
                        .artifact(artifact("7", "model-artifact", null))
                        .artifact(artifact("6", "doc-artifact", "https://example.com/paper.pdf")))
                .model();

        assertThat(model.artifactLocationUrl()).isEqualTo("s3://models/nine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"doc-artifact", "dataset-artifact", "metric", "parameter", "something-new"})
    void takesNoLocationOfAnotherKindOfArtifact(String type) {
        assertThat(Normalized.of(version("granite", "v1").artifact(artifact("1", type, "https://example.com/x")))
                        .model()
                        .artifactLocationUrl())
                .isNull();
    }

    private static ModelArtifact artifact(String id, String type, String uri) {
        return new ModelArtifact(id, type, uri, CustomProperties.of(Map.of()), null);
    }
}
