package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.NAMESPACE;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.large;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.LogProbe;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, what is said about it, and that nothing is lost. */
class StoreFailureTest {
    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void saysWhatToGrantWhenItMayNotList() {
        fixture.server.refuse("configmaps", 403);
        assertThatThrownBy(() -> fixture.store().list())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContainingAll("listing configmaps", NAMESPACE, "403", "grant list and watch");
    }

    @ParameterizedTest
    @CsvSource({"create,creating", "patch,patching", "get,reading"})
    void saysWhatToGrantWhenAVerbIsMissing(String verb, String doing) throws Exception {
        write(fixture.store(), entry("granite", "v1"));
        if (verb.equals("create")) {
            fixture.server.delete("configmaps", NAMESPACE, FIRST);
        }
        fixture.server.single().refuse(verb, 403);
        ConfigMapEntryStore store = fixture.store();
        assertThatThrownBy(() -> write(store, entry("llama", "v2")))
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContainingAll(doing + ' ' + FIRST, "configmaps", NAMESPACE, "403")
                .hasMessageContaining("grant get, list, watch, create, update and patch on configmaps")
                .hasMessageContaining("Role");
        fixture.server.single().allowAll();
        write(store, entry("llama", "v2"));
        assertThat(keys(store)).contains("llama_v2");
    }

    @Test
    void saysThatTheTokenIsNotAccepted() {
        fixture.server.refuse("configmaps", 401);
        assertThatThrownBy(() -> fixture.store().list())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContainingAll("401", "token");
    }

    @Test
    void saysThatTheNamespaceIsNotThere() {
        fixture.server.single().refuse("create", 404);
        assertThatThrownBy(() -> write(fixture.store(), entry("granite", "v1")))
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContainingAll("404", "/namespaces/" + NAMESPACE, "check the namespace");
    }

    @Test
    void failsUntilTheServerCanBeReached() throws Exception {
        fixture.server.breakConnections();
        ConfigMapEntryStore store = fixture.store();
        assertThatThrownBy(store::list).isInstanceOf(SourceUnavailableException.class);
        assertThatThrownBy(() -> write(store, entry("granite", "v1"))).isInstanceOf(SourceUnavailableException.class);
        assertThat(store.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("listing configmaps", NAMESPACE));
        assertThat(store.statistics().bytes()).isEmpty();
        fixture.server.mend();
        write(store, entry("granite", "v1"));
        assertThat(keys(store)).containsExactly("granite_v1");
    }

    @Test
    void goesOnListingWhenTheServerIsGone() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        fixture.server.breakConnections();
        assertThatThrownBy(() -> write(store, entry("llama", "v2")))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("patching " + FIRST);
        assertThat(keys(store)).containsExactly("granite_v1");
        fixture.server.mend();
        write(store, entry("llama", "v2"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2");
    }

    @Test
    void mergesWithAWriteOfItsOwnWhoseAnswerWasLost() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        AtomicInteger patches = new AtomicInteger();
        fixture.server.single().intervene(call -> {
            if (call.verb().equals("patch") && patches.getAndIncrement() == 0) {
                fixture.server.single().make(call);
                return FakeApiServer.status(504);
            }
            return null;
        });
        assertThatThrownBy(() -> write(store, entry("llama", "v2"))).isInstanceOf(SourceUnavailableException.class);
        write(store, entry("llama", "v2"), entry("mistral", "7b"));
        assertThat(fixture.keysIn(FIRST)).containsExactly("granite_v1", "llama_v2", "mistral_7b");
    }

