package io.modelconnector.rhoai;

import static io.modelconnector.rhoai.SourceFixture.SETTINGS;
import static io.modelconnector.rhoai.SourceFixture.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.fake.FakeCatalog;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceLifecycleTest {
    private final FakeRegistry registry = FakeRegistry.current().models(30);
    private final FakeCatalog catalog = new FakeCatalog();

    @AfterEach
    void close() {
        registry.close();
        catalog.close();
    }

    private RhoaiModelSource.Builder builder() {
        return RhoaiModelSource.builder("lifecycle", registry.base())
                .name("life")
                .catalog(catalog.base())
                .settings(SETTINGS);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("modelconnector-life")
                        || name.startsWith("modelconnector-rhoai-lifecycle")
                        || name.startsWith("modelconnector-rhoai-catalog"))
                .toList();
    }

    @Test
    void leavesNeitherThreadNorConnectionBehind() throws Exception {
        registry.card("2", "rhoai", "ibm-granite", "granite-1");
        catalog.card("rhoai", "ibm-granite/granite-1", "# Granite");
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        try (RhoaiModelSource source = builder().build()) {
            source.onChange(() -> {});
            assertThat(threads()).as("nothing starts before the first read").isEmpty();
            source.read(context(false));
            assertThat(threads()).isNotEmpty();
            assertThat(registry.openConnections()).isPositive();
            assertThat(catalog.openConnections()).isPositive();
        }
        await().untilAsserted(() -> {
            assertThat(threads()).isEmpty();
            assertThat(registry.openConnections()).isZero();
            assertThat(catalog.openConnections()).isZero();
        });
    }

    @Test
    void leavesTheCallersClientOpen() throws Exception {
        OkHttpClient http = new OkHttpClient();
        try (RhoaiModelSource source = builder().httpClient(http).build()) {
            source.read(context(false));
        }
        assertThat(http.connectionPool().connectionCount()).isPositive();
        http.connectionPool().evictAll();
        await().untilAsserted(() -> assertThat(registry.openConnections()).isZero());
    }

    @Test
    void refusesToReadAfterItWasClosedAndMayBeClosedTwice() throws Exception {
        RhoaiModelSource source = builder().build();
        source.read(context(false));
        source.close();
        source.close();
        registry.takePaths();
        assertThatThrownBy(() -> source.read(context(false)))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("source \"life\" is closed");
        assertThat(registry.takePaths()).isEmpty();
    }

    @Test
    void endsAReadAtOnceWhenItIsInterrupted() throws Exception {
        FakeServer.Hold hold = registry.hold("model_versions/");
        AtomicReference<Object> result = new AtomicReference<>();
        try (RhoaiModelSource source = builder().build()) {
            Thread reader = reader(source, result);
            hold.awaitArrival();
            reader.interrupt();
            reader.join(10_000);
            assertThat(result.get()).isInstanceOf(InterruptedException.class);
            hold.release();
            registry.heal();
            assertThat(source.read(context(false)).parts().get(0).modelVersions())
                    .as("the next read goes on")
                    .hasSize(30);
        } finally {
            hold.release();
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static Thread reader(RhoaiModelSource source, AtomicReference<Object> result) {
        Thread reader = new Thread(() -> {
            try {
                result.set(source.read(context(false)));
            } catch (Throwable e) {
                result.set(e);
            }
        });
        reader.start();
        return reader;
    }

    @Test
    void keepsTheArtifactsThatWereReadBeforeAnInterrupt() throws Exception {
        FakeServer.Hold hold = registry.hold("model_versions/60/");
        AtomicReference<Object> result = new AtomicReference<>();
        try (RhoaiModelSource source = builder().build()) {
            Thread reader = reader(source, result);
            hold.awaitArrival();
            reader.interrupt();
            reader.join(10_000);
            hold.release();
            registry.heal();
            registry.takePaths();
            source.read(context(false));
            // The held one may be answered before it is cancelled, so that nothing is left to read.
            assertThat(registry.takePaths().stream().filter(path -> path.startsWith("/model_versions/")))
                    .hasSizeLessThanOrEqualTo(22);
        } finally {
            hold.release();
        }
    }

    @Test
    void endsAReadThatIsUnderWayWhenItIsClosed() throws Exception {
        FakeServer.Hold hold = registry.hold("model_versions/");
        AtomicReference<Object> result = new AtomicReference<>();
        RhoaiModelSource source = builder().build();
        try {
            Thread reader = reader(source, result);
            hold.awaitArrival();
            source.close();
            reader.join(10_000);
            assertThat(result.get()).isInstanceOf(SourceUnavailableException.class);
        } finally {
            hold.release();
            source.close();
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void announcesNothingAfterItWasClosed() {
        AtomicInteger changes = new AtomicInteger();
        List<Runnable> callbacks = new ArrayList<>();
        RhoaiModelSource source = RhoaiModelSource.builder(new RegistryDirectory() {
                    @Override
                    public RegistryLocations locations() {
                        return new RegistryLocations(List.of(), null);
                    }

                    @Override
                    public void onChange(Runnable changed) {
                        callbacks.add(changed);
                    }
                })
                .build();
        source.onChange(changes::incrementAndGet);
        callbacks.forEach(Runnable::run);
        source.close();
        callbacks.forEach(Runnable::run);
        assertThat(changes).hasValue(1);
        assertThatThrownBy(() -> source.card(new ModelCardReference("a", "b", "c")))
                .isInstanceOf(SourceUnavailableException.class);
    }

    @Test
    void sendsTheTokenToRegistryAndCatalogAndTellsItsListener() throws Exception {
        registry.card("2", "rhoai", "ibm-granite", "granite-1");
        List<String> heard = new CopyOnWriteArrayList<>();
        try (RhoaiModelSource source = builder()
                .bearerToken(() -> "a-token\n")
                .listener((upstream, outcome, took) -> heard.add(upstream + ' ' + outcome + ' ' + took.isNegative()))
                .build()) {
            source.read(context(false));
            assertThat(source.toString()).doesNotContain("a-token");
        }
        assertThat(registry.takeRequests())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer a-token"));
        assertThat(catalog.takeRequests())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer a-token"));
        assertThat(heard).contains("lifecycle 200 false", "catalog 404 false");
    }

    @Test
    void refusesBadSettingsInTheirSetters() {
        URI base = URI.create("https://registry.example.com");
        assertThatThrownBy(() -> RhoaiModelSource.builder("", base)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> RhoaiModelSource.builder("a", URI.create("registry")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry \"a\"");
        RhoaiModelSource.Builder builder = RhoaiModelSource.builder("a", base);
        assertThatThrownBy(() -> builder.registry("a", base))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("given twice");
        assertThatThrownBy(() -> builder.catalog(URI.create("file:///catalog")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the address of the catalog");
        assertThatThrownBy(() -> builder.fullReadInterval(Duration.ZERO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fullReadInterval was PT0S");
        assertThatThrownBy(() -> builder.name("my source"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"my source\"");
        assertThatThrownBy(() -> builder.maxCardStoreBytes(-1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maxCardStoreBytes was -1");
    }

    @Test
    void isCalledRhoaiByDefault() {
        try (RhoaiModelSource source =
                RhoaiModelSource.builder("a", registry.base()).build()) {
            assertThat(source.name()).isEqualTo("rhoai");
        }
    }
}
