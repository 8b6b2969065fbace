package io.modelconnector.kserve.leader;

import static io.modelconnector.kserve.leader.Replicas.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.LogProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a leader does that cannot confirm its lead, and what the others do meanwhile. */
@Timeout(60)
class RenewalFailureTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    private final Replicas replicas = new Replicas();
    private final RecordServer server = replicas.server;

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void leadsOnUntilItsTimeIsOver() {
        Replica leader = replicas.replica("granite-0").start();
        Replica follower = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(31));

        server.goDown();
        replicas.pass(Duration.ofSeconds(9).minus(MILLI));
        assertThat(leader.leads()).as("ten seconds after it last looked").isTrue();
        replicas.pass(MILLI);
        assertThat(leader.leads()).isFalse();
        assertThat(leader.changes).containsExactly(true, false);
        replicas.pass(Duration.ofMinutes(5));
        assertThat(replicas.leader()).isEmpty();
        assertThat(follower.changes).isEmpty();

        server.mend();
        replicas.pass(Duration.ofSeconds(15));
        assertThat(replicas.leader()).isNotEmpty();
    }

    @Test
    void triesAgainMoreThanOnceBeforeItsTimeIsOver() {
        Replica leader = replicas.replica("granite-0").start();
        replicas.pass(Duration.ofSeconds(6));
        server.answer("GET leases", FakeApiServer.status(503));
        server.requests().clear();
        replicas.pass(Duration.ofSeconds(9).minus(MILLI));
        assertThat(server.requests()).hasSize(4).containsOnly("GET leases");
        assertThat(leader.leads()).isTrue();
        assertThat(leader.election.failure()).isPresent();

        server.mend();
        replicas.pass(Duration.ofSeconds(5));
        assertThat(leader.leads()).isTrue();
        assertThat(leader.election.failure()).isEmpty();
    }

    @Test
    void survivesAShortFailureAsLeader() {
        Replica leader = replicas.replica("granite-0").start();
        replicas.pass(Duration.ofSeconds(6));
        server.goDown();
        replicas.pass(Duration.ofSeconds(7));
        server.mend();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(leader.leads()).isTrue();
        assertThat(leader.changes).containsExactly(true);
    }

    @Test
    void leadsAnewFromALaterTimeOnAfterItLostTheLead() {
        Replica leader = replicas.replica("granite-0").start();
        server.goDown();
        replicas.pass(Duration.ofSeconds(30));
        server.mend();
        replicas.pass(Duration.ofSeconds(15));

        assertThat(leader.election.leadingSince().orElseThrow()).isAfter(Instant.parse("2026-03-14T12:00:30Z"));
        assertThat(leader.changes).containsExactly(true, false, true);
        assertThat(server.object(LEASE).at("/spec/leaseTransitions").asInt()).isZero();
    }

    @Test
    void followsTheOneThatWasFasterAfterItLostTheLead() {
        Replica leader = replicas.replica("granite-0").start();
        Replica follower = replicas.replica("granite-1").start();
        leader.die();
        replicas.pass(Duration.ofMillis(27_500));
        assertThat(follower.leads()).isTrue();

        leader.revive();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(follower.leads()).isTrue();
        assertThat(leader.changes).containsExactly(true, false);
    }

    @Test
    void doesNotLeadBeyondItsTimeThoughItsThreadIsStuck() throws Exception {
        Replica leader = replicas.replica("granite-0");
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        leader.election.onChange(() -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        leader.election.start();
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(leader.leads()).isTrue();
        leader.timing.advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(leader.leads()).isTrue();
        leader.timing.advance(Duration.ofNanos(1));
        assertThat(leader.leads()).isFalse();
        leave.countDown();
    }

    @Test
    void leadsOnThoughTheAnswerToARenewalIsLost() {
        Replica leader = replicas.replica("granite-0").start();
        ask();
        server.loseTheAnswerTo("PUT leases");
        replicas.pass(Duration.ofSeconds(30));
        assertThat(leader.leads()).isTrue();
        assertThat(leader.changes).containsExactly(true);
        assertThat(server.object(LEASE).at("/spec/renewTime").asText()).isEqualTo("2026-03-14T12:00:05.000000Z");
    }

    @Test
    void takesTheLeadThoughTheAnswerToItsClaimIsLost() {
        server.loseTheAnswerTo("POST leases");
        Replica replica = replicas.replica("granite-0").start();
        assertThat(replica.leads()).isFalse();
        replicas.pass(Duration.ofSeconds(5));
        assertThat(replica.leads()).isTrue();
    }

    @Test
    void leadsOnWhenSomebodyWritesBesideTheRecord() {
        Replica leader = replicas.replica("granite-0").start();
        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("metadata").putObject("labels").put("team", "genai");
        server.put(LEASE, lease);

        replicas.pass(Duration.ofMinutes(1));

        assertThat(leader.changes).containsExactly(true);
        assertThat(server.object(LEASE).at("/metadata/labels/team").asText()).isEqualTo("genai");
        assertThat(leader.election.failure()).isEmpty();
    }

    @Test
    void stopsToLeadWhenSomebodyElseIsInTheRecord() {
        Replica leader = replicas.replica("granite-0").start();
        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("spec").put("holderIdentity", "mistral");
        server.put(LEASE, lease);

        replicas.pass(Duration.ofSeconds(5));
        assertThat(leader.leads()).isFalse();
        replicas.pass(Duration.ofSeconds(22));
        assertThat(leader.leads()).isFalse();
        replicas.pass(Duration.ofSeconds(1));
        assertThat(leader.leads()).isTrue();
        assertThat(server.object(LEASE).at("/spec/leaseTransitions").asInt()).isEqualTo(1);
    }

    @Test
    void leavesTheServerAloneForAsLongAsItAsks() {
        Replica replica = replicas.replica("granite-0").start();
        server.answer("GET leases", tooManyRequests(7));
        server.requests().clear();
        replicas.pass(Duration.ofSeconds(12).minus(MILLI));
        assertThat(server.requests()).hasSize(1);
        assertThat(replica.leads()).as("its time is over in between").isFalse();

        server.mend();
        replicas.pass(MILLI);
        assertThat(replica.leads()).isTrue();
    }

    @Test
    void asksLessAndLessOftenWhileNothingAnswers() {
        server.goDown();
        Replica replica = replicas.replica("granite-0").start();
        assertThat(replica.untilNext()).isEqualTo(Duration.ofSeconds(5));
        replicas.pass(Duration.ofSeconds(5));
        assertThat(replica.untilNext()).isEqualTo(Duration.ofSeconds(10));
        replicas.pass(Duration.ofSeconds(10));
        assertThat(replica.untilNext()).isEqualTo(Duration.ofSeconds(15));
        replicas.pass(Duration.ofSeconds(15));
        assertThat(replica.untilNext()).isEqualTo(Duration.ofSeconds(15));

        server.mend();
        replicas.pass(Duration.ofSeconds(15));
        assertThat(replica.leads()).isTrue();
        assertThat(replica.untilNext()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void tellsAFailureOnceAndItsEnd() {
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            Replica leader = replicas.replica("granite-0").start();
            log.lines().clear();
            server.answer("GET leases", FakeApiServer.status(500));
            replicas.pass(Duration.ofMinutes(1));
            assertThat(leader.election.failure())
                    .contains("reading Lease \"connector\" in namespace \"ai\" at " + server.url()
                            + " failed: 500; it is tried again");
            server.mend();
            replicas.pass(Duration.ofSeconds(15));
            assertThat(leader.election.failure()).isEmpty();

            assertThat(log.lines())
                    .containsExactly(
                            "WARN The election of ai/connector does not work, and the lead ends unless it can be renewed"
                                    + " soon: reading Lease \"connector\" in namespace \"ai\" at " + server.url()
                                    + " failed: 500; it is tried again",
                            "INFO granite-0 leads ai/connector no more: it could not be renewed in time",
                            "INFO granite-0 leads ai/connector from now on",
                            "INFO The election of ai/connector works again");
        }
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() {
        for (List<String> wrong : List.of(
                List.of("401", "was refused: 401, the API server does not accept the token; renew it, or give one"),
                List.of("400", "was refused: 400; check the URL of the API server and what it admits"),
                List.of("200", "failed: the answer is no object; check that the URL is that of an API server"))) {
            Replica replica = replicas.replica("granite-" + wrong.get(0));
            server.answer("GET leases", FakeApiServer.json(Integer.parseInt(wrong.get(0)), "<html>s3cret</html>"));
            replica.start();
            assertThat(replica.election.failure())
                    .contains(
                            "reading Lease \"connector\" in namespace \"ai\" at " + server.url() + ' ' + wrong.get(1));
            assertThat(replica.leads()).isFalse();
        }
    }

    @Test
    void survivesAnErrorOfTheClientAndSaysSo() {
        AtomicBoolean broken = new AtomicBoolean(true);
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (broken.get()) {
                        throw new IllegalStateException("s3cret");
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        Replica replica = replicas.replica("granite-0", new ApiClient(http).setBasePath(server.url()))
                .start();
        assertThat(replica.election.failure())
                .contains("an exchange with the API server failed unexpectedly: java.lang.IllegalStateException; check"
                        + " the ApiClient");
        broken.set(false);
        replicas.pass(Duration.ofSeconds(5));
        assertThat(replica.leads()).isTrue();
    }

    private void ask() {
        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("metadata").putObject("annotations").put("modelconnector.io/asked", "ada");
        server.put(LEASE, lease);
    }

    private static MockResponse tooManyRequests(int seconds) {
        return FakeApiServer.status(429)
                .newBuilder()
                .setHeader("Retry-After", seconds)
                .build();
    }
}
