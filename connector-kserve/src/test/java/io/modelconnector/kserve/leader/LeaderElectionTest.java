package io.modelconnector.kserve.leader;

import static io.modelconnector.kserve.leader.Replicas.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.kserve.testing.Json;
import io.modelconnector.kserve.testing.LogProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who leads, and how the lead passes on. */
@Timeout(60)
class LeaderElectionTest {
    private final Replicas replicas = new Replicas();
    private final RecordServer server = replicas.server;

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void oneOfThreeLeads() {
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();

        replicas.pass(Duration.ofMinutes(2));

        assertThat(first.election.leadingSince()).contains(Instant.parse("2026-03-14T12:00:00Z"));
        assertThat(second.leads()).isFalse();
        assertThat(third.leads()).isFalse();
        assertThat(first.changes).containsExactly(true);
        assertThat(second.changes).isEmpty();
    }

    @Test
    void recordsTheLeaderAsEverybodyDoes() {
        replicas.replica("granite-0").start();
        replicas.pass(Duration.ofSeconds(7));

        ObjectNode lease = server.object(LEASE);
        lease.withObjectProperty("metadata").remove("resourceVersion");
        assertThat(lease).isEqualTo(Json.object("""
                {
                  apiVersion: 'coordination.k8s.io/v1',
                  kind: 'Lease',
                  metadata: {name: 'connector', namespace: 'ai'},
                  spec: {
                    holderIdentity: 'granite-0',
                    acquireTime: '2026-03-14T12:00:00.000000Z',
                    renewTime: '2026-03-14T12:00:00.000000Z',
                    leaseDurationSeconds: 15,
                    leaseTransitions: 0
                  }
                }"""));
    }

    @Test
    void nobodyLeadsBeforeTheStart() {
        Replica replica = replicas.replica("granite-0");
        replicas.pass(Duration.ofMinutes(1));
        assertThat(replica.leads()).isFalse();
        assertThat(replica.election.failure()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anotherTakesOverWhenALeaderDied() {
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();
        replicas.pass(Duration.ofSeconds(33));

        first.die();
        replicas.pass(Duration.ofSeconds(11));
        assertThat(replicas.leader()).as("nobody, as the lease still lasts").isEmpty();

        replicas.passUntilAnotherLeadsThan(first);

        assertThat(second.leads() ^ third.leads()).isTrue();
        assertThat(server.object(LEASE).at("/spec/leaseTransitions").asInt()).isEqualTo(1);
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText()).isEqualTo(replicas.leader());
    }

    @Test
    void anotherTakesOverAtItsNextLookWhenALeaderWasClosed() {
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(33));

        first.close();

        assertThat(first.leads()).isFalse();
        assertThat(server.object(LEASE).at("/spec/holderIdentity").asText("none"))
                .isEmpty();
        replicas.pass(Duration.ofSeconds(5));
        assertThat(second.leads()).isTrue();
        assertThat(server.object(LEASE).at("/spec/leaseTransitions").asInt()).isEqualTo(1);
    }

    @Test
    void theLeadPassesOnAsOftenAsLeadersGo() {
        for (String pod : List.of("granite-0", "granite-1", "granite-2", "granite-3")) {
            replicas.replica(pod).start();
        }
        for (int gone = 0; gone < 3; gone++) {
            Replica leader = replicas.leading();
            if (gone == 1) {
                leader.die();
            } else {
                leader.close();
            }
            replicas.pass(Duration.ofMillis(27_500));
            assertThat(replicas.leader()).isNotEmpty();
        }
        assertThat(server.object(LEASE).at("/spec/leaseTransitions").asInt()).isEqualTo(3);
    }

    @Test
    void oneOfTwoIsFasterToTakeAnAbandonedLead() {
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();
        first.die();
        replicas.pass(Duration.ofSeconds(10));
        server.beforeNext("PUT leases", third::work);

        replicas.pass(Duration.ofMillis(12_500));

        assertThat(third.leads()).isTrue();
        assertThat(second.leads()).isFalse();
        assertThat(second.election.failure()).as("losing is no failure").isEmpty();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(third.leads()).isTrue();
        assertThat(second.changes).isEmpty();
    }

