package io.modelconnector.kserve.internal;

import static io.modelconnector.kserve.internal.WatchFixture.PLURAL;
import static io.modelconnector.kserve.internal.WatchFixture.RESOURCE;
import static io.modelconnector.kserve.internal.WatchFixture.object;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.source.Problem;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.WatchConnection;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listing and following, as long as the API server does its part. */
class ResourceWatchTest {
    private final WatchFixture fixture = new WatchFixture(FakeApiServer.start());
    private final FakeApiServer server = fixture.server;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsThenFollowsChanges() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitObjects("granite of genai");
        fixture.awaitWatch();

        server.apply(PLURAL, object("ml-prod", "llama", "genai"));
        fixture.awaitObjects("granite of genai", "llama of genai");
        server.apply(PLURAL, object("ml-prod", "llama", "chat"));
        fixture.awaitObjects("granite of genai", "llama of chat");
        server.delete(PLURAL, "ml-prod", "granite");
        fixture.awaitObjects("llama of chat");
        assertThat(server.lists(PLURAL)).hasSize(1);
    }

    @Test
    void announcesWhatChangedAndNothingElse() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        fixture.awaitPhase(Phase.SYNCED);
        int before = fixture.changes.get();

        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.apply(PLURAL, "{metadata: {namespace: 'ml-prod', name: 'unlabelled'}}");
        server.delete(PLURAL, "ml-prod", "unlabelled");
        server.bookmark();
        server.apply(PLURAL, object("ml-prod", "mistral", "genai"));

        fixture.awaitObjects("granite of genai", "mistral of genai");
        await().untilAsserted(() -> assertThat(fixture.changes).hasValue(before + 1));
    }

    @Test
    void readsAllPages() {
        server.pageSize(2);
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            server.apply(PLURAL, object("ml-prod", name, "genai"));
        }
        fixture.start();

        fixture.awaitObjects("a of genai", "b of genai", "c of genai", "d of genai", "e of genai");
        assertThat(server.lists(PLURAL)).hasSize(3).allMatch(url -> "500".equals(url.queryParameter("limit")));
    }

    @Test
    void listsAllAtOnceWhenThePageTokenIsTooOld() {
        server.pageSize(1);
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.apply(PLURAL, object("ml-prod", "llama", "genai"));
        server.answer(url -> url.queryParameter("continue") != null, url -> {
            server.compact();
            return null;
        });
        fixture.start();

        fixture.awaitObjects("granite of genai", "llama of genai");
        HttpUrl last = server.lists(PLURAL).get(2);
        assertThat(last.queryParameter("limit")).isNull();
        assertThat(last.queryParameter("continue")).isNull();
    }

    @Test
    void goesOnWhereAWatchEnded() {
        fixture.start();
        fixture.awaitWatch();
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.awaitObjects("granite of genai");
        server.watches(PLURAL).get(0).end();
        fixture.awaitWatches(2);
        server.apply(PLURAL, object("ml-prod", "llama", "genai"));

        fixture.awaitObjects("granite of genai", "llama of genai");
        assertThat(server.lists(PLURAL)).hasSize(1);
        assertThat(fixture.timing.hasNoPause()).isTrue();
    }

    @Test
    void goesOnWhereAWatchBrokeOff() {
        fixture.start();
        fixture.awaitWatch();
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.awaitObjects("granite of genai");
        server.watches(PLURAL).get(0).send("{\"type\":\"MODI");
        server.watches(PLURAL).get(0).breakOff();
        fixture.awaitWatches(2);
        server.delete(PLURAL, "ml-prod", "granite");

        fixture.awaitObjects();
        assertThat(server.lists(PLURAL)).hasSize(1);
        assertThat(fixture.state().phase()).isEqualTo(Phase.SYNCED);
    }

    @Test
    void bookmarksSpareANewListWhenThePastIsForgotten() {
        fixture.start();
        fixture.awaitWatch();
        server.compact();
        server.bookmark();
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.awaitObjects("granite of genai");
        server.watches(PLURAL).get(0).end();
        fixture.awaitWatches(2);

        assertThat(server.lists(PLURAL)).hasSize(1);
    }

    @Test
    void listsAnewWhenTheWatchIsTooOld() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.apply(PLURAL, object("ml-prod", "llama", "genai"));
        fixture.awaitObjects("granite of genai", "llama of genai");
        server.answer(url -> FakeApiServer.isWatch(url) && server.lists(PLURAL).size() == 1, url -> {
            server.delete(PLURAL, "ml-prod", "granite");
            server.compact();
            server.mend();
            return null;
        });
        server.watches(PLURAL).get(0).end();

        fixture.awaitObjects("llama of genai");
        assertThat(server.lists(PLURAL)).hasSize(2);
        assertThat(fixture.timing.hasNoPause()).isTrue();
    }

    @Test
    void listsAnewWhenTheWatchIsRefusedAsTooOld() {
        fixture.start();
        fixture.awaitWatch();
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.awaitObjects("granite of genai");
        server.answer(
                url -> FakeApiServer.isWatch(url) && server.lists(PLURAL).size() == 1,
                url -> FakeApiServer.status(410));
        server.watches(PLURAL).get(0).end();

        await().until(() -> server.lists(PLURAL).size() == 2);
        fixture.awaitWatches(3);
        assertThat(fixture.state().phase()).isEqualTo(Phase.SYNCED);
    }

    @Test
    void opensAWatchAnewThatIsSilent() {
        fixture.timing.endAllPauses();
        fixture.start(server.client(), Duration.ofSeconds(1), WatchScope.of(RESOURCE, null));
        fixture.awaitWatch();
        server.watches(PLURAL).forEach(WatchConnection::silence);
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));

        fixture.awaitObjects("granite of genai");
        assertThat(server.lists(PLURAL)).hasSize(1);
    }

    @Test
    void backsOffFromWatchesThatEndAtOnce() {
        server.answer(FakeApiServer::isWatch, url -> FakeApiServer.json(200, ""));
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(server.requests(PLURAL)).hasSize(3);
        assertThat(fixture.state().phase()).isEqualTo(Phase.SYNCED);
    }

    @Test
    void backsOffFromAServerThatForgetsAtOnce() {
        server.answer(FakeApiServer::isWatch, url -> FakeApiServer.status(410));
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(server.lists(PLURAL)).hasSize(2);
    }

    @Test
    void doesNotWaitForANewListAfterAWatchThatEndedEarly() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.answer(url -> FakeApiServer.isWatch(url) && server.lists(PLURAL).size() == 1, url -> {
            server.compact();
            return null;
        });
        server.watches(PLURAL).get(0).end();

        fixture.awaitWatches(3);
        assertThat(server.lists(PLURAL)).hasSize(2);
        assertThat(fixture.timing.hasNoPause()).isTrue();
    }

    @Test
    void forgivesAnotherEarlyEndAfterAWatchThatHadNews() {
        fixture.start();
        fixture.awaitWatch();
        server.watches(PLURAL).get(0).end();
        fixture.awaitWatches(2);
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.awaitObjects("granite of genai");
        server.watches(PLURAL).get(0).end();
        fixture.awaitWatches(3);
        server.watches(PLURAL).get(0).end();
        fixture.awaitWatches(4);
        assertThat(fixture.timing.hasNoPause()).isTrue();
    }

    @Test
    void keepsTheRestWhenAnObjectCannotBeUnderstood() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.apply(PLURAL, "{metadata: {namespace: 'ml-prod', name: 'odd', labels: 'none'}}");
        fixture.start();
        fixture.awaitObjects("granite of genai");
        Problem problem = new Problem(
                "LLMInferenceService/ml-prod/odd",
                "cannot be understood, and is left as it was: metadata.labels is a text, not an object; correct the"
                        + " object");
        assertThat(fixture.state().problems()).containsExactly(problem);

        fixture.awaitWatch();
        server.apply(PLURAL, object("ml-prod", "odd", "genai"));
        fixture.awaitObjects("granite of genai", "odd of genai");
        assertThat(fixture.state().problems()).isEmpty();
        server.apply(PLURAL, "{metadata: {namespace: 'ml-prod', name: 'granite', labels: []}}");
        await().untilAsserted(() -> assertThat(fixture.state().problems())
                .extracting(Problem::item)
                .containsExactly("LLMInferenceService/ml-prod/granite"));
        assertThat(fixture.state().objects()).containsExactly("granite of genai", "odd of genai");
    }

    @Test
    void keepsWhatCouldLastBeReadOfAnObjectUntilItIsGone() throws Exception {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        String broken = "{metadata: {namespace: 'ml-prod', name: 'granite', labels: []}}";
        server.apply(PLURAL, broken);
        await().until(() -> !fixture.state().problems().isEmpty());
        fixture.group().relist(Duration.ofSeconds(10));
        fixture.awaitWatches(2);
        assertThat(fixture.state().objects()).containsExactly("granite of genai");
        assertThat(fixture.state().problems()).hasSize(1);

        server.apply(PLURAL, object("ml-prod", "granite", "vision"));
        fixture.awaitObjects("granite of vision");
        assertThat(fixture.state().problems()).isEmpty();
        server.apply(PLURAL, broken);
        await().until(() -> !fixture.state().problems().isEmpty());
        server.delete(PLURAL, "ml-prod", "granite");
        fixture.awaitObjects();
        assertThat(fixture.state().problems()).isEmpty();
    }

    @Test
    void asksForTheNewestVersionThatIsServed() {
        fixture.start();
        fixture.awaitWatch();
        assertThat(server.requests(PLURAL)).allMatch(url -> url.encodedPath().contains("/v1alpha2/"));
    }

    @Test
    void takesAnOlderVersionIfThatIsAllThereIs() {
        server.serve(PLURAL, "v1alpha1");
        fixture.start();
        fixture.awaitWatch();
        assertThat(server.requests(PLURAL)).allMatch(url -> url.encodedPath().contains("/v1alpha1/"));
    }

    @Test
    void triesTheNewestVersionWhenDiscoveryIsForbidden() {
        server.answer(url -> url.encodedPath().endsWith("/v1alpha2"), url -> FakeApiServer.status(403));
        fixture.start();
        fixture.awaitWatch();
        assertThat(server.requests(PLURAL)).allMatch(url -> url.encodedPath().contains("/v1alpha2/"));
    }

    @Test
    void asksForNoMoreThanItsScope() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.apply(PLURAL, object("ml-test", "llama", "genai"));
        server.apply(PLURAL, object("ml-prod", "mistral", "chat"));
        WatchScope scope = WatchScope.of(RESOURCE, "ml-prod").withLabels("team=genai");
        fixture.start(server.client(), Duration.ofMinutes(2), scope);
        fixture.awaitObjects("granite of genai");
        fixture.awaitWatch();

        assertThat(server.requests(PLURAL)).hasSize(2).allSatisfy(url -> {
            assertThat(url.encodedPath()).isEqualTo("/apis/serving.kserve.io/v1alpha2/namespaces/ml-prod/" + PLURAL);
            assertThat(url.queryParameter("labelSelector")).isEqualTo("team=genai");
        });
        assertThat(server.requests(PLURAL).get(1).queryParameter("allowWatchBookmarks"))
                .isEqualTo("true");
        assertThat(server.requests(PLURAL).get(1).queryParameter("timeoutSeconds"))
                .isEqualTo("600");
    }

    @Test
    void asksForMetadataWhereThatIsEnough() {
        ClusterResource accounts = new ClusterResource("", List.of("v1"), "serviceaccounts", true);
        fixture.start(server.client(), Duration.ofMinutes(2), WatchScope.of(accounts, null));
        await().until(() -> !server.watches("serviceaccounts").isEmpty());

        assertThat(server.recorded())
                .extracting(request -> request.getHeaders().get("Accept"))
                .containsExactly(
                        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
                        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
    }

    @Test
    void listsAnewWhenAsked() throws Exception {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.watches(PLURAL).get(0).silence();
        server.apply(PLURAL, object("ml-prod", "llama", "genai"));

        fixture.group().relist(Duration.ofSeconds(10));

        assertThat(fixture.state().objects()).containsExactlyInAnyOrder("granite of genai", "llama of genai");
        assertThat(server.lists(PLURAL)).hasSize(2);
    }

    @Test
    void splitsAndJoinsEventsHoweverTheyArrive() {
        fixture.start();
        fixture.awaitWatch();
        String event = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"namespace\":\"ml-prod\",\"name\":\"%s\","
                + "\"resourceVersion\":\"2000\",\"labels\":{\"team\":\"genai\"}}}}\n";
        String both = event.formatted("granité") + event.formatted("llama");
        for (int i = 0; i < both.length(); i += 7) {
            server.watches(PLURAL).get(0).send(both.substring(i, Math.min(both.length(), i + 7)));
        }
        fixture.awaitObjects("granité of genai", "llama of genai");
    }
}
