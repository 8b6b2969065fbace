package io.modelconnector.rhoai.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.rhoai.fake.FakeRegistry;
import io.modelconnector.rhoai.fake.FakeServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientLifecycleTest {
    private static final String NAME = "lifecycle";

    private final FakeRegistry registry = FakeRegistry.current().models(200);
    private final List<String> outcomes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        registry.close();
    }

    private ModelRegistryClient.Builder builder() {
        return ModelRegistryClient.builder(NAME, registry.base())
                .listener((upstream, outcome, took) -> outcomes.add(outcome));
    }

    /** A pool has ended a moment before the last of its threads has. */
    private static void assertNoThreads() {
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("modelconnector-rhoai-" + NAME))
                .toList();
    }

    @Test
    void startsNoThreadBeforeItsFirstRequestAndLeavesNoneBehind() throws Exception {
        try (ModelRegistryClient client = builder().build()) {
            assertThat(threads()).isEmpty();
            client.contents();
            assertThat(threads()).isNotEmpty();
        }
        assertNoThreads();
    }

    @Test
    void asksForEightThingsAtOnceAndNoMore() throws Exception {
        try (ModelRegistryClient client = builder().build()) {
            client.artifacts(IntStream.rangeClosed(1, 200)
                    .mapToObj(i -> Integer.toString(2 * i))
                    .toList());
        }
        assertThat(registry.takePaths()).hasSize(200);
        assertThat(registry.mostAtOnce()).isBetween(2, 8);
    }

    @Test
    void asksForFewerThingsAtOnceWhenToldSo() throws Exception {
        try (ModelRegistryClient client = builder()
                .settings(HttpSettings.builder().requestsAtOnce(1).build())
                .build()) {
            client.contents();
        }
        assertThat(registry.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void endsAtOnceWhenItsCallerIsInterrupted() throws Exception {
        FakeServer.Hold hold = registry.hold("registered_models");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (ModelRegistryClient client = builder().build()) {
            Thread caller = new Thread(() -> {
                try {
                    client.registeredModels();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            caller.start();
            hold.awaitArrival();
            caller.interrupt();
            caller.join(10_000);
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            await().untilAsserted(() -> assertThat(outcomes).containsExactly("cancelled"));
            hold.release();
            assertThat(client.modelVersions().items()).as("the client goes on").hasSize(200);
        } finally {
            hold.release();
        }
    }

    @Test
    void endsAtOnceWhenItsCallerIsInterruptedBetweenTries() throws Exception {
        registry.fail("registered_models", 503);
        CountDownLatch sleeping = new CountDownLatch(1);
        RetryTiming timing = new RetryTiming(
                time -> {
                    sleeping.countDown();
                    TimeUnit.MINUTES.sleep(5);
                },
                () -> 0.5,
                java.time.Clock.systemUTC());
        try (ModelRegistryClient client = builder().timing(timing).build()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    client.registeredModels();
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            caller.start();
            assertThat(sleeping.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join(10_000);
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
        assertNoThreads();
    }

    @Test
    void releasesItsCallersWhenItIsClosed() throws Exception {
        FakeServer.Hold hold = registry.hold("artifacts");
        try {
            ModelRegistryClient client = builder().build();
            CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
                try {
                    return client
                            .artifacts(IntStream.range(0, 50)
                                    .mapToObj(Integer::toString)
                                    .toList())
                            .values()
                            .stream()
                            .map(Outcome::failure)
                            .reduce((a, b) -> b)
                            .orElseThrow();
                } catch (SourceUnavailableException | InterruptedException e) {
                    return e;
                }
            });
            hold.awaitArrival();
            client.close();
            assertThat(thrown.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("closed");
        } finally {
            hold.release();
        }
        assertNoThreads();
    }

    @Test
    void refusesToWorkAfterItWasClosedAndMayBeClosedTwice() {
        ModelRegistryClient client = builder().build();
        client.close();
        client.close();
        assertThatThrownBy(client::registeredModels)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void givesUpACallThatTakesTooLong() {
        FakeServer.Hold hold = registry.hold("registered_models");
        HttpSettings settings = HttpSettings.builder()
                .callTimeout(Duration.ofMillis(100))
                .retries(0)
                .build();
        try (ModelRegistryClient client = builder().settings(settings).build()) {
            assertThatThrownBy(client::registeredModels)
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining("no answer in time");
        } finally {
            hold.release();
        }
    }

    @Test
    void usesTheCallersClientAndLeavesItOpen() throws Exception {
        OkHttpClient borrowed = new OkHttpClient();
        try {
            try (ModelRegistryClient client = builder().httpClient(borrowed).build()) {
                client.registeredModels();
            }
            assertThat(borrowed.connectionPool().connectionCount()).isEqualTo(1);
            assertThat(borrowed.dispatcher().executorService().isShutdown()).isFalse();
        } finally {
            borrowed.dispatcher().executorService().shutdown();
            borrowed.connectionPool().evictAll();
        }
    }

    @Test
    void showsNoSecretInItsText() {
        try (ModelRegistryClient client =
                builder().bearerToken(() -> "top-secret-token").build()) {
            assertThat(client.toString()).contains(NAME).doesNotContain("top-secret-token");
        }
    }
}
