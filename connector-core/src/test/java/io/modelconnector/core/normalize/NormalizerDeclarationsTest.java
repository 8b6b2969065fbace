package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.entity.ServerDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators say of a server, and by what people look for a model: facts that only some formats repeat. */
final class NormalizerDeclarationsTest {
    @Test
    void repeatsWhatOperatorsSayOfAServer() {
        ServerDeclaration declaration = Normalized.of(served("ml-prod", "granite")
                        .annotation("rhdh.io/system", "fraud-detection")
                        .annotation("rhdh.io/serverType", "vllm")
                        .annotation("rhdh.io/default", "granite-chat")
                        .annotation("rhdh.io/api-entity-ref", "api:ml/granite")
                        .annotation("rhdh.io/model-2", "granite-code")
                        .annotation("rhdh.io/model-1", " granite-chat ")
                        .annotation("rhdh.io/model-3", "granite-chat")
                        .annotation("rhdh.io/model-4", " "))
                .server()
                .declaration();

        assertThat(declaration)
                .isEqualTo(new ServerDeclaration(
                        "fraud-detection",
                        "vllm",
                        "granite-chat",
                        "api:ml/granite",
                        List.of("granite-chat", "granite-code")));
    }

    @Test
    void repeatsItOfTheServerOfARegisteredVersionAsWell() {
        ServerDeclaration declaration = Normalized.of(
                        version("granite", "v1").ids("1", "2"),
                        served("ml-prod", "granite").serves("1", "2").annotation("rhdh.io/serverType", "vllm"))
                .server()
                .declaration();

        assertThat(declaration.serverType()).isEqualTo("vllm");
    }

    @Test
    void saysNothingWhereNobodyDid() {
        assertThat(Normalized.of(served("ml-prod", "granite").annotation("rhdh.io/system", " "))
                        .server()
                        .declaration())
                .isEqualTo(ServerDeclaration.none());
    }

    @Test
    void knowsByWhatPeopleLookForAModelThatIsOnlyServed() {
        assertThat(Normalized.of(served("ml-prod", "granite")
                                .annotation("rhdh.io/provider", "IBM")
                                .annotation("modelcatalogbridge.rhdh.io/task", "text-generation"))
                        .model()
                        .traits())
                .isEqualTo(new ModelTraits(null, "IBM", "text-generation", null));
    }

    @Test
    void knowsByWhatPeopleLookForARegisteredModel() {
        assertThat(Normalized.of(version("granite", "v1.4.0")
                                .registry("public")
                                .ofModel("Provider", "IBM")
                                .ofVersion("Task", "text-generation"))
                        .model()
                        .traits())
                .isEqualTo(new ModelTraits("v1.4.0", "IBM", "text-generation", "public"));
    }

    @Test
    void takesALabelThatNamesATaskForTheTask() {
        assertThat(Normalized.of(version("granite", "v1").ofModel("granite", "").ofModel("text-generation", ""))
                        .model()
                        .traits()
                        .task())
                .isEqualTo("text-generation");
    }
}
