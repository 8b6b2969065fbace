package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static io.modelconnector.examples.sidecars.backstage.Entries.GRANITE;
import static io.modelconnector.examples.sidecars.backstage.Entries.LLAMA;
import static io.modelconnector.examples.sidecars.backstage.Entries.MISTRAL;
import static io.modelconnector.examples.sidecars.backstage.Entries.entry;
import static io.modelconnector.examples.sidecars.backstage.Entries.noted;
import static io.modelconnector.examples.sidecars.backstage.Entries.store;
import static io.modelconnector.examples.sidecars.backstage.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreUpdate;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocationReconcilerTest {
    private static final URI OTHER_BASE = URI.create("http://localhost:9090");

    private final WatchedStore entries = new WatchedStore();
    private final RequestWorkers workers = new RequestWorkers();
    private final OkHttpClient http = new OkHttpClient();
    private FakeBackstage backstage;
    private LocationReconciler reconciler;

    @BeforeEach
    void start() throws Exception {
        backstage = new FakeBackstage();
        restart();
    }

    @AfterEach
    void stop() throws Exception {
        workers.stop();
        assertThat(workers.awaitStop(10_000)).isTrue();
        backstage.close();
        http.connectionPool().evictAll();
    }

    /** Forgets everything that only the process knows. */
    private void restart() {
        restart(BASE);
    }

    private void restart(URI base) {
        reconciler = new LocationReconciler(entries, new LocationTargets(base, "model-catalog.json"), workers);
    }

    private PassResult pass() throws InterruptedException {
        HttpUrl url = HttpUrl.get(backstage.url());
        PushFailures failures = new PushFailures(url, () -> Instant.EPOCH);
        return reconciler.pass(new BackstageCatalog(
                new BackstageHttp(http, url, FakeBackstage.TOKEN, (upstream, outcome, took) -> {}, failures)));
    }

    @Test
    void registersALocationForEachEntryAndNotesItsId() throws Exception {
        store(entries, GRANITE, MISTRAL);

        PassResult result = pass();

        assertThat(result)
                .isEqualTo(new PassResult(Set.of(GRANITE.importKey(), MISTRAL.importKey()), 0, Set.of(), null));
        assertThat(backstage.targets())
                .containsExactly(
                        "http://bridge.models.svc:9090/granite-3.1-8b-instruct/v1/model-catalog.json",
                        "http://bridge.models.svc:9090/mistral_small/2503/model-catalog.json");
        assertThat(backstage.locations()).extracting(CatalogLocation::type).containsOnly("rhdh-rhoai-bridge");
        assertThat(noted(entries, GRANITE))
                .isEqualTo(new PortalRegistration(backstage.idOf(target(GRANITE)), target(GRANITE), true));
        assertThat(entries.notes()).isOne();
    }

    @Test
    void asksOnceAndWritesNothingWhenNothingChanged() throws Exception {
        store(entries, GRANITE, LLAMA);
        pass();
        backstage.forgetRequests();

        pass();
        restart();
        pass();

        assertThat(backstage.count("")).isEqualTo(2);
        assertThat(backstage.count("GET")).isEqualTo(2);
        assertThat(entries.notes()).isOne();
    }

    @Test
    void registersAgainWhatBackstageForgot() throws Exception {
        store(entries, GRANITE, LLAMA);
        pass();
        String before = noted(entries, GRANITE).locationId();
        backstage.losesItsDatabase();

        pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        assertThat(noted(entries, GRANITE).locationId())
                .isEqualTo(backstage.idOf(target(GRANITE)))
                .isNotEqualTo(before);
    }

    @Test
    void notesTheIdOfALocationThatWasRegisteredRightBeforeTheProcessEnded() throws Exception {
        store(entries, GRANITE);
        entries.isUnwritable(true);
        assertThat(pass().failure()).hasMessageContaining("writing the ConfigMap");
        entries.isUnwritable(false);
        restart();
        backstage.forgetRequests();

        pass();

        assertThat(backstage.count("POST")).isZero();
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void notesTheIdOfAnEntryThatWasStoredAnew() throws Exception {
        store(entries, GRANITE);
        pass();
        store(entries, LLAMA);
        store(entries, LLAMA, GRANITE);
        assertThat(noted(entries, GRANITE)).isEqualTo(PortalRegistration.NONE);

        pass();

        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void deletesTheLocationOfAnEntryThatIsGoneOnceItWasFoundTwice() throws Exception {
        store(entries, GRANITE, LLAMA);
        pass();
        store(entries, GRANITE);

        PassResult first = pass();
        assertThat(first.leftover()).containsExactly(backstage.idOf(target(LLAMA)));
        PassResult second = pass();

        assertThat(second.leftover()).isEmpty();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void keepsALocationWhoseEntryIsThereAtTheSecondLook() throws Exception {
        store(entries, GRANITE);
        backstage.has(CatalogLocation.TYPE, target(LLAMA));
        pass();
        store(entries, GRANITE, LLAMA);

        pass();
        pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        assertThat(backstage.count("DELETE")).isZero();
    }

    @Test
    void deletesNothingWhileTheStoreIsBeingFilled() throws Exception {
        backstage.has(CatalogLocation.TYPE, target(LLAMA));
        entries.write(StoreUpdate.of(List.of(entry(GRANITE))));

        pass();
        pass();
        pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
    }

    @Test
    void deletesWhatWentWhileBackstageWasDownAndTheProcessEnded() throws Exception {
        store(entries, GRANITE, LLAMA);
        pass();
        backstage.isDown();
        store(entries, GRANITE);
        assertThat(pass().failure()).isNotNull();
        restart();
        assertThat(pass().failure()).isNotNull();
        backstage.isUp();

        pass();
        pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void leavesTheLocationsOfOthersAlone() throws Exception {
        store(entries, GRANITE);
        backstage.has("url", target(LLAMA));
        backstage.has(CatalogLocation.TYPE, "http://bridge.models.svc:90901/llama/v1/model-catalog.json");
        backstage.has(CatalogLocation.TYPE, BASE + "/team-b/llama/v1/model-catalog.json");
        backstage.has("url", "https://github.example.com/shop/blob/main/catalog-info.yaml");

        pass();
        pass();

        assertThat(backstage.locations()).hasSize(5);
        assertThat(backstage.count("DELETE")).isZero();
    }

    @Test
    void replacesLocationsWhenTheBaseOrTheFormatHasChanged() throws Exception {
        restart(OTHER_BASE);
        store(entries, GRANITE);
        pass();
        backstage.has(CatalogLocation.TYPE, BASE + GRANITE.path("catalog-info.yaml"));
        restart();

        pass();
        assertThat(backstage.locations()).hasSize(3);
        restart();
        pass();
        pass();

        assertThat(backstage.targets()).containsExactly(target(GRANITE));
        assertThat(noted(entries, GRANITE))
                .isEqualTo(new PortalRegistration(backstage.idOf(target(GRANITE)), target(GRANITE), true));
    }

    @Test
    void replacesALocationThatTheExistingConnectorRegisteredUnderAnotherType() throws Exception {
        store(entries, GRANITE);
        CatalogLocation other = backstage.has("url", target(GRANITE));
        entries.write(
                StoreUpdate.of(Map.of(GRANITE.importKey(), new PortalRegistration(other.id(), other.target(), true))));

        pass();
        pass();

        assertThat(backstage.locations()).extracting(CatalogLocation::type).containsExactly(CatalogLocation.TYPE);
    }

    @Test
    void doesNotDeleteAnothersLocationThatHasTheIdOfOneThatWasForgotten() throws Exception {
        store(entries, GRANITE);
        pass();
        String id = noted(entries, GRANITE).locationId();
        backstage.losesItsDatabase();
        backstage.has(new CatalogLocation(id, "url", "https://git.example.com/shop/catalog-info.yaml"));

        pass();
        pass();

        assertThat(backstage.locations()).hasSize(2);
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void takesTheIdThatAnotherReplicaGotMeanwhile() throws Exception {
        store(entries, GRANITE);
        backstage.afterNextList(() -> backstage.has(CatalogLocation.TYPE, target(GRANITE)));

        PassResult result = pass();

        assertThat(result.failure()).isNull();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
        assertThat(noted(entries, GRANITE).locationId()).isEqualTo(backstage.idOf(target(GRANITE)));
    }

    @Test
    void registersTheOthersWhenOneIsRefused() throws Exception {
        store(entries, GRANITE, LLAMA, MISTRAL);
        backstage.has(CatalogLocation.TYPE, target(new EntryKey("phi-4", "v1")));
        pass();
        backstage.losesItsDatabase();
        backstage.has(CatalogLocation.TYPE, target(new EntryKey("phi-4", "v2")));
        backstage.fails((method, path, body) -> body.contains("llama") ? FakeBackstage.Answer.status(400) : null);

        pass();
        PassResult result = pass();

        assertThat(result.failure()).hasMessageContaining("answered 400").hasMessageContaining("rhdh-rhoai-bridge");
        assertThat(result.missing()).isOne();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(MISTRAL));
    }

    @Test
    void doesNotTryAllWhenEachOneIsRefused() throws Exception {
        store(entries, many(200));
        backstage.fails((method, path, body) -> method.equals("POST") ? FakeBackstage.Answer.status(400) : null);

        PassResult result = pass();

        assertThat(result.failure()).hasMessageContaining("answered 400");
        assertThat(result.missing()).isEqualTo(200);
        assertThat(backstage.count("POST")).isBetween(10L, 14L);
    }

    @Test
    void notesWhatWasRegisteredBeforeBackstageFailed() throws Exception {
        store(entries, many(100));
        backstage.fails((method, path, body) ->
                method.equals("POST") && backstage.locations().size() >= 40 ? FakeBackstage.Answer.status(503) : null);

        PassResult result = pass();

        int registered = result.registered().size();
        assertThat(registered).isBetween(40, 44);
        assertThat(result.missing()).isEqualTo(100 - registered);
        for (String key : result.registered()) {
            assertThat(entries.fetch(key).orElseThrow().registration().valid()).isTrue();
        }
        backstage.isUp();
        assertThat(pass().registered()).hasSize(100);
        assertThat(backstage.locations()).hasSize(100);
    }

    @Test
    void asksForNoMoreThanFourThingsAtOnce() throws Exception {
        store(entries, many(60));
        CountDownLatch four = new CountDownLatch(4);
        backstage.fails((method, path, body) -> {
            if (method.equals("POST")) {
                four.countDown();
                awaitAll(four);
            }
            return null;
        });

        pass();

        assertThat(backstage.mostAtOnce()).isEqualTo(4);
        assertThat(entries.notes()).isOne();
    }

    @Test
    void countsWhatWaitsWhileBackstageIsDown() throws Exception {
        store(entries, GRANITE);
        pass();
        backstage.isDown();
        store(entries, GRANITE, LLAMA, MISTRAL);

        PassResult result = pass();

        assertThat(result.failure()).hasMessageContaining("listing the locations in Backstage at http://127.0.0.1");
        assertThat(result.registered()).containsExactly(GRANITE.importKey());
        assertThat(result.missing()).isEqualTo(2);
    }

    @Test
    void doesNothingWhileTheStoreCannotBeRead() throws Exception {
        store(entries, GRANITE);
        pass();
        entries.isUnreadable(true);

        PassResult result = pass();
        pass();

        assertThat(result.failure()).hasMessageContaining("reading the ConfigMap");
        assertThat(result.registered()).containsExactly(GRANITE.importKey());
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    @Test
    void asksForEachLocationWhereBackstageDoesNotListThem() throws Exception {
        backstage.doesNotList();
        store(entries, GRANITE, LLAMA);
        pass();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));
        backstage.forgetRequests();

        pass();
        assertThat(backstage.count("POST")).isZero();
        restart();
        assertThat(pass().failure()).isNull();
        assertThat(backstage.count("POST")).isZero();

        backstage.losesItsDatabase();
        pass();
        assertThat(backstage.targets()).containsExactly(target(GRANITE), target(LLAMA));

        store(entries, LLAMA);
        pass();
        pass();
        assertThat(backstage.targets()).containsExactly(target(LLAMA));
    }

    @Test
    void saysWhatToAllowWhenBackstageHidesItsLocations() throws Exception {
        store(entries, GRANITE);
        pass();
        backstage.hidesLocations();

        PassResult result = pass();

        assertThat(result.failure())
                .hasMessageContaining("exist, but they are not shown")
                .hasMessageContaining("accessRestrictions");
        assertThat(noted(entries, GRANITE).locationId()).isNotEmpty();
        assertThat(backstage.targets()).containsExactly(target(GRANITE));
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EntryKey[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new EntryKey("granite-tuned-" + number, "v1"))
                .toArray(EntryKey[]::new);
    }
}
