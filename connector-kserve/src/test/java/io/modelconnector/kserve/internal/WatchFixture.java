package io.modelconnector.kserve.internal;

import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A watch of labelled objects, an API server, and time that the test drives. */
final class WatchFixture implements AutoCloseable {
    static final String PLURAL = "llminferenceservices";
    static final ClusterResource RESOURCE =
            new ClusterResource("serving.kserve.io", List.of("v1alpha2", "v1alpha1"), PLURAL, false);

    final FakeApiServer server;
    final ManualTiming timing = new ManualTiming();
    final AtomicInteger changes = new AtomicInteger();
    private @Nullable WatchGroup group;
    private @Nullable ResourceWatch<String> watch;

    WatchFixture(FakeApiServer server) {
        this.server = server;
    }

    /** Keeps the names of the objects, and of their label "team"; those without the label are of no interest. */
    static @Nullable String read(Fields object) {
        Fields metadata = object.object("metadata");
        String team = metadata.object("labels").text("team");
        return team == null ? null : metadata.required("name") + " of " + team;
    }

    static String object(String namespace, String name, String team) {
        return "{metadata: {namespace: '" + namespace + "', name: '" + name + "', labels: {team: '" + team + "'}}}";
    }

    void start() {
        start(server.client(), Duration.ofMinutes(2), WatchScope.of(RESOURCE, null));
    }

    void start(ApiClient client, Duration idleTimeout, WatchScope scope) {
        WatchSettings settings = new WatchSettings(Duration.ofSeconds(10), idleTimeout, timing);
        group = new WatchGroup("test", client, settings, changes::incrementAndGet);
        watch = group.add(scope, "LLMInferenceService", WatchFixture::read);
        group.start();
    }

    WatchGroup group() {
        return group;
    }

    WatchState<String> state() {
        return watch.state();
    }

    /** Waits for the watch to be open, since events from before would come as part of the list. */
    void awaitWatch() {
        awaitWatches(1);
    }

    void awaitWatches(int count) {
        await().until(() ->
                server.requests(PLURAL).stream().filter(FakeApiServer::isWatch).count() >= count);
        await().until(() -> !server.watches(PLURAL).isEmpty());
    }

    void awaitObjects(String... objects) {
        await().untilAsserted(() -> assertThat(state().objects()).containsExactlyInAnyOrder(objects));
    }

    void awaitPhase(Phase phase) {
        await().untilAsserted(() -> assertThat(state().phase()).isEqualTo(phase));
    }

    @Override
    public void close() {
        if (group != null) {
            group.close();
        }
        server.close();
        Threads.assertNoneLeft();
    }
}
