package io.modelconnector.kserve;

import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.core.source.SourceSnapshot;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source, an API server with KServe, and objects to put into it. */
final class SourceFixture implements AutoCloseable {
    static final String INFERENCE_SERVICES = "inferenceservices";
    static final String LLM_INFERENCE_SERVICES = "llminferenceservices";
    private static final ReadContext POLL = new ReadContext(false, Duration.ofMinutes(2));
    private static final ReadContext FRESH = new ReadContext(true, Duration.ofMinutes(2));

    final FakeApiServer server = FakeApiServer.start();
    final ManualTiming timing = new ManualTiming();
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private @Nullable KServeModelSource source;

    @Override
    public void close() {
        closeSource();
        closeSource();
        server.close();
        Threads.assertNoneLeft();
    }

    void closeSource() {
        if (source != null) {
            source.close();
        }
    }

    /** Builds the source. */
    KServeModelSource source(UnaryOperator<KServeModelSource.Builder> settings) {
        source = settings.apply(KServeModelSource.builder(server.client()).timing(timing))
                .build();
        source.onChange(() -> changes.add(true));
        return source;
    }

    SourceSnapshot read() throws InterruptedException {
        if (source == null) {
            source(builder -> builder);
        }
        return source.read(POLL);
    }

    /** Reads everything anew. */
    SourceSnapshot readFresh() throws InterruptedException {
        return source.read(FRESH);
    }

    /** Reads when a change was announced, and only then, until it is the wanted one. */
    void awaitAnnounced(Predicate<SourceSnapshot> wanted) throws InterruptedException {
        while (true) {
            assertThat(changes.poll(10, TimeUnit.SECONDS))
                    .as("a change is announced")
                    .isNotNull();
            if (wanted.test(read())) {
                return;
            }
        }
    }

    void awaitWatches() {
        awaitWatches(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, "services", "serviceaccounts");
    }

    void awaitWatches(String... plurals) {
        for (String plural : plurals) {
            await().until(() -> !server.watches(plural).isEmpty());
        }
    }

    static SourcePart part(SourceSnapshot snapshot, String name) {
        return snapshot.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static ServedModel served(SourceSnapshot snapshot, String name) {
        return snapshot.parts().stream()
                .flatMap(part -> part.servedModels().stream())
                .filter(served -> served.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static String inferenceService(String namespace, String name, String url) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "', creationTimestamp:"
                + " '2026-03-01T10:00:00Z'}, spec: {predictor: {model: {storageUri: 'oci://quay.io/models/" + name
                + ":1'}}}, status: {url: '" + url + "', conditions: [{type: 'Ready', status: 'True'}], modelStatus:"
                + " {transitionStatus: 'UpToDate'}}}";
    }

    static String llmInferenceService(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "'}, status: {url:"
                + " 'https://gateway.example.com/" + namespace + '/' + name
                + "', conditions: [{type: 'Ready', status: 'True'}]}}";
    }

    static String predictorService(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "-predictor', " + owner(name)
                + "}, spec: {ports: [{name: 'http', port: 80, targetPort: 8080}]}}";
    }

    static String account(String namespace, String name) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "-sa', " + owner(name) + "}}";
    }

    static String owner(String name) {
        return "ownerReferences: [{apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', name: '" + name
                + "'}]";
    }
}
