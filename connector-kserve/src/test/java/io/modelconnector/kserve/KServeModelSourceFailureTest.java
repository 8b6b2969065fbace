package io.modelconnector.kserve;

import static io.modelconnector.kserve.SourceFixture.INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.LLM_INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.inferenceService;
import static io.modelconnector.kserve.SourceFixture.llmInferenceService;
import static io.modelconnector.kserve.SourceFixture.owner;
import static io.modelconnector.kserve.SourceFixture.part;
import static io.modelconnector.kserve.SourceFixture.predictorService;
import static io.modelconnector.kserve.SourceFixture.served;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming.Pause;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the source makes of an API server that refuses, lies or is not there. */
class KServeModelSourceFailureTest {
    private final SourceFixture fixture = new SourceFixture();
    private final FakeApiServer server = fixture.server;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noticesThatKServeIsInstalledLater() throws Exception {
        server.serve(INFERENCE_SERVICES);
        fixture.source(builder -> builder);
        fixture.read();
        Pause pause = fixture.timing.nextPause();
        server.serve(INFERENCE_SERVICES, "v1beta1");
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        pause.end();

        fixture.awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void failsWhereInferenceServicesAreForbiddenUntilTheyAreNot() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.refuse(INFERENCE_SERVICES, 403);
        fixture.source(builder -> builder);

        assertThat(part(fixture.read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageStartingWith("listing inferenceservices.serving.kserve.io in all namespaces")
                .hasMessageContaining("403; grant list and watch");
        Pause pause = fixture.timing.nextPause();
        server.mend();
        pause.end();
        fixture.awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void goesOnWithoutLlmInferenceServicesThatAreForbidden() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.refuse(LLM_INFERENCE_SERVICES, 403);

        SourceSnapshot snapshot = fixture.read();

        assertThat(part(snapshot, INFERENCE_SERVICES).servedModels()).hasSize(1);
        SourcePart llm = part(snapshot, LLM_INFERENCE_SERVICES);
        assertThat(llm.isComplete()).isTrue();
        assertThat(llm.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("llminferenceservices.serving.kserve.io");
            assertThat(problem.message()).contains("403").endsWith("until then they are left out");
        });
    }

    @Test
    void losesNoLlmInferenceServicesThatAreForbiddenLater() throws Exception {
        server.apply(LLM_INFERENCE_SERVICES, llmInferenceService("llm", "qwen"));
        fixture.read();
        fixture.awaitWatches();
        server.refuse(LLM_INFERENCE_SERVICES, 403);

        SourceSnapshot snapshot = fixture.readFresh();

        assertThat(part(snapshot, LLM_INFERENCE_SERVICES).failure()).hasMessageContaining("403");
        assertThat(part(snapshot, INFERENCE_SERVICES).isComplete()).isTrue();
    }

    @Test
    void doesNotTakeAnExpiredTokenForForbiddenLlmInferenceServices() throws Exception {
        server.answer(url -> true, url -> FakeApiServer.status(401));

        assertThat(fixture.read().parts())
                .allSatisfy(part -> assertThat(part.failure())
                        .isInstanceOf(SourceRejectedException.class)
                        .hasMessageContaining("401"));
    }

    @Test
    void goesOnWithoutServicesAndAccountsThatAreForbidden() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.refuse("services", 403);
        server.refuse("serviceaccounts", 403);

        SourcePart part = part(fixture.read(), INFERENCE_SERVICES);

        assertThat(part.servedModels().get(0).internalUrl()).isEqualTo("http://granite.ml-prod.svc");
        assertThat(part.problems()).extracting(Problem::item).containsExactly("services", "serviceaccounts");
        assertThat(part.problems().get(0).message())
                .startsWith("listing services in all namespaces")
                .endsWith("until then URLs inside of the cluster are those of the status");
    }

    @Test
    void waitsForServicesThatCannotBeReadAtFirst() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.refuse("services", 503);
        fixture.source(builder -> builder.syncTimeout(Duration.ofMillis(1)));
        fixture.read();
        fixture.timing.nextPause();
        fixture.awaitWatches(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, "serviceaccounts");

