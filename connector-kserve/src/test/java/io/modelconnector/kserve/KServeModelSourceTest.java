package io.modelconnector.kserve;

import static io.modelconnector.kserve.SourceFixture.INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.LLM_INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.account;
import static io.modelconnector.kserve.SourceFixture.inferenceService;
import static io.modelconnector.kserve.SourceFixture.llmInferenceService;
import static io.modelconnector.kserve.SourceFixture.part;
import static io.modelconnector.kserve.SourceFixture.predictorService;
import static io.modelconnector.kserve.SourceFixture.served;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KServeModelSourceTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeApiServer server = fixture.server;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsWhatIsServed() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply("services", predictorService("ml-prod", "granite"));
        server.apply("serviceaccounts", account("ml-prod", "granite"));
        server.apply(LLM_INFERENCE_SERVICES, llmInferenceService("llm", "qwen"));

        SourceSnapshot snapshot = fixture.read();

        assertThat(snapshot.parts())
                .extracting(SourcePart::name)
                .containsExactly(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES);
        assertThat(snapshot.parts())
                .allMatch(SourcePart::isComplete)
                .allMatch(part -> part.problems().isEmpty());
        ServedModel granite = part(snapshot, INFERENCE_SERVICES).servedModels().get(0);
        assertThat(granite.id()).isEqualTo("InferenceService/ml-prod/granite");
        assertThat(granite.ready()).isTrue();
        assertThat(granite.externalUrl()).isEqualTo("https://granite.example.com");
        assertThat(granite.internalUrl()).isEqualTo("http://granite-predictor.ml-prod.svc.cluster.local:8080");
        assertThat(granite.authentication()).isTrue();
        ServedModel qwen = part(snapshot, LLM_INFERENCE_SERVICES).servedModels().get(0);
        assertThat(qwen.id()).isEqualTo("LLMInferenceService/llm/qwen");
        assertThat(qwen.externalUrl()).isEqualTo("https://gateway.example.com/llm/qwen");
        assertThat(qwen.authentication()).isFalse();
    }

    @Test
    void announcesWhatAppearsChangesAndLeaves() throws Exception {
        fixture.source(builder -> builder);
        fixture.read();
        fixture.awaitWatches();

        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        fixture.awaitAnnounced(
                snapshot -> part(snapshot, INFERENCE_SERVICES).servedModels().size() == 1);
        server.apply("services", predictorService("ml-prod", "granite"));
        fixture.awaitAnnounced(snapshot -> served(snapshot, "granite").internalUrl() != null);
        server.delete(INFERENCE_SERVICES, "ml-prod", "granite");
        fixture.awaitAnnounced(
                snapshot -> part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void givesTheSameFactsWhereNothingChanged() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "llama", "https://llama.example.com"));
        ServedModel before = served(fixture.read(), "granite");
        fixture.awaitWatches();
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "llama", "https://llama2.example.com"));
        await().until(() -> served(fixture.read(), "llama").externalUrl().contains("llama2"));

        assertThat(served(fixture.read(), "granite")).isSameAs(before);
        assertThat(server.recorded()).hasSize(10);
    }

    @Test
    void listsEverythingAnewForAFreshRead() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        fixture.read();
        fixture.awaitWatches();
        server.watches(INFERENCE_SERVICES).get(0).silence();
        server.delete(INFERENCE_SERVICES, "ml-prod", "granite");

        assertThat(part(fixture.readFresh(), INFERENCE_SERVICES).servedModels()).isEmpty();
        assertThat(server.lists(INFERENCE_SERVICES)).hasSize(2);
        assertThat(server.lists("services")).hasSize(2);
    }

    @Test
    void readsTheGivenNamespacesEachAsAPartOfItsOwn() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("ml-test", "llama", "https://llama.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("secret", "mistral", "https://mistral.example.com"));
        server.answer(url -> url.encodedPath().contains("/ml-test/"), url -> FakeApiServer.status(403));
        fixture.source(builder -> builder.namespaces("ml-prod", "ml-test"));

        SourceSnapshot snapshot = fixture.read();

        assertThat(snapshot.parts())
                .extracting(SourcePart::name)
                .containsExactly(
                        "inferenceservices/ml-prod",
                        "llminferenceservices/ml-prod",
                        "inferenceservices/ml-test",
                        "llminferenceservices/ml-test");
        assertThat(part(snapshot, "inferenceservices/ml-prod").servedModels())
                .extracting(ServedModel::name)
                .containsExactly("granite");
        assertThat(part(snapshot, "inferenceservices/ml-test").failure())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("listing inferenceservices.serving.kserve.io in namespace \"ml-test\"");
        assertThat(server.recorded()).noneMatch(request -> request.getTarget().contains("v1beta1/inferenceservices"));
    }

    @Test
    void restrictsServingObjectsByLabelsAndNothingElse() throws Exception {
        fixture.source(builder -> builder.labelSelector("team=genai"));
        fixture.read();

        assertThat(server.requests(INFERENCE_SERVICES))
                .allMatch(url -> "team=genai".equals(url.queryParameter("labelSelector")));
        assertThat(server.requests(LLM_INFERENCE_SERVICES))
                .allMatch(url -> "team=genai".equals(url.queryParameter("labelSelector")));
        assertThat(server.requests("services")).allMatch(url -> url.queryParameter("labelSelector") == null);
    }

    @Test
    void hasNoModelsInAClusterWithoutKServe() throws Exception {
        server.serve(INFERENCE_SERVICES);
        server.serve(LLM_INFERENCE_SERVICES);

        SourceSnapshot snapshot = fixture.read();

        assertThat(snapshot.parts()).allMatch(SourcePart::isComplete);
        assertThat(snapshot.parts()).allMatch(part -> part.problems().isEmpty());
    }

    @Test
    void cannotBeReadWhenClosed() throws Exception {
        fixture.read();
        fixture.closeSource();
        assertThatThrownBy(fixture::read)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("\"kserve\" failed: it is closed");
    }

    @Test
    void startsNothingBeforeTheFirstRead() {
        fixture.source(builder -> builder);
        assertThat(Threads.ours()).isEmpty();
        assertThat(server.recorded()).isEmpty();
    }

    @Test
    void closesThoughItNeverRan() {
        fixture.source(builder -> builder).close();
        assertThat(server.recorded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ml-Prod", "ml_prod", "-ml", "ml-prod/x"})
    void refusesWhatIsNoNamespace(String namespace) {
        KServeModelSource.Builder builder = KServeModelSource.builder(server.client());
        assertThatThrownBy(() -> builder.namespaces("ml-prod", namespace))
                .hasMessage("namespaces was \"" + namespace + "\", must be the name of a namespace: lower-case letters,"
                        + " digits and \"-\", at most 63");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        KServeModelSource.Builder builder = KServeModelSource.builder(server.client());
        assertThatThrownBy(() -> builder.namespaces("a", "a")).hasMessageContaining("must name no namespace twice");
        assertThatThrownBy(() -> builder.name("my source")).hasMessageStartingWith("name was \"my source\", must be");
        assertThatThrownBy(() -> builder.labelSelector(" ")).hasMessageStartingWith("labelSelector was blank");
        assertThatThrownBy(() -> builder.syncTimeout(Duration.ZERO))
                .hasMessage("syncTimeout was PT0S, must be positive");
        assertThatThrownBy(() -> builder.callTimeout(Duration.ofSeconds(-1)))
                .hasMessage("callTimeout was PT-1S, must be positive");
        assertThatThrownBy(() -> builder.watchIdleTimeout(Duration.ZERO))
                .hasMessage("watchIdleTimeout was PT0S, must be positive");
    }
}