    @Test
    void losesNothingWhenTheSecondOfTwoWritesFails() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        fixture.server
                .single()
                .intervene(call ->
                        !call.verb().equals("get") && writes.incrementAndGet() == 2 ? FakeApiServer.status(500) : null);
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        assertThatThrownBy(() -> write(store, large("granite", 3000), large("llama", 3000)))
                .isInstanceOf(SourceUnavailableException.class);
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(keys(fixture.store())).containsExactly("granite_v1");
        write(store, large("granite", 3000), large("llama", 3000));
        assertThat(keys(fixture.store())).containsExactly("granite_v1", "llama_v1");
    }

    @Test
    void takesNoAnswerForTruthThatIsNoConfigMap() throws Exception {
        write(fixture.store(), entry("granite", "v1"));
        fixture.server
                .single()
                .intervene(call -> call.verb().equals("get") ? FakeApiServer.json(200, "<html>secret</html>") : null);
        assertThatThrownBy(() -> fixture.store().list())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("reading " + FIRST)
                .hasMessageNotContaining("secret");
        fixture.server.single().intervene(call -> call.verb().equals("get") ? FakeApiServer.json(200, "[]") : null);
        assertThatThrownBy(() -> fixture.store().list())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("is no ConfigMap: metadata.name is missing");
    }

    @Test
    void doesNotBelieveThatConfigMapsAreNotServed() throws Exception {
        fixture.server.serve("configmaps");
        ConfigMapEntryStore store = fixture.store();
        assertThatThrownBy(store::list)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("check that the URL is that of an API server");
        fixture.server.serve("configmaps", "v1");
        write(store, entry("granite", "v1"));
        assertThat(keys(store)).containsExactly("granite_v1");
    }

    @Test
    void saysThatTheCertificateIsNotTrusted() throws Exception {
        HeldCertificate certificate = FakeApiServer.certificate();
        try (FakeApiServer server = FakeApiServer.startTls(certificate);
                ConfigMapEntryStore store = ConfigMapEntryStore.builder(server.client(), NAMESPACE)
                        .timing(fixture.timing)
                        .build()) {
            assertThatThrownBy(store::list)
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("certificate is not trusted");
        }
    }

    @Test
    void givesEachCallerAnExceptionOfItsOwn() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        fixture.server.single().refuse("patch", 500);
        assertThatThrownBy(() -> write(store, entry("llama", "v2")))
                .isInstanceOf(SourceUnavailableException.class)
                .hasCauseInstanceOf(SourceUnavailableException.class)
                .hasStackTraceContaining("givesEachCallerAnExceptionOfItsOwn");
    }

    @Test
    void endsItsThreadsWhileAWriteHangs() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        fixture.server.single().intervene(call -> {
            arrived.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            Future<?> writing = callers.submit(() -> write(store, entry("llama", "v2")));
            arrived.await(10, TimeUnit.SECONDS);
            Future<?> waiting = callers.submit(() -> write(store, entry("mistral", "7b")));
            store.close();
            store.close();
            for (Future<?> future : new Future<?>[] {writing, waiting}) {
                assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(SourceUnavailableException.class);
            }
            Threads.assertNoneLeft();
        } finally {
            over.countDown();
            callers.shutdownNow();
        }
    }

    @Test
    void startsNothingBeforeTheFirstCallAndNothingAfterTheLast() {
        ConfigMapEntryStore store = fixture.store();
        assertThat(Threads.ours()).isEmpty();
        assertThat(fixture.server.recorded()).isEmpty();
        store.close();
        assertThatThrownBy(store::list)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> write(store, entry("granite", "v1")))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("closed");
        assertThat(Threads.ours()).isEmpty();
    }

    @Test
    void namesItsThreadsWhichAreDaemons() throws Exception {
        fixture.store().list();
        assertThat(Threads.ours())
                .containsExactly(
                        "modelconnector-" + FIRST + "-store",
                        "modelconnector-" + FIRST + "-watch-configmaps-" + NAMESPACE);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("modelconnector-"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    void mayBeClosedByItsOwnCallback() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        store.onChange(store::close);
        write(store, entry("granite", "v1"));
        fixture.awaitWatch();
        keepOnly(fixture.store());
        await().untilAsserted(() -> assertThatThrownBy(store::list).hasMessageContaining("closed"));
    }

    @Test
    void doesNotLetItsCallbackWaitForItself() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        store.onChange(() -> thrown.add(catchThrowable(() -> write(store, entry("llama", "v2")))));
        write(store, entry("granite", "v1"));
        fixture.awaitWatch();
        keepOnly(fixture.store());
        assertThat(thrown.poll(10, TimeUnit.SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not wait");
    }

    @Test
    void warnsOnceWhileItCannotFollowAndSaysWhenItCan() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, entry("granite", "v1"));
        fixture.awaitWatch();
        try (LogProbe log = new LogProbe(ConfigMapEntryStore.class)) {
            fixture.server.breakConnections();
            await().until(() -> !log.lines().isEmpty());
            fixture.timing.wakeAll();
            fixture.server.mend();
            await().until(() -> {
                fixture.timing.wakeAll();
                return log.lines().size() > 1;
            });
            assertThat(log.lines().get(0)).startsWith("WARN ").contains(FIRST, "goes on with what it knows");
            assertThat(log.lines().get(1)).startsWith("INFO ").contains(FIRST, "again");
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void letsACallerGoThatIsInterrupted() throws Exception {
        fixture.server.hang("configmaps");
        ConfigMapEntryStore store = fixture.store();
        ExecutorService callers = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch begun = new CountDownLatch(1);
            Future<Boolean> interrupted = callers.submit(() -> {
                begun.countDown();
                try {
                    store.list();
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            });
            begun.await(10, TimeUnit.SECONDS);
            callers.shutdownNow();
            assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            callers.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "-x", "a_b"})
    void refusesNamesThatNoConfigMapHas(String name) {
        assertThatThrownBy(() -> fixture.store(builder -> builder.name(name)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("name was \"" + name + '"');
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> fixture.store(builder -> builder.maxMapBytes(999)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("maxMapBytes was 999, must be at least 1000 and at most 1048576");
        assertThatThrownBy(() -> fixture.store(builder -> builder.maxMapBytes(1_048_577)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> fixture.store(builder -> builder.maxCardBytes(-1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("maxCardBytes was -1");
        assertThatThrownBy(() -> fixture.store(builder -> builder.fillingDeadline(Duration.ZERO)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fillingDeadline");
        assertThatThrownBy(() -> fixture.store(builder -> builder.callTimeout(Duration.ZERO)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("callTimeout");
        assertThatThrownBy(() -> ConfigMapEntryStore.builder(fixture.server.client(), "Not A Namespace"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("namespace was");
    }
}
