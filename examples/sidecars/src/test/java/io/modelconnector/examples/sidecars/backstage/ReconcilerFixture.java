package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A store, a Backstage, and what keeps them alike, one pass at a time. */
final class ReconcilerFixture {
    final FakeBackstage backstage = new FakeBackstage();
    final WatchedStore entries = new WatchedStore();
    private final RequestWorkers workers = new RequestWorkers();
    private final OkHttpClient http =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    private LocationReconciler reconciler;

    ReconcilerFixture() {
        restart();
    }

    /** Forgets everything that only the process knows. */
    void restart() {
        restart(BASE);
    }

    /** Forgets everything that only the process knows, and takes another base for the locations. */
    void restart(URI base) {
        reconciler = new LocationReconciler(entries, new LocationTargets(base, "model-catalog.json"), workers);
    }

    PassResult pass() throws InterruptedException {
        HttpUrl url = HttpUrl.get(backstage.url());
        PushFailures failures = new PushFailures(url, () -> Instant.EPOCH);
        return reconciler.pass(new BackstageCatalog(
                new BackstageHttp(http, url, FakeBackstage.TOKEN, (upstream, outcome, took) -> {}, failures)));
    }

    /** Ends the threads. */
    void close() throws InterruptedException {
        workers.stop();
        assertThat(workers.awaitStop(10_000)).isTrue();
        http.connectionPool().evictAll();
        backstage.close();
    }
}
