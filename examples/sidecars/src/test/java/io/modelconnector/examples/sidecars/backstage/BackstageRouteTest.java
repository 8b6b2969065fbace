package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.store.InMemoryEntryStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackstageRouteTest {
    private final MockWebServer cluster = new MockWebServer();
    private ApiClient client;

    @BeforeEach
    void start() throws IOException {
        cluster.start();
        client = new ClientBuilder()
                .setBasePath("http://127.0.0.1:" + cluster.getPort())
                .setAuthentication(new AccessTokenAuthentication("Y2x1c3Rlcg"))
                .build();
    }

    @AfterEach
    void stop() {
        client.getHttpClient().dispatcher().executorService().shutdown();
        client.getHttpClient().connectionPool().evictAll();
        cluster.close();
    }

    private BackstageRoute route() {
        return new BackstageRoute(client, "ai-rhdh");
    }

    private void lists(String... routes) {
        cluster.enqueue(answer(200, "{\"kind\":\"RouteList\",\"items\":[" + String.join(",", routes) + "]}"));
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private static String route(String name, String label, String status) {
        return """
                {"metadata": {"name": "%s", "namespace": "ai-rhdh", "labels": {"app.kubernetes.io/name": "%s"}},
                 "spec": {"host": "not-this-one.example.com"}, "status": %s}
                """.formatted(name, label, status);
    }

    private static String admitted(String host) {
        return "{\"ingress\": [{\"host\": \"" + host + "\", \"routerName\": \"default\"}]}";
    }

    @Test
    void findsTheRouteByItsLabel() throws Exception {
        lists(
                "{\"metadata\": {\"name\": \"unlabelled\"}}",
                route("model-registry", "model-registry", admitted("registry.apps.example.com")),
                route("rhdh", "redhat-backstage-hub", admitted("rhdh.apps.example.com")));

        assertThat(route().find()).isEqualTo(URI.create("https://rhdh.apps.example.com"));

        RecordedRequest request = cluster.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/apis/route.openshift.io/v1/namespaces/ai-rhdh/routes");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer Y2x1c3Rlcg");
    }

    @Test
    void takesTheLastByNameThatWasAdmitted() throws Exception {
        lists(
                route("rhdh-b", "backstage", admitted("b.apps.example.com")),
                route("rhdh-c", "backstage", "{}"),
                route("rhdh-a", "backstage", admitted("a.apps.example.com")));

        assertThat(route().find()).isEqualTo(URI.create("https://b.apps.example.com"));
    }

    @Test
    void saysWhatToDoWhenThereIsNone() {
        lists();
        fails(SourceUnavailableException.class, "namespace ai-rhdh", "app.kubernetes.io/name", "BKSTG_URL");

        lists(route("rhdh", "backstage", "{\"ingress\": []}"));
        fails(SourceUnavailableException.class, "no router has admitted", "BKSTG_URL");
    }

    @Test
    void saysWhatToDoWhenItCannotLook() {
        cluster.enqueue(answer(404, "404 page not found"));
        fails(SourceUnavailableException.class, "no Routes", "BKSTG_URL");

        cluster.enqueue(answer(403, "{}"));
        fails(SourceRejectedException.class, "403", "list routes.route.openshift.io");

        cluster.enqueue(answer(500, "{}"));
        fails(SourceUnavailableException.class, "500");

        cluster.enqueue(answer(200, "<html>"));
        fails(MalformedResponseException.class, "JSON");

        lists(route("rhdh", "backstage", admitted("rhdh/../x")));
        fails(MalformedResponseException.class, "no valid host");

        cluster.enqueue(answer(200, "{}"));
        fails(MalformedResponseException.class, "no list");

        cluster.close();
        fails(SourceUnavailableException.class, "is the API server up?");
    }

    @Test
    void saysThatTheNamespaceIsMissing() {
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> new BackstageRoute(client, null).find())
                .withMessageContaining("POD_NAMESPACE");
        assertThat(cluster.getRequestCount()).isZero();
    }

    @Test
    void isAskedAgainUntilItIsFoundAndAfterBackstageFailed() throws Exception {
        SteppedTiming timing = new SteppedTiming();
        lists();
        lists(route("rhdh", "backstage", admitted("127.0.0.1")));
        lists(route("rhdh", "backstage", admitted("127.0.0.1")));
        try (BackstagePush push = BackstagePush.builder(
                        new InMemoryEntryStore(),
                        BASE,
                        new BackstageSettings(true, null, FakeBackstage.TOKEN, "ai-rhdh", null))
                .cluster(client)
                .timing(timing)
                .build()) {
            push.start();
            timing.next();
            assertThat(push.health().status()).isEqualTo(HealthStatus.DOWN);
            assertThat(push.health().failure()).contains("Route in namespace ai-rhdh");

            timing.afterThat();
            assertThat(push.health().failure()).contains("https://127.0.0.1/");
            timing.afterThat();
            assertThat(cluster.getRequestCount()).isEqualTo(3);
        }
    }

    @Test
    void isGivenUpWhenThePushIsClosed() throws Exception {
        cluster.enqueue(new MockResponse.Builder()
                .body("{}")
                .headersDelay(1, TimeUnit.MINUTES)
                .build());
        BackstagePush push = BackstagePush.builder(
                        new InMemoryEntryStore(),
                        BASE,
                        new BackstageSettings(true, null, FakeBackstage.TOKEN, "ai-rhdh", null))
                .cluster(client)
                .build();
        try (push) {
            push.start();
            assertThat(cluster.takeRequest(10, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("modelconnector-backstage"));
    }

    private void fails(Class<? extends ConnectorException> type, String... words) {
        assertThatExceptionOfType(type)
                .isThrownBy(() -> route().find())
                .satisfies(e -> assertThat(e.getMessage()).contains(List.of(words)));
    }
}
