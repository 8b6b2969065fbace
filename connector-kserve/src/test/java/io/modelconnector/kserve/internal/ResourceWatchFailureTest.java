package io.modelconnector.kserve.internal;

import static io.modelconnector.kserve.internal.WatchFixture.PLURAL;
import static io.modelconnector.kserve.internal.WatchFixture.RESOURCE;
import static io.modelconnector.kserve.internal.WatchFixture.object;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceRejectedException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.ManualTiming.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watch makes of an API server that refuses, lies or is not there. */
class ResourceWatchFailureTest {
    private final WatchFixture fixture = new WatchFixture(FakeApiServer.start());
    private final FakeApiServer server = fixture.server;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void asksLessAndLessOftenForWhatIsForbidden() {
        server.refuse(PLURAL, 403);
        fixture.start();

        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Pause pause = fixture.timing.nextPause();
            seconds.add(pause.delay().toSeconds());
            pause.end();
        }
        assertThat(seconds).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
        assertThat(fixture.state().phase()).isEqualTo(Phase.FORBIDDEN);
        assertThat(fixture.state().failure())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessage("listing llminferenceservices.serving.kserve.io in all namespaces at " + server.url()
                        + " was refused: 403; grant list and watch on llminferenceservices.serving.kserve.io in a"
                        + " ClusterRole to the account in use");
    }

    @Test
    void recoversWhenAccessIsGranted() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.refuse(PLURAL, 403);
        fixture.start();
        Pause pause = fixture.timing.nextPause();
        server.mend();
        pause.end();

        fixture.awaitObjects("granite of genai");
        assertThat(fixture.state().failure()).isNull();
    }

    @Test
    void namesTheNamespaceThatIsForbidden() {
        server.refuse(PLURAL, 403);
        fixture.start(server.client(), Duration.ofMinutes(2), WatchScope.of(RESOURCE, "ml-prod"));
        fixture.timing.nextPause();

        assertThat(fixture.state().failure())
                .hasMessageContaining("in namespace \"ml-prod\"")
                .hasMessageContaining("in a Role of that namespace");
    }

    @Test
    void followsByListsWhereWatchingIsForbidden() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.refuseWatches(PLURAL, 403);
        fixture.start();
        Pause first = fixture.timing.nextPause();
        assertThat(first.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixture.state().phase()).isEqualTo(Phase.SYNCED);
        assertThat(fixture.state().failure()).hasMessageContaining("watching").hasMessageContaining("403");
        int changes = fixture.changes.get();
        first.end();
        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(fixture.changes).hasValue(changes);
    }

    @Test
    void seesWhatChangedWhileItFollowsByLists() {
        server.refuseWatches(PLURAL, 403);
        fixture.start();
        Pause pause = fixture.timing.nextPause();
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        server.mend();
        pause.end();

        fixture.awaitObjects("granite of genai");
        await().untilAsserted(() -> assertThat(fixture.state().failure()).isNull());
    }

    @Test
    void saysThatTheTokenIsNotAccepted() {
        server.refuse(PLURAL, 401);
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixture.state().phase()).isEqualTo(Phase.REFUSED);
        assertThat(fixture.state().failure())
                .isInstanceOf(SourceRejectedException.class)
                .hasMessageContaining("401, the API server does not accept the token");
    }

    @Test
    void noticesACrdThatIsInstalledLater() {
        server.serve(PLURAL);
        fixture.start();
        Pause pause = fixture.timing.nextPause();
        assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(fixture.state().phase()).isEqualTo(Phase.ABSENT);
        assertThat(server.requests(PLURAL)).isEmpty();

        server.serve(PLURAL, "v1alpha1", "v1alpha2");
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        pause.end();
        fixture.awaitObjects("granite of genai");
    }

    @Test
    void doubtsOnceThatAResourceIsGone() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.bookmark();
        server.serve(PLURAL);
        server.watches(PLURAL).get(0).end();

        Pause doubt = fixture.timing.nextPause();
        assertThat(fixture.state().phase()).isEqualTo(Phase.FAILED);
        assertThat(fixture.state().objects()).containsExactly("granite of genai");
        doubt.end();
        fixture.timing.nextPause();
        assertThat(fixture.state().failure()).isNull();
        assertThat(fixture.state().phase()).isEqualTo(Phase.ABSENT);
        assertThat(fixture.state().objects()).isEmpty();
    }

    @Test
    void believesAResourceThatIsBackAfterAMoment() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.bookmark();
        server.serve(PLURAL);
        server.watches(PLURAL).get(0).end();
        Pause doubt = fixture.timing.nextPause();
        server.serve(PLURAL, "v1alpha2");
        doubt.end();

        fixture.awaitPhase(Phase.SYNCED);
        assertThat(fixture.state().objects()).containsExactly("granite of genai");
    }

    @Test
    void keepsWhatItKnowsWhileTheServerCannotBeReached() {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.bookmark();
        server.breakConnections();

        Pause pause = fixture.timing.nextPause();
        assertThat(fixture.state().phase()).isEqualTo(Phase.FAILED);
        assertThat(fixture.state().failure())
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageStartingWith("watching llminferenceservices.serving.kserve.io in all namespaces at "
                        + server.url() + " failed: ");
        assertThat(fixture.state().objects()).containsExactly("granite of genai");
        server.mend();
        server.apply(PLURAL, object("ml-prod", "llama", "genai"));
        pause.end();

        fixture.awaitObjects("granite of genai", "llama of genai");
        assertThat(fixture.state().phase()).isEqualTo(Phase.SYNCED);
        assertThat(server.lists(PLURAL)).hasSize(1);
    }

    @Test
    void triesSoonerAgainWhereTheServerCannotBeReachedThanWhereItRefuses() {
        server.breakConnections();
        fixture.start();

        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Pause pause = fixture.timing.nextPause();
            millis.add(pause.delay().toMillis());
            pause.end();
        }
        assertThat(millis).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 10000L, 10000L, 10000L);
    }

    @Test
    void leavesTheServerAloneAsLongAsItAsks() {
        server.answer(
                url -> FakeApiServer.isFor(url, PLURAL),
                url -> new MockResponse.Builder()
                        .code(429)
                        .setHeader("Retry-After", "17")
                        .build());
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofSeconds(17));
        assertThat(fixture.state().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void doesNotBelieveAServerThatWantsToBeLeftAloneForDays() {
        server.answer(
                url -> FakeApiServer.isFor(url, PLURAL),
                url -> new MockResponse.Builder()
                        .code(503)
                        .setHeader("Retry-After", "999999")
                        .build());
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Log in</body></html>",
                "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[{\"meta",
                "[]",
                "{}",
                ""
            })
    void saysThatAnAnswerMakesNoSense(String body) {
        server.answer(url -> FakeApiServer.isFor(url, PLURAL), url -> FakeApiServer.json(200, body));
        fixture.start();

        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(fixture.state().phase()).isEqualTo(Phase.FAILED);
        assertThat(fixture.state().failure())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageStartingWith("listing llminferenceservices.serving.kserve.io in all namespaces at "
                        + server.url() + " failed: the answer is ")
                .hasMessageNotContaining("Log in");
    }

    @Test
    void doesNotPageForEverThroughARepeatedToken() {
        server.answer(
                url -> FakeApiServer.isFor(url, PLURAL),
                url -> FakeApiServer.json(
                        200, "{\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"again\"},\"items\":[]}"));
        fixture.start();

        fixture.timing.nextPause();
        assertThat(fixture.state().failure()).hasMessageContaining("repeats its page token");
        assertThat(server.requests(PLURAL)).hasSize(2);
    }

    @Test
    void stopsReadingAListWithoutEnd() {
        server.answer(
                url -> FakeApiServer.isFor(url, PLURAL), url -> FakeApiServer.endless("{\"items\":[", "          "));
        fixture.start();

        fixture.timing.nextPause();
        assertThat(fixture.state().failure())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("is larger than 67108864 bytes");
    }

    @Test
    void stopsReadingAnEventWithoutEnd() {
        server.answer(FakeApiServer::isWatch, url -> FakeApiServer.endless("{\"type\":\"", "ADDED ADDED "));
        fixture.start();

        fixture.timing.nextPause();
        assertThat(fixture.state().failure())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("has an event of more than 16777216 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\n", "{\"type\":\"ADDED\",\"object\":{}}\n", "{}\n", "\n"})
    void listsAnewWhenAWatchMakesNoSense(String line) {
        server.apply(PLURAL, object("ml-prod", "granite", "genai"));
        fixture.start();
        fixture.awaitWatch();
        server.watches(PLURAL).get(0).send(line);

        Pause pause = fixture.timing.nextPause();
        assertThat(fixture.state().failure()).isInstanceOf(MalformedResponseException.class);
        assertThat(fixture.state().objects()).containsExactly("granite of genai");
        pause.end();
        fixture.awaitPhase(Phase.SYNCED);
        assertThat(server.lists(PLURAL)).hasSize(2);
    }

    @Test
    void triesAgainAfterAnErrorInAWatch() {
        fixture.start();
        fixture.awaitWatch();
        server.watches(PLURAL)
                .get(0)
                .send("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500,\"message\":\"no leader\"}}\n");

        Pause pause = fixture.timing.nextPause();
        assertThat(fixture.state().failure())
                .hasMessageContaining("failed: 500")
                .hasMessageNotContaining("leader");
        pause.end();
        fixture.awaitPhase(Phase.SYNCED);
        assertThat(server.lists(PLURAL)).hasSize(1);
    }

    @Test
    void waitsForAFreshListNoLongerThanItTakesToFail() throws Exception {
        fixture.start();
        fixture.awaitWatch();
        server.refuse(PLURAL, 500);

        fixture.group().relist(Duration.ofSeconds(10));

        assertThat(fixture.state().phase()).isEqualTo(Phase.FAILED);
        fixture.group().relist(Duration.ofSeconds(10));
        assertThat(server.lists(PLURAL)).hasSize(3);
    }

    @Test
    void survivesAClientThatThrows() {
        fixture.start(
                server.client()
                        .setHttpClient(new OkHttpClient.Builder()
                                .addInterceptor(chain -> {
                                    throw new IllegalStateException("broken interceptor");
                                })
                                .build()),
                Duration.ofMinutes(2),
                WatchScope.of(RESOURCE, null));

        Pause pause = fixture.timing.nextPause();
        assertThat(fixture.state().failure()).hasMessageContaining("failed unexpectedly");
        pause.end();
        assertThat(fixture.timing.nextPause().delay()).isEqualTo(Duration.ofSeconds(1));
    }
}
