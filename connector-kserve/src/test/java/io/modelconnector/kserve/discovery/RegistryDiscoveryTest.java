package io.modelconnector.kserve.discovery;

import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming;
import io.modelconnector.kserve.testing.ManualTiming.Pause;
import io.modelconnector.kserve.testing.Threads;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryDiscoveryTest {
    private final FakeApiServer server = FakeApiServer.start();
    private final ManualTiming timing = new ManualTiming();
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private RegistryDiscovery discovery =
            RegistryDiscovery.builder(server.client()).build();

    @AfterEach
    void close() {
        discovery.close();
        discovery.close();
        server.close();
        Threads.assertNoneLeft();
    }

    @Test
    void findsRegistriesAndCatalog() throws Exception {
        server.apply("routes", route("registries", "public-https", "public.example.com"));
        server.apply("routes", route("registries", "model-catalog-https", "catalog.example.com"));
        server.apply("services", service("kubeflow", "team", "model-registry"));
        server.apply("routes", "{metadata: {namespace: 'shop', name: 'shop'}}");
        server.apply("services", "{metadata: {namespace: 'shop', name: 'shop', labels: {component: 'web'}}}");

        assertThat(start(builder -> builder)).isTrue();

        assertThat(discovery.registries())
                .containsExactly(
                        new DiscoveredService("public", "registries", URI.create("https://public.example.com")),
                        new DiscoveredService("team", "kubeflow", URI.create("https://team.kubeflow.svc:8443")));
        assertThat(discovery.catalog())
                .contains(new DiscoveredService(
                        "model-catalog", "registries", URI.create("https://catalog.example.com")));
        assertThat(discovery.problems()).isEmpty();
        assertThat(server.requests("routes"))
                .allMatch(url -> "app.kubernetes.io/managed-by=model-registry-operator"
                        .equals(url.queryParameter("labelSelector")));
        assertThat(server.requests("services"))
                .allMatch(url ->
                        "component in (model-registry,model-catalog)".equals(url.queryParameter("labelSelector")));
    }

    @Test
    void announcesARegistryThatAppearsMovesAndGoes() throws Exception {
        start(builder -> builder);
        await().until(() -> !server.watches("routes").isEmpty());
        server.apply("routes", route("registries", "public-https", "public.example.com"));
        awaitAnnounced(() -> discovery.registries().size() == 1);
        server.apply("routes", route("registries", "public-https", "moved.example.com"));
        awaitAnnounced(() -> discovery.registries().get(0).baseUri().getHost().equals("moved.example.com"));
        server.delete("routes", "registries", "public-https");
        awaitAnnounced(() -> discovery.registries().isEmpty());
        server.apply("routes", route("registries", "model-catalog-https", "catalog.example.com"));
        awaitAnnounced(() -> discovery.catalog().isPresent());
        server.delete("routes", "registries", "model-catalog-https");
        awaitAnnounced(() -> discovery.catalog().isEmpty());
    }

    @Test
    void findsNothingInAClusterWithoutRoutesAndRegistries() throws Exception {
        server.serve("routes");
        assertThat(start(builder -> builder)).isTrue();
        assertThat(discovery.registries()).isEmpty();
        assertThat(discovery.catalog()).isEmpty();
        assertThat(discovery.problems()).isEmpty();
    }

    @Test
    void saysWhatIsForbiddenAndFindsTheRest() throws Exception {
        server.apply("routes", route("registries", "public-https", "public.example.com"));
        server.refuse("services", 403);

        assertThat(start(builder -> builder)).isTrue();

        assertThat(discovery.registries()).hasSize(1);
        assertThat(discovery.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("services");
            assertThat(problem.message())
                    .startsWith("listing services in all namespaces")
                    .contains("403");
        });
        Pause pause = timing.nextPause();
        server.mend();
        pause.end();
        awaitAnnounced(() -> discovery.problems().isEmpty());
    }

    @Test
    void keepsWhatItFoundWhileTheApiServerCannotBeReached() throws Exception {
        server.apply("routes", route("registries", "public-https", "public.example.com"));
        start(builder -> builder);
        await().until(() -> !server.watches("routes").isEmpty()
                && !server.watches("services").isEmpty());
        server.bookmark();
        server.breakConnections();

        awaitAnnounced(() -> discovery.problems().size() == 2);
        assertThat(discovery.registries()).hasSize(1);
        assertThat(discovery.problems())
                .extracting(Problem::item)
                .containsExactly("routes.route.openshift.io", "services");
    }

    @Test
    void looksForTheNamedRoutesWhateverTheirLabels() throws Exception {
        server.apply(
                "routes",
                "{metadata: {namespace: 'istio-system', name: 'mr-public-rest'}, status: {ingress: [{host:"
                        + " 'public.example.com'}]}}");
        server.apply("routes", route("registries", "team-https", "team.example.com"));
        server.apply("routes", route("registries", "model-catalog-https", "catalog.example.com"));

        start(builder -> builder.registryRoutes("mr-public-rest", " other:private "));

        assertThat(discovery.registries()).extracting(DiscoveredService::name).containsExactly("mr-public");
        assertThat(discovery.catalog()).isPresent();
        assertThat(discovery.problems()).extracting(Problem::item).containsExactly("Route other:private");
        assertThat(server.requests("routes"))
                .anyMatch(url -> url.encodedPath().endsWith("/namespaces/other/routes")
                        && "metadata.name=private".equals(url.queryParameter("fieldSelector")));
    }

    @Test
    void saysThatItCouldNotLookThroughEverythingInTime() throws Exception {
        server.apply("services", service("kubeflow", "team", "model-registry"));
        server.refuse("routes", 503);

        assertThat(start(builder -> builder.syncTimeout(Duration.ofMillis(1)))).isFalse();
        timing.nextPause();
        await().until(() -> !server.watches("services").isEmpty());

        assertThat(discovery.awaitSync()).isFalse();
        assertThat(discovery.registries()).hasSize(1);
        assertThat(discovery.problems()).extracting(Problem::item).containsExactly("routes.route.openshift.io");
    }

    @Test
    void publishesNothingBeforeItLookedThroughEverything() throws Exception {
        server.apply("services", service("kubeflow", "team", "model-registry"));
        server.refuse("routes", 503);
        discovery = RegistryDiscovery.builder(server.client()).timing(timing).build();
        discovery.start();
        await().until(() -> !server.watches("services").isEmpty());
        Pause pause = timing.nextPause();
        assertThat(discovery.registries()).isEmpty();
        assertThat(discovery.problems()).hasSize(1);
        server.mend();
        pause.end();
        await().until(() -> discovery.registries().size() == 1);
    }

    @Test
    void startsNothingBeforeItIsStarted() {
        assertThat(Threads.ours()).isEmpty();
        assertThat(server.recorded()).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        RegistryDiscovery.Builder builder = RegistryDiscovery.builder(server.client());
        assertThatThrownBy(() -> builder.registryRoutes("a", "x y"))
                .hasMessage("registryRoutes had \"x y\", must be the name of a Route, or its namespace and name as"
                        + " \"namespace:name\"");
        assertThatThrownBy(() -> builder.syncTimeout(Duration.ZERO))
                .hasMessage("syncTimeout was PT0S, must be positive");
    }

    private boolean start(UnaryOperator<RegistryDiscovery.Builder> settings) throws InterruptedException {
        discovery = settings.apply(RegistryDiscovery.builder(server.client()).timing(timing))
                .build();
        discovery.onChange(() -> changes.add(true));
        discovery.start();
        discovery.start();
        return discovery.awaitSync();
    }

    /** Looks when a change was announced, and only then, until it is the wanted one. */
    private void awaitAnnounced(BooleanSupplier wanted) throws InterruptedException {
        do {
            assertThat(changes.poll(10, TimeUnit.SECONDS))
                    .as("a change is announced")
                    .isNotNull();
        } while (!wanted.getAsBoolean());
    }

    private static String route(String namespace, String name, String host) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "', labels:"
                + " {'app.kubernetes.io/managed-by': 'model-registry-operator'}}, status: {ingress: [{host: '" + host
                + "'}]}}";
    }

    private static String service(String namespace, String name, String component) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "', labels: {component: '" + component
                + "'}}, spec: {ports: [{name: 'https-api', port: 8443}]}}";
    }
}
