package io.modelconnector.rhoai;

import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.contract.SourceContractTest;
import io.modelconnector.core.source.contract.SourceFixture;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

final class RhoaiModelSourceContractTest extends SourceContractTest {
    @Override
    protected SourceFixture fixture() {
        return new Platform();
    }

    /** Two registries and a catalog. */
    private static final class Platform implements SourceFixture {
        private static final HttpSettings SETTINGS = HttpSettings.builder()
                .callTimeout(Duration.ofSeconds(20))
                .retryDelay(Duration.ofMillis(1))
                .build();

        private final FakeRegistry current = FakeRegistry.current().models(130);
        private final FakeRegistry older = FakeRegistry.older().models(3);
        private final FakeCatalog catalog = new FakeCatalog().card("rhoai", "ibm-granite/granite-1", "# Granite");
        private final Set<String> facts = new HashSet<>();
        private FakeServer.Hold hold;

        Platform() {
            current.card("2", "rhoai", "ibm-granite", "granite-1");
            for (int i = 1; i <= 130; i++) {
                facts.add("current/" + (2 * i - 1) + '/' + (2 * i));
            }
            facts.addAll(Set.of("older/1/2", "older/3/4", "older/5/6"));
        }

        @Override
        public ModelSource newSource() {
            return RhoaiModelSource.builder("current", current.base())
                    .registry("older", older.base())
                    .catalog(catalog.base())
                    .settings(SETTINGS)
                    .build();
        }

        @Override
        public Set<String> factIds() {
            return Set.copyOf(facts);
        }

        @Override
        public void change() {
            current.model("901", "llama").version("902", "901", "v1");
            older.delete("model_versions", "2");
            facts.add("current/901/902");
            facts.remove("older/1/2");
        }

        /** The first page of many is fine, the second fails. */
        @Override
        public void breakDown() {
            current.fail("nextPageToken|LAST_UPDATE_TIME|inference_services", 503);
            older.fail(".*", 500);
        }

        @Override
        public boolean stall() {
            hold = current.hold(".*");
            return true;
        }

        @Override
        public void repair() {
            current.heal();
            older.heal();
            if (hold != null) {
                hold.release();
            }
        }

        /** OkHttp has threads for the whole process, which end when nobody has used it for a while. */
        @Override
        public boolean isForeign(Thread thread) {
            return thread.getName().startsWith("OkHttp TaskRunner")
                    || thread.getName().startsWith("Okio Watchdog")
                    || thread.getName().startsWith("MockWebServer");
        }

        @Override
        public void close() {
            repair();
            current.close();
            older.close();
            catalog.close();
        }
    }
}