    @Test
    void oneOfTwoIsFasterToTakeTheFirstLead() {
        Replica second = replicas.replica("granite-1");
        server.beforeNext("POST leases", second::start);
        Replica first = replicas.replica("granite-0").start();

        assertThat(second.leads()).isTrue();
        assertThat(first.leads()).isFalse();
        replicas.pass(Duration.ofMinutes(1));
        assertThat(second.leads()).isTrue();
        assertThat(first.election.failure()).isEmpty();
    }

    @Test
    void doesNotTrustTheClocksOfOthers() {
        Replica first = replicas.replica("granite-0", Duration.ofDays(-400)).start();
        Replica second = replicas.replica("granite-1", Duration.ofDays(400)).start();
        replicas.pass(Duration.ofMinutes(2));
        assertThat(first.leads()).isTrue();

        first.die();
        replicas.pass(Duration.ofSeconds(10));
        assertThat(second.leads()).isFalse();
        assertThat(replicas.passUntilAnotherLeadsThan(first)).isLessThanOrEqualTo(Duration.ofMillis(17_500));
        assertThat(second.leads()).isTrue();
    }

    @Test
    void renewsVisiblyThoughItsClockStands() {
        Replica first = replicas.replica(
                        "granite-0", settings -> settings.clock(() -> Instant.parse("2026-03-14T12:00:00Z")))
                .start();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMinutes(2));
        assertThat(first.leads()).isTrue();
        assertThat(second.leads()).isFalse();
    }

    @Test
    void respectsTheLeaseOfTheOneWhoLeads() {
        Replica first = replicas.replica("granite-0", settings -> settings.leaseDuration(Duration.ofMinutes(1)))
                .start();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofMinutes(2));
        assertThat(first.leads()).isTrue();
        first.die();
        replicas.pass(Duration.ofSeconds(59));
        assertThat(second.leads()).isFalse();
        replicas.pass(Duration.ofSeconds(36));
        assertThat(second.leads()).isTrue();
    }

    @Test
    void doesNotTakeTheRecordOfANamesakeForItsOwn() {
        Replica first = replicas.replica("granite-0").start();
        Replica namesake = replicas.replica("granite-0", Duration.ofMillis(1)).start();
        replicas.pass(Duration.ofMinutes(2));
        assertThat(first.leads()).isTrue();
        assertThat(namesake.leads()).isFalse();

        first.die();
        replicas.pass(Duration.ofMillis(27_500));
        assertThat(namesake.leads()).isTrue();
    }

    @Test
    void waitsOutALeaderWhoseLeaseWasDeleted() {
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(31));

        server.delete(LEASE);
        second.work();
        assertThat(first.leads()).isTrue();
        assertThat(second.leads()).as("while the first does not know yet").isFalse();

        replicas.pass(Duration.ofSeconds(30));
        assertThat(replicas.leader()).isEqualTo("granite-0");
        assertThat(first.changes).containsExactly(true, false, true);
    }

    @Test
    void isNotMisledByARecordThatSaysNothingSensible() {
        server.put(
                LEASE,
                Json.object("{kind: 'Lease', metadata: {name: 'connector', namespace: 'ai'},"
                        + " spec: {holderIdentity: 'mistral', leaseDurationSeconds: 2000000000, strategy: 'ours'}}"));
        Replica replica = replicas.replica("granite-0").start();
        replicas.pass(Duration.ofSeconds(22));
        assertThat(replica.leads()).isFalse();
        replicas.pass(Duration.ofSeconds(1));
        assertThat(replica.leads()).isTrue();
        assertThat(server.object(LEASE).at("/spec/strategy").asText()).isEqualTo("ours");
    }

    @Test
    void tellsWhoLeadsAndHow() {
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            Replica first = replicas.replica("granite-0").start();
            replicas.replica("granite-1").start();
            replicas.pass(Duration.ofMinutes(1));
            first.close();
            replicas.pass(Duration.ofSeconds(5));
            assertThat(log.lines())
                    .containsExactly(
                            "INFO The leader of ai/connector is elected by Lease \"connector\" in namespace \"ai\"",
                            "INFO granite-0 leads ai/connector from now on",
                            "INFO The leader of ai/connector is elected by Lease \"connector\" in namespace \"ai\"",
                            "INFO granite-0 gave up the lead of ai/connector",
                            "INFO granite-1 leads ai/connector from now on");
        }
    }
}
