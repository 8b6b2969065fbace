package io.modelconnector.examples.mlflow;

import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.contract.SourceContractTest;
import io.modelconnector.core.source.contract.SourceFixture;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class MlflowModelSourceContractTest extends SourceContractTest {
    @Override
    protected SourceFixture fixture() throws IOException {
        return new MlflowFixture();
    }

    private static final class MlflowFixture implements SourceFixture {
        private final MlflowStub stub = new MlflowStub();
        private final Set<String> factIds = new HashSet<>();

        MlflowFixture() throws IOException {
            stub.models.add(Map.of("name", "granite"));
            stub.models.add(Map.of("name", "llama", "tags", List.of(Map.of("key", "chat", "value", ""))));
            register("granite", "1");
            register("granite", "2");
            register("llama", "1");
        }

        private void register(String model, String version) {
            stub.versions.add(Map.of("name", model, "version", version, "source", "s3://models/" + model));
            factIds.add("lab/" + model + '/' + version);
        }

        @Override
        public ModelSource newSource() {
            return new MlflowModelSource("lab", stub.url(), () -> null, stub.http);
        }

        @Override
        public Set<String> factIds() {
            return factIds;
        }

        @Override
        public void change() {
            stub.versions.remove(0);
            factIds.remove("lab/granite/1");
            register("llama", "2");
        }

        @Override
        public void breakDown() {
            stub.later = new MlflowStub.Answer(500, "{\"error_code\": \"INTERNAL_ERROR\"}");
        }

        @Override
        public boolean stall() {
            stub.stall();
            return true;
        }

        @Override
        public void repair() {
            stub.later = null;
            stub.goOn();
        }

        /** The client was lent to the source; its threads live as long as the client does. */
        @Override
        public boolean isForeign(Thread thread) {
            return thread.getName().startsWith("HttpClient-");
        }

        @Override
        public void close() {
            stub.close();
        }
    }
}