        assertThat(part(fixture.read(), INFERENCE_SERVICES).failure()).hasMessageContaining("listing services");
        assertThat(part(fixture.read(), LLM_INFERENCE_SERVICES).isComplete()).isTrue();
    }

    @Test
    void goesOnWithTheServicesItKnowsWhenTheyCannotBeReadLater() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.apply("services", predictorService("ml-prod", "granite"));
        fixture.read();
        fixture.awaitWatches();
        server.refuse("services", 503);

        SourcePart part = part(fixture.readFresh(), INFERENCE_SERVICES);

        assertThat(part.servedModels().get(0).internalUrl())
                .isEqualTo("http://granite-predictor.ml-prod.svc.cluster.local:8080");
        assertThat(part.problems()).extracting(Problem::item).containsExactly("services");
    }

    @Test
    void failsWhileTheApiServerCannotBeReachedAndRecovers() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        fixture.source(builder -> builder);
        fixture.read();
        fixture.awaitWatches();
        server.bookmark();
        server.breakConnections();

        fixture.awaitAnnounced(snapshot -> snapshot.parts().stream().noneMatch(SourcePart::isComplete));
        assertThat(part(fixture.read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(server.url());
        server.mend();
        fixture.timing.endAllPauses();
        fixture.awaitAnnounced(snapshot -> snapshot.parts().stream().allMatch(SourcePart::isComplete));
        assertThat(served(fixture.read(), "granite").ready()).isTrue();
    }

    @Test
    void givesUpWaitingForAServerThatDoesNotAnswer() throws Exception {
        server.hang(INFERENCE_SERVICES);
        fixture.source(builder -> builder.syncTimeout(Duration.ofMillis(200)));

        assertThat(part(fixture.read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("listing inferenceservices.serving.kserve.io in all namespaces has not been answered within"
                        + " 200 ms; it goes on, check the API server");
    }

    @Test
    void waitsNoLongerThanTheReadMayTake() throws Exception {
        server.hang(INFERENCE_SERVICES);

        assertThat(fixture.source(builder -> builder)
                        .read(new ReadContext(false, Duration.ofMillis(200)))
                        .parts())
                .anyMatch(part -> !part.isComplete());
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        server.hang(INFERENCE_SERVICES);
        fixture.source(builder -> builder);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                fixture.read();
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        reader.start();
        await().until(() -> !server.requests(INFERENCE_SERVICES).isEmpty());
        reader.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stopsWaitingWhenClosed() throws Exception {
        server.hang(INFERENCE_SERVICES);
        fixture.source(builder -> builder);
        CompletableFuture<SourceSnapshot> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return fixture.read();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> !server.requests(INFERENCE_SERVICES).isEmpty());
        fixture.closeSource();

        assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SourceUnavailableException.class);
    }

    @Test
    void leavesTheUrlAsItWasWhenTheServiceCannotBeUnderstood() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.apply("services", predictorService("ml-prod", "granite"));
        ServedModel before = served(fixture.read(), "granite");
        fixture.awaitWatches();
        server.apply(
                "services",
                "{metadata: {namespace: 'ml-prod', name: 'granite-predictor', " + owner("granite")
                        + "}, spec: {ports: [{name: 'http', port: 'x', targetPort: 8080}]}}");

        fixture.awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).problems().isEmpty());
        SourcePart part = part(fixture.read(), INFERENCE_SERVICES);
        assertThat(part.problems()).extracting(Problem::item).containsExactly("Service/ml-prod/granite-predictor");
        assertThat(part.servedModels()).containsExactly(before);
    }

    @Test
    void leavesAServedModelAsItWasWhenItsObjectCannotBeUnderstoodAnyMore() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        ServedModel before = served(fixture.read(), "granite");
        fixture.awaitWatches();
        server.apply(INFERENCE_SERVICES, "{metadata: {namespace: 'ml-prod', name: 'granite'}, status: {url: []}}");

        fixture.awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).problems().isEmpty());
        SourcePart part = part(fixture.read(), INFERENCE_SERVICES);
        assertThat(part.problems()).extracting(Problem::item).containsExactly("InferenceService/ml-prod/granite");
        assertThat(part.servedModels()).containsExactly(before);
    }

    @Test
    void reportsAnObjectThatCannotBeUnderstoodAndReadsTheRest() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, "{metadata: {namespace: 'ml-prod', name: 'odd'}, status: {url: []}}");

        SourcePart part = part(fixture.read(), INFERENCE_SERVICES);

        assertThat(part.servedModels()).extracting(ServedModel::name).containsExactly("granite");
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("InferenceService/ml-prod/odd");
            assertThat(problem.message()).contains("status.url is a list, not a text");
        });
    }
}
