package io.modelconnector.kserve;

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
import io.modelconnector.kserve.testing.ManualTiming;
import io.modelconnector.kserve.testing.ManualTiming.Pause;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KServeModelSourceTest {
    private static final String INFERENCE_SERVICES = "inferenceservices";
    private static final String LLM_INFERENCE_SERVICES = "llminferenceservices";
    private static final ReadContext POLL = new ReadContext(false, Duration.ofMinutes(2));
    private static final ReadContext FRESH = new ReadContext(true, Duration.ofMinutes(2));

    private final FakeApiServer server = FakeApiServer.start();
    private final ManualTiming timing = new ManualTiming();
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private @Nullable KServeModelSource source;

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
            source.close();
        }
        server.close();
        Threads.assertNoneLeft();
    }

    @Test
    void readsWhatIsServed() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply("services", predictorService("ml-prod", "granite"));
        server.apply("serviceaccounts", account("ml-prod", "granite"));
        server.apply(LLM_INFERENCE_SERVICES, llmInferenceService("llm", "qwen"));

        SourceSnapshot snapshot = read();

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
        source(builder -> builder).onChange(() -> changes.add(true));
        read();
        awaitWatches();

        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        awaitAnnounced(
                snapshot -> part(snapshot, INFERENCE_SERVICES).servedModels().size() == 1);
        server.apply("services", predictorService("ml-prod", "granite"));
        awaitAnnounced(snapshot -> served(snapshot, "granite").internalUrl() != null);
        server.delete(INFERENCE_SERVICES, "ml-prod", "granite");
        awaitAnnounced(
                snapshot -> part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void givesTheSameFactsWhereNothingChanged() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "llama", "https://llama.example.com"));
        ServedModel before = served(read(), "granite");
        awaitWatches();
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "llama", "https://llama2.example.com"));
        await().until(() -> served(read(), "llama").externalUrl().contains("llama2"));

        assertThat(served(read(), "granite")).isSameAs(before);
        assertThat(server.recorded()).hasSize(10);
    }

    @Test
    void listsEverythingAnewForAFreshRead() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        read();
        awaitWatches();
        server.watches(INFERENCE_SERVICES).get(0).silence();
        server.delete(INFERENCE_SERVICES, "ml-prod", "granite");

        assertThat(part(source.read(FRESH), INFERENCE_SERVICES).servedModels()).isEmpty();
        assertThat(server.lists(INFERENCE_SERVICES)).hasSize(2);
        assertThat(server.lists("services")).hasSize(2);
    }

    @Test
    void readsTheGivenNamespacesEachAsAPartOfItsOwn() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("ml-test", "llama", "https://llama.example.com"));
        server.apply(INFERENCE_SERVICES, inferenceService("secret", "mistral", "https://mistral.example.com"));
        server.answer(url -> url.encodedPath().contains("/ml-test/"), url -> FakeApiServer.status(403));
        source(builder -> builder.namespaces("ml-prod", "ml-test"));

        SourceSnapshot snapshot = read();

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
        source(builder -> builder.labelSelector("team=genai"));
        read();

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

        SourceSnapshot snapshot = read();

        assertThat(snapshot.parts()).allMatch(SourcePart::isComplete);
        assertThat(snapshot.parts()).allMatch(part -> part.problems().isEmpty());
    }

    @Test
    void noticesThatKServeIsInstalledLater() throws Exception {
        server.serve(INFERENCE_SERVICES);
        source(builder -> builder).onChange(() -> changes.add(true));
        read();
        Pause pause = timing.nextPause();
        server.serve(INFERENCE_SERVICES, "v1beta1");
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        pause.end();

        awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void failsWhereInferenceServicesAreForbiddenUntilTheyAreNot() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.refuse(INFERENCE_SERVICES, 403);
        source(builder -> builder).onChange(() -> changes.add(true));

        assertThat(part(read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageStartingWith("listing inferenceservices.serving.kserve.io in all namespaces")
                .hasMessageContaining("403; grant list and watch");
        Pause pause = timing.nextPause();
        server.mend();
        pause.end();
        awaitAnnounced(
                snapshot -> !part(snapshot, INFERENCE_SERVICES).servedModels().isEmpty());
    }

    @Test
    void goesOnWithoutLlmInferenceServicesThatAreForbidden() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.refuse(LLM_INFERENCE_SERVICES, 403);

        SourceSnapshot snapshot = read();

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
        read();
        awaitWatches();
        server.refuse(LLM_INFERENCE_SERVICES, 403);

        SourceSnapshot snapshot = source.read(FRESH);

        assertThat(part(snapshot, LLM_INFERENCE_SERVICES).failure()).hasMessageContaining("403");
        assertThat(part(snapshot, INFERENCE_SERVICES).isComplete()).isTrue();
    }

    @Test
    void doesNotTakeAnExpiredTokenForForbiddenLlmInferenceServices() throws Exception {
        server.answer(url -> true, url -> FakeApiServer.status(401));

        assertThat(read().parts())
                .allSatisfy(part -> assertThat(part.failure())
                        .isInstanceOf(SourceRejectedException.class)
                        .hasMessageContaining("401"));
    }

    @Test
    void goesOnWithoutServicesAndAccountsThatAreForbidden() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.refuse("services", 403);
        server.refuse("serviceaccounts", 403);

        SourcePart part = part(read(), INFERENCE_SERVICES);

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
        source(builder -> builder.syncTimeout(Duration.ofMillis(1)));
        read();
        timing.nextPause();
        awaitWatches(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, "serviceaccounts");

        assertThat(part(read(), INFERENCE_SERVICES).failure()).hasMessageContaining("listing services");
        assertThat(part(read(), LLM_INFERENCE_SERVICES).isComplete()).isTrue();
    }

    @Test
    void goesOnWithTheServicesItKnowsWhenTheyCannotBeReadLater() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "http://granite.ml-prod.svc"));
        server.apply("services", predictorService("ml-prod", "granite"));
        read();
        awaitWatches();
        server.refuse("services", 503);

        SourcePart part = part(source.read(FRESH), INFERENCE_SERVICES);

        assertThat(part.servedModels().get(0).internalUrl())
                .isEqualTo("http://granite-predictor.ml-prod.svc.cluster.local:8080");
        assertThat(part.problems()).extracting(Problem::item).containsExactly("services");
    }

    @Test
    void failsWhileTheApiServerCannotBeReachedAndRecovers() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        source(builder -> builder).onChange(() -> changes.add(true));
        read();
        awaitWatches();
        server.bookmark();
        server.breakConnections();

        awaitAnnounced(snapshot -> snapshot.parts().stream().noneMatch(SourcePart::isComplete));
        assertThat(part(read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(server.url());
        server.mend();
        timing.endAllPauses();
        awaitAnnounced(snapshot -> snapshot.parts().stream().allMatch(SourcePart::isComplete));
        assertThat(served(read(), "granite").ready()).isTrue();
    }

    @Test
    void givesUpWaitingForAServerThatDoesNotAnswer() throws Exception {
        server.hang(INFERENCE_SERVICES);
        source(builder -> builder.syncTimeout(Duration.ofMillis(200)));

        assertThat(part(read(), INFERENCE_SERVICES).failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("listing inferenceservices.serving.kserve.io in all namespaces has not been answered within"
                        + " 200 ms; it goes on, check the API server");
    }

    @Test
    void waitsNoLongerThanTheReadMayTake() throws Exception {
        server.hang(INFERENCE_SERVICES);
        source(builder -> builder);

        assertThat(source.read(new ReadContext(false, Duration.ofMillis(200))).parts())
                .anyMatch(part -> !part.isComplete());
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        server.hang(INFERENCE_SERVICES);
        source(builder -> builder);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read();
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
        source(builder -> builder);
        CompletableFuture<SourceSnapshot> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return read();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> !server.requests(INFERENCE_SERVICES).isEmpty());
        source.close();

        assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SourceUnavailableException.class);
    }

    @Test
    void reportsAnObjectThatCannotBeUnderstoodAndReadsTheRest() throws Exception {
        server.apply(INFERENCE_SERVICES, inferenceService("ml-prod", "granite", "https://granite.example.com"));
        server.apply(INFERENCE_SERVICES, "{metadata: {namespace: 'ml-prod', name: 'odd'}, status: {url: []}}");

        SourcePart part = part(read(), INFERENCE_SERVICES);

        assertThat(part.servedModels()).extracting(ServedModel::name).containsExactly("granite");
        assertThat(part.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("InferenceService/ml-prod/odd");
            assertThat(problem.message()).contains("status.url is a list, not a text");
        });
    }

    @Test
    void cannotBeReadWhenClosed() throws Exception {
        read();
        source.close();
        assertThatThrownBy(this::read)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("\"kserve\" failed: it is closed");
    }

    @Test
    void startsNothingBeforeTheFirstRead() {
        source(builder -> builder).onChange(() -> changes.add(true));
        assertThat(Threads.ours()).isEmpty();
        assertThat(server.recorded()).isEmpty();
    }

    @Test
    void closesThoughItNeverRan() {
        source(builder -> builder).close();
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

    private KServeModelSource source(UnaryOperator<KServeModelSource.Builder> settings) {
        source = settings.apply(KServeModelSource.builder(server.client()).timing(timing))
                .build();
        return source;
    }

    private SourceSnapshot read() throws InterruptedException {
        if (source == null) {
            source(builder -> builder);
        }
        return source.read(POLL);
    }

    /** Reads when a change was announced, and only then, until it is the wanted one. */
    private void awaitAnnounced(Predicate<SourceSnapshot> wanted) throws InterruptedException {
        while (true) {
            assertThat(changes.poll(10, TimeUnit.SECONDS))
                    .as("a change is announced")
                    .isNotNull();
            if (wanted.test(read())) {
                return;
            }
        }
    }

    private void awaitWatches() {
        awaitWatches(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, "services", "serviceaccounts");
    }

    private void awaitWatches(String... plurals) {
        for (String plural : plurals) {
            await().until(() -> !server.watches(plural).isEmpty());
        }
    }

    private static SourcePart part(SourceSnapshot snapshot, String name) {
        return snapshot.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ServedModel served(SourceSnapshot snapshot, String name) {
        return snapshot.parts().stream()
                .flatMap(part -> part.servedModels().stream())
                .filter(served -> served.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String inferenceService(String namespace, String name, String url) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "', creationTimestamp:"
                + " '2026-03-01T10:00:00Z'}, spec: {predictor: {model: {storageUri: 'oci://quay.io/models/" + name
                + ":1'}}}, status: {url: '" + url + "', conditions: [{type: 'Ready', status: 'True'}], modelStatus:"
                + " {transitionStatus: 'UpToDate'}}}";
    }

    private static String llmInferenceService(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "'}, status: {url:"
                + " 'https://gateway.example.com/" + namespace + '/' + name
                + "', conditions: [{type: 'Ready', status: 'True'}]}}";
    }

    private static String predictorService(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "-predictor', " + owner(name)
                + "}, spec: {ports: [{name: 'http', port: 80, targetPort: 8080}]}}";
    }

    private static String account(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "-sa', " + owner(name) + "}}";
    }

    private static String owner(String name) {
        return "ownerReferences: [{apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', name: '" + name
                + "'}]";
    }
}
