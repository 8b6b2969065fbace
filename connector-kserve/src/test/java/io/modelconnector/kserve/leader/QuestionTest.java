package io.modelconnector.kserve.leader;

import static io.modelconnector.kserve.leader.Replicas.CONFIG_MAP;
import static io.modelconnector.kserve.leader.Replicas.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How others ask a leader whether it is there, what it answers, and that nobody writes where nobody asks. */
@Timeout(60)
class QuestionTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    /** The retry interval, and one and a half times the lease duration. */
    private static final Duration LONGEST_TAKEOVER = Duration.ofMillis(27_500);

    private final Replicas replicas = new Replicas();
    private final RecordServer server = replicas.server;

    @AfterEach
    void close() {
        replicas.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leases", "configmaps"})
    void aLeaderWithoutCompetitorsWritesNothing(String plural) {
        if (plural.equals("configmaps")) {
            server.refuse("GET leases", 403);
        }
        Replica leader = replicas.replica("granite-0").start();
        assertThat(server.requests()).endsWith("GET " + plural, "POST " + plural);

        server.requests().clear();
        replicas.pass(Duration.ofMinutes(10));

        assertThat(server.requests()).hasSize(120).containsOnly("GET " + plural);
        assertThat(leader.leads()).isTrue();
        assertThat(leader.changes).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void questionsAreAnsweredHoweverManyThereAreToAsk(int followers) {
        Replica leader = replicas.replica("granite-0").start();
        for (int i = 1; i <= followers; i++) {
            replicas.replica("granite-" + i).start();
            replicas.pass(Duration.ofMillis(700));
        }
        server.requests().clear();
        replicas.pass(Duration.ofMinutes(10));

        assertThat(leader.changes).containsExactly(true);
        assertThat(server.requests()).containsOnly("GET leases", "PUT leases");
        assertThat(server.requests())
                .as("a question and an answer every 7.5 to 17.5 seconds")
                .filteredOn("PUT leases"::equals)
                .hasSizeBetween(2 * 600 / 18, 2 * 600 / 7);
        assertThat(server.requests())
                .filteredOn("GET leases"::equals)
                .hasSizeBetween(120 * (1 + followers), 120 * (1 + 2 * followers));
    }

    @Test
    void asksInAnAnnotationOfTheLeaseWhichTheAnswerRemoves() {
        replicas.replica("granite-0").start();
        replicas.replica("granite-1").start();
        ObjectNode before = server.object(LEASE);
        replicas.pass(Duration.ofMillis(7_500));

        assertThat(asked()).startsWith("granite-1 ");
        assertThat(server.object(LEASE).path("spec")).isEqualTo(before.path("spec"));

        replicas.pass(Duration.ofMillis(2_500));
        assertThat(asked()).isEmpty();
        assertThat(server.object(LEASE).at("/spec/renewTime").asText()).isEqualTo("2026-03-14T12:00:10.000000Z");
    }

    @Test
    void asksInTheAnnotationOfAConfigMapWhichTheAnswerChanges() {
        server.refuse("GET leases", 403);
        replicas.replica("granite-0").start();
        replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMillis(7_500));
        assertThat(configMapRecord()).contains("\"asked\":\"granite-1 ");

        replicas.pass(Duration.ofMillis(2_500));
        assertThat(configMapRecord()).doesNotContain("asked").contains("\"renewTime\":\"2026-03-14T12:00:10.000000Z\"");
    }

    @Test
    void leavesWhatOthersSayAboutTheLeaseAsItIs() {
        replicas.replica("granite-0").start();
        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("metadata").putObject("annotations").put("owner", "ada");
        server.put(LEASE, lease);
        replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(server.object(LEASE).at("/metadata/annotations/owner").asText())
                .isEqualTo("ada");
    }

    @Test
    void neverAsksTheSame() {
        replicas.replica("granite-0").start().die();
        replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMillis(7_500));
        String first = asked();
        ObjectNode answered = server.object(LEASE);
        answered.withObjectProperty("metadata").remove("annotations");
        server.put(LEASE, answered);
        replicas.pass(Duration.ofMillis(12_500));
        assertThat(asked()).startsWith("granite-1 ").isNotEqualTo(first);
    }

    @Test
    void doesNotReplaceTheQuestionOfAnotherButTakesOverOnIt() {
        replicas.replica("granite-0").start().die();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(1));
        Replica third = replicas.replica("granite-2").start();
        replicas.pass(Duration.ofSeconds(7));
        String question = asked();
        assertThat(question).startsWith("granite-1 ");
        second.die();

        // The third looks 6 and 8.5 seconds after the beginning, so that it sees the question late.
        replicas.pass(Duration.ofMillis(15_500).minus(MILLI));
        assertThat(asked()).isEqualTo(question);
        assertThat(third.leads()).isFalse();
        replicas.pass(MILLI);
        assertThat(third.leads()).isTrue();
        assertThat(asked()).isEmpty();
    }

    @Test
    void oneOfTwoIsFasterToAsk() {
        replicas.replica("granite-0").start().die();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();
        server.beforeNext("PUT leases", third::work);

        replicas.pass(Duration.ofSeconds(10));
        assertThat(asked()).startsWith("granite-2 ");
        assertThat(second.election.failure()).as("losing is no failure").isEmpty();
        replicas.pass(Duration.ofMillis(12_500));
        assertThat(replicas.leading()).isIn(second, third);
    }

    @Test
    void asksAgainWhenTheLeaderAnsweredJustThen() {
        Replica leader = replicas.replica("granite-0").start();
        Replica follower = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMillis(7_500));
        leader.die();
        // The answer was sent long ago and arrives when the other takes over.
        server.beforeNext("PUT leases", leader::work);
        replicas.pass(Duration.ofSeconds(15));

        assertThat(follower.leads()).isFalse();
        assertThat(follower.election.failure()).isEmpty();
        assertThat(asked()).isEmpty();
        leader.revive();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(follower.changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 22.5", "false, 27.5"})
    void countsFromWhenItSeesItsOwnQuestionIfTheAnswerToItWasLost(boolean sendsTwice, double seconds) {
        replicas.replica("granite-0").start().die();
        OkHttpClient http =
                new OkHttpClient.Builder().retryOnConnectionFailure(sendsTwice).build();
        Replica follower = replicas.replica("granite-1", new ApiClient(http).setBasePath(server.url()))
                .start();
        server.loseTheAnswerTo("PUT leases");
        replicas.pass(Duration.ofMillis(7_500));
        String question = asked();
        assertThat(question).startsWith("granite-1 ");
        assertThat(follower.election.failure().isPresent()).isNotEqualTo(sendsTwice);

        replicas.pass(Duration.ofMillis((long) (seconds * 1000) - 7_500).minus(MILLI));
        assertThat(asked()).isEqualTo(question);
        assertThat(follower.leads()).isFalse();
        replicas.pass(MILLI);
        assertThat(follower.leads()).isTrue();
    }

    @Test
    void losesTheLeadWhenAskedThoughItCanRead() {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (chain.request().method().equals("PUT")) {
                        throw new IOException("the way there is closed");
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        Replica leader = replicas.replica("granite-0", new ApiClient(http).setBasePath(server.url()))
                .start();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(leader.changes).as("nobody asks").containsExactly(true);

        Replica follower = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(15).minus(MILLI));
        assertThat(leader.leads())
                .as("ten seconds after the last look before the question")
                .isTrue();
        replicas.pass(MILLI);
        assertThat(leader.leads()).isFalse();
        assertThat(leader.election.failure().orElseThrow()).contains("the way there is closed");
        replicas.pass(Duration.ofMillis(7_500));
        assertThat(follower.leads()).isTrue();
        assertThat(leader.changes).containsExactly(true, false);
    }

    @Test
    void leadsNoLongerForALookThatTookLong() {
        Replica leader = replicas.replica("granite-0").start();
        server.beforeNext("GET leases", () -> leader.timing.advance(Duration.ofSeconds(4)));
        server.beforeNext("GET leases", server::goDown);
        replicas.pass(Duration.ofSeconds(5));

        leader.timing.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(leader.leads()).as("ten seconds after it began to look").isTrue();
        leader.timing.advance(Duration.ofNanos(1));
        assertThat(leader.leads()).isFalse();
    }

    @Test
    void correctsALeaseDurationThatSomebodyChanged() {
        replicas.replica("granite-0").start();
        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("spec").put("leaseDurationSeconds", 3600);
        server.put(LEASE, lease);
        replicas.pass(Duration.ofSeconds(5));
        assertThat(server.object(LEASE).at("/spec/leaseDurationSeconds").asInt())
                .isEqualTo(15);
    }

    @Test
    void takesOverInTimeThoughTheLeaderAnsweredJustBeforeItDied() {
        Replica leader = replicas.replica("granite-0").start();
        replicas.pass(Duration.ofMillis(2_400));
        replicas.replica("granite-1").start();
        // It looks and asks after 9.9 seconds, is answered after 10, and looks again after 14.9.
        replicas.pass(Duration.ofMillis(7_600));
        assertThat(server.object(LEASE).at("/spec/renewTime").asText()).isEqualTo("2026-03-14T12:00:10.000000Z");
        leader.die();
        assertThat(replicas.passUntilAnotherLeadsThan(leader))
                .isBetween(LONGEST_TAKEOVER.minusMillis(200), LONGEST_TAKEOVER);
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 21_700, 23_100, 25_000, 27_500, 28_300, 30_000, 32_500, 34_900, 37_500, 41_200})
    void takesOverInTimeWheneverALeaderDies(int millis) {
        Replica leader = replicas.replica("granite-0").start();
        replicas.pass(Duration.ofMillis(1_900));
        replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMillis(1_300));
        replicas.replica("granite-2").start();
        replicas.pass(Duration.ofMillis(millis));
        leader.die();
        assertThat(replicas.passUntilAnotherLeadsThan(leader)).isBetween(Duration.ofSeconds(10), LONGEST_TAKEOVER);
    }

    private String asked() {
        return server.object(LEASE)
                .at("/metadata/annotations/modelconnector.io~1asked")
                .asText("");
    }

    private String configMapRecord() {
        return server.object(CONFIG_MAP)
                .at("/metadata/annotations/modelconnector.io~1leader")
                .asText();
    }
}
