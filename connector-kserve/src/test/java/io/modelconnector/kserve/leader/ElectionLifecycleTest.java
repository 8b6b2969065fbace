package io.modelconnector.kserve.leader;

import static io.modelconnector.kserve.leader.Replicas.LEASE;
import static io.modelconnector.kserve.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.LogProbe;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads, connections and the borrowed client. */
@Timeout(60)
class ElectionLifecycleTest {
    private final Replicas replicas = new Replicas();
    private final RecordServer server = replicas.server;

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void startsNothingBeforeItIsStarted() {
        Replica replica = replicas.replica("granite-0");
        assertThat(Threads.ours()).isEmpty();
        replica.close();
        replica.election.start();
        assertThat(Threads.ours()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void namesItsThreadWhichIsADaemonAndEndsIt() {
        Replica replica = replicas.replica("granite-0").start();
        replica.election.start();
        assertThat(Threads.ours()).containsExactly("modelconnector-leader-connector");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("modelconnector-"))
                .allMatch(Thread::isDaemon);

        replica.election.close();
        assertThat(Threads.ours()).isEmpty();
        replica.election.close();
        assertThat(server.requests()).containsExactly("GET leases", "POST leases", "PUT leases");
        assertThat(replica.changes).as("closing is no news").containsExactly(true);
    }

    @Test
    void doesNotTouchTheRecordOfAnotherWhenClosed() {
        replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        server.requests().clear();
        second.close();
        assertThat(server.requests()).isEmpty();
        assertThat(replicas.leader()).isEqualTo("granite-0");
    }

    @Test
    void releasesALeadThatWasTakenWithoutAnAnswer() {
        server.loseTheAnswerTo("POST leases");
        Replica replica = replicas.replica("granite-0").start();
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText()).isEqualTo("granite-0");
        replica.close();
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText("none"))
                .isEmpty();
    }

    @Test
    void releasesThoughSomebodyWritesBesideTheRecord() {
        Replica replica = replicas.replica("granite-0").start();
        server.put(LEASE, server.object(LEASE));
        replica.close();
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText("none"))
                .isEmpty();
    }

    @Test
    void endsThoughItCannotReleaseAndSaysSo() {
        Replica replica = replicas.replica("granite-0").start();
        server.goDown();
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            replica.close();
            assertThat(Threads.ours()).isEmpty();
            assertThat(replica.leads()).isFalse();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "INFO granite-0 does not lead ai/connector any more, but could not say so: updating Lease");
        }
    }

    @Test
    void endsWhileACallHangs() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        server.beforeNext("GET leases", () -> {
            arrived.countDown();
            awaitQuietly(answer);
        });
        Replica replica = replicas.replica("granite-0");
        replica.election.start();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            replica.election.close();
            assertThat(Threads.ours()).isEmpty();
            assertThat(log.lines()).as("a call that we cut short ourselves").isEmpty();
        } finally {
            answer.countDown();
        }
    }

    @Test
    void canBeClosedByItsListener() {
        Replica replica = replicas.replica("granite-0");
        replica.election.onChange(replica.election::close);
        replica.election.start();
        Threads.assertNoneLeft();
        assertThat(replica.leads()).isFalse();
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText("none"))
                .isEmpty();
    }

    @Test
    void leadsOnThoughItsListenerFails() {
        Replica replica = replicas.replica("granite-0");
        replica.election.onChange(() -> {
            throw new IllegalStateException("granite");
        });
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            replica.start();
            assertThat(log.lines()).contains("WARN The listener of the election of ai/connector failed");
        }
        replicas.pass(Duration.ofMinutes(1));
        assertThat(replica.leads()).isTrue();
    }

    @Test
    void leavesTheClientAsItIs() {
        OkHttpClient http = new OkHttpClient();
        Replica replica = replicas.replica("granite-0", new ApiClient(http).setBasePath(server.url()))
                .start();
        replica.close();
        assertThat(http.connectionPool().connectionCount()).isZero();
        assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    }

    @Test
    void worksOnTheRealClock() {
        LeaderElection first =
                LeaderElection.builder(server.client(), "ai", "connector").build();
        try (LeaderElection second = LeaderElection.builder(server.client(), "ai", "connector")
                .retryInterval(Duration.ofMillis(20))
                .build()) {
            assertThat(first.identity()).isNotEqualTo(second.identity());
            first.start();
            await().until(() -> first.leadingSince().isPresent());
            second.start();
            first.close();
            await().until(() -> second.leadingSince().isPresent());
        } finally {
            first.close();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
