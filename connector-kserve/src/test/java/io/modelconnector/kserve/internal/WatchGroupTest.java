package io.modelconnector.kserve.internal;

import static io.modelconnector.kserve.internal.WatchFixture.PLURAL;
import static io.modelconnector.kserve.internal.WatchFixture.RESOURCE;
import static io.modelconnector.kserve.internal.WatchFixture.object;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming;
import io.modelconnector.kserve.testing.Threads;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.logging.HttpLoggingInterceptor;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Threads, connections and the borrowed client. */
class WatchGroupTest {
    @Test
    void startsNothingBeforeItIsStarted() {
        try (FakeApiServer server = FakeApiServer.start()) {
            WatchGroup group = group(server.client(), () -> {});
            group.add(WatchScope.of(RESOURCE, null), "LLMInferenceService", WatchFixture::read);
            assertThat(Threads.ours()).isEmpty();
            group.close();
            group.start();
            assertThat(Threads.ours()).isEmpty();
            assertThat(server.recorded()).isEmpty();
        }
    }

    @Test
    void namesItsThreadsWhichAreDaemons() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            fixture.start();
            fixture.awaitWatch();
            assertThat(Threads.ours()).containsExactly("modelconnector-test-watch-" + PLURAL);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("modelconnector-"))
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void endsItsThreadsWhileAWatchIsOpen() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            fixture.start();
            fixture.awaitWatch();
            fixture.group().close();
            assertThat(Threads.ours()).isEmpty();
            fixture.group().close();
        }
    }

    @Test
    void endsItsThreadsWhileAWatchPauses() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            fixture.server.refuse(PLURAL, 403);
            fixture.start();
            fixture.timing.nextPause();
            fixture.group().close();
            assertThat(Threads.ours()).isEmpty();
        }
    }

    @Test
    void endsItsThreadsWhileAListHangs() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            fixture.server.hang(PLURAL);
            fixture.start();
            await().until(() -> !fixture.server.requests(PLURAL).isEmpty());
            fixture.group().close();
            assertThat(Threads.ours()).isEmpty();
        }
    }

    @Test
    void canBeClosedByItsOwnCallback() {
        try (FakeApiServer server = FakeApiServer.start()) {
            WatchGroup[] self = new WatchGroup[1];
            self[0] = group(server.client(), () -> self[0].close());
            self[0].add(WatchScope.of(RESOURCE, null), "LLMInferenceService", WatchFixture::read);
            self[0].start();
            Threads.assertNoneLeft();
        }
    }

    @Test
    void survivesACallbackThatThrows() {
        try (FakeApiServer server = FakeApiServer.start();
                WatchGroup group = group(server.client(), () -> {
                    throw new IllegalStateException("broken callback");
                })) {
            ResourceWatch<String> watch =
                    group.add(WatchScope.of(RESOURCE, null), "LLMInferenceService", WatchFixture::read);
            group.start();
            await().until(() -> !server.watches(PLURAL).isEmpty());
            server.apply(PLURAL, object("ml-prod", "granite", "genai"));
            await().until(() -> watch.state().objects().size() == 1);
        }
    }

    @Test
    void leavesTheBorrowedClientAsItWas() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            ApiClient client = fixture.server.client();
            OkHttpClient before = client.getHttpClient();
            fixture.start(client, Duration.ofMinutes(2), WatchScope.of(RESOURCE, null));
            fixture.awaitWatch();

            assertThat(client.getHttpClient()).isSameAs(before);
            assertThat(before.connectionPool().connectionCount()).isZero();
            fixture.group().close();
            assertThat(before.dispatcher().executorService().isShutdown()).isFalse();
        }
    }

    @Test
    void followsChangesThoughTheClientLogsBodies() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            HttpLoggingInterceptor logging = new HttpLoggingInterceptor(message -> {});
            logging.setLevel(HttpLoggingInterceptor.Level.BODY);
            ApiClient client = fixture.server.client();
            client.setHttpClient(client.getHttpClient()
                    .newBuilder()
                    .addInterceptor(logging)
                    .addNetworkInterceptor(logging)
                    .build());
            fixture.start(client, Duration.ofMinutes(2), WatchScope.of(RESOURCE, null));
            fixture.awaitWatch();
            fixture.server.apply(PLURAL, object("ml-prod", "granite", "genai"));
            fixture.awaitObjects("granite of genai");
        }
    }

    @Test
    void followsChangesOverHttp2() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.startHttp2())) {
            fixture.start();
            fixture.awaitWatch();
            fixture.server.apply(PLURAL, object("ml-prod", "granite", "genai"));
            fixture.awaitObjects("granite of genai");
            fixture.group().close();
            assertThat(Threads.ours()).isEmpty();
        }
    }

    @Test
    void authenticatesAsTheClientDoes() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.start())) {
            ApiClient client = fixture.server.client();
            client.setApiKeyPrefix("Bearer");
            client.setApiKey("sha256~abc");
            fixture.start(client, Duration.ofMinutes(2), WatchScope.of(RESOURCE, null));
            fixture.awaitWatch();
            assertThat(fixture.server.recorded())
                    .allMatch(request ->
                            "Bearer sha256~abc".equals(request.getHeaders().get("Authorization")));
        }
    }

    @Test
    void trustsWhatTheClientTrusts() {
        HeldCertificate certificate = FakeApiServer.certificate();
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.startTls(certificate))) {
            ApiClient client = fixture.server.client();
            client.setSslCaCert(
                    new ByteArrayInputStream(certificate.certificatePem().getBytes(StandardCharsets.US_ASCII)));
            fixture.start(client, Duration.ofMinutes(2), WatchScope.of(RESOURCE, null));
            fixture.awaitPhase(Phase.SYNCED);
        }
    }

    @Test
    void saysHowToTrustACertificate() {
        try (WatchFixture fixture = new WatchFixture(FakeApiServer.startTls(FakeApiServer.certificate()))) {
            fixture.start();
            fixture.timing.nextPause();
            assertThat(fixture.state().failure())
                    .isInstanceOf(SourceUnavailableException.class)
                    .hasMessageContaining(fixture.server.url())
                    .hasMessageContaining("its certificate is not trusted; give the cluster's CA");
        }
    }

    @Test
    void wantsAClientWithAUrl() {
        ApiClient client = new ApiClient().setBasePath("api.example.com");
        assertThatThrownBy(() -> ClusterApi.checked(client))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the ApiClient's basePath was \"api.example.com\", must be the URL of the API server, like"
                        + " https://api.example.com:6443");
    }

    private static WatchGroup group(ApiClient client, Runnable changed) {
        WatchSettings settings = new WatchSettings(Duration.ofSeconds(10), Duration.ofMinutes(2), new ManualTiming());
        return new WatchGroup("test", client, settings, changed);
    }
}
