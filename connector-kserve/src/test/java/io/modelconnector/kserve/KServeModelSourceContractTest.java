package io.modelconnector.kserve;

import static io.modelconnector.kserve.SourceFixture.INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.LLM_INFERENCE_SERVICES;
import static io.modelconnector.kserve.SourceFixture.account;
import static io.modelconnector.kserve.SourceFixture.inferenceService;
import static io.modelconnector.kserve.SourceFixture.llmInferenceService;
import static io.modelconnector.kserve.SourceFixture.predictorService;

import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.contract.SourceContractTest;
import io.modelconnector.core.source.contract.SourceFixture;
import io.modelconnector.kserve.testing.FakeApiServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class KServeModelSourceContractTest extends SourceContractTest {
    @Override
    protected SourceFixture fixture() {
        return new Cluster();
    }

    /** A cluster with more than a page of each kind. */
    private static final class Cluster implements SourceFixture {
        private static final List<String> KINDS =
                List.of(INFERENCE_SERVICES, LLM_INFERENCE_SERVICES, "services", "serviceaccounts");

        private final FakeApiServer server = FakeApiServer.start();
        private final Set<String> facts = new HashSet<>();
        private boolean broken;

        Cluster() {
            server.pageSize(1);
            for (String name : List.of("granite", "llama", "mistral")) {
                addInferenceService(name);
                server.apply("services", predictorService("ml-prod", name));
                server.apply("serviceaccounts", account("ml-prod", name));
            }
            for (String name : List.of("phi", "qwen")) {
                server.apply(LLM_INFERENCE_SERVICES, llmInferenceService("llm", name));
                facts.add("LLMInferenceService/llm/" + name);
            }
        }

        /** One that starts in a broken cluster waits for it to the end of the sync timeout. */
        @Override
        public ModelSource newSource() {
            return KServeModelSource.builder(server.client())
                    .syncTimeout(broken ? Duration.ofMillis(500) : Duration.ofSeconds(20))
                    .callTimeout(Duration.ofSeconds(20))
                    .build();
        }

        @Override
        public Set<String> factIds() {
            return Set.copyOf(facts);
        }

        @Override
        public void change() {
            addInferenceService("whisper");
            server.delete(LLM_INFERENCE_SERVICES, "llm", "qwen");
            facts.remove("LLMInferenceService/llm/qwen");
        }

        /** The first page of each list is fine, the second fails, and so does every watch. */
        @Override
        public void breakDown() {
            broken = true;
            server.answer(
                    url -> url.queryParameter("continue") != null || FakeApiServer.isWatch(url),
                    url -> FakeApiServer.status(503));
        }

        @Override
        public boolean stall() {
            KINDS.forEach(server::hang);
            return true;
        }

        @Override
        public void repair() {
            broken = false;
            server.mend();
        }

        @Override
        public boolean announcesChanges() {
            return true;
        }

        /** OkHttp has threads for the whole process, which end when nobody has used it for a while. */
        @Override
        public boolean isForeign(Thread thread) {
            return thread.getName().startsWith("OkHttp TaskRunner")
                    || thread.getName().startsWith("Okio Watchdog");
        }

        @Override
        public void close() {
            server.close();
        }

        private void addInferenceService(String name) {
            server.apply(
                    INFERENCE_SERVICES, inferenceService("ml-prod", name, "https://" + name + ".apps.example.com"));
            facts.add("InferenceService/ml-prod/" + name);
        }
    }
}
