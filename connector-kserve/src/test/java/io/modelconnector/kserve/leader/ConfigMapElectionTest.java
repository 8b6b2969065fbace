package io.modelconnector.kserve.leader;

import static io.modelconnector.kserve.leader.Replicas.CONFIG_MAP;
import static io.modelconnector.kserve.leader.Replicas.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.kserve.testing.Json;
import io.modelconnector.kserve.testing.LogProbe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elections where Leases are not allowed, or not served. */
@Timeout(60)
class ConfigMapElectionTest {
    private static final String ANNOTATION = "/metadata/annotations/modelconnector.io~1leader";

    private final Replicas replicas = new Replicas();
    private final RecordServer server = replicas.server;

    @AfterEach
    void close() {
        replicas.close();
    }

    @ParameterizedTest
    @CsvSource({"GET leases,403", "POST leases,403", "POST leases,404"})
    void usesAConfigMapWhereLeasesCannotBeUsed(String request, int status) {
        server.refuse(request, status);
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        replicas.pass(Duration.ofSeconds(31));

        assertThat(replicas.leader()).isEqualTo("granite-0");
        assertThat(first.election.failure()).isEmpty();
        assertThat(second.election.failure()).isEmpty();
        assertThat(server.has(LEASE)).isFalse();
        assertThat(record()).isEqualTo(Json.object("""
                {
                  holderIdentity: 'granite-0',
                  acquireTime: '2026-03-14T12:00:00.000000Z',
                  renewTime: '2026-03-14T12:00:25.000000Z',
                  leaseDurationSeconds: 15,
                  leaseTransitions: 0
                }"""));
    }

    @Test
    void takesOverAndReleasesAsWithALease() {
        server.refuse("GET leases", 403);
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();
        replicas.pass(Duration.ofSeconds(31));

        first.die();
        replicas.pass(Duration.ofSeconds(13));
        assertThat(replicas.leader()).isEmpty();
        replicas.pass(Duration.ofMillis(14_500));
        Replica next = replicas.leading();
        assertThat(next).isIn(second, third);

        next.close();
        assertThat(record().path("holderIdentity").asText("none")).isEmpty();
        replicas.pass(Duration.ofSeconds(5));
        assertThat(replicas.leading()).isIn(second, third).isNotSameAs(next);
        assertThat(record().path("leaseTransitions").asInt()).isEqualTo(2);
    }

    @Test
    void oneOfTwoIsFasterToTakeAnAbandonedLead() {
        server.refuse("GET leases", 403);
        Replica first = replicas.replica("granite-0").start();
        Replica second = replicas.replica("granite-1").start();
        Replica third = replicas.replica("granite-2").start();
        first.die();
        replicas.pass(Duration.ofSeconds(10));
        server.beforeNext("PUT configmaps", third::work);

        replicas.pass(Duration.ofMinutes(1));

        assertThat(third.leads()).isTrue();
        assertThat(second.changes).isEmpty();
    }

    @Test
    void keepsWhatOthersHaveInTheConfigMap() {
        server.refuse("GET leases", 403);
        server.put(
                CONFIG_MAP,
                Json.object(
                        "{kind: 'ConfigMap', metadata: {name: 'connector', namespace: 'ai', labels: {team: 'genai'},"
                                + " annotations: {owner: 'ada'}}, data: {model: 'llama'}, binaryData: {card: 'IyBMbGFtYQ=='}}"));
        Replica replica = replicas.replica("granite-0").start();
        assertThat(replica.leads()).isTrue();

        replicas.replica("granite-1").start();
        ObjectNode changed = server.object(CONFIG_MAP);
        changed.withObjectProperty("data").put("model", "mistral");
        server.put(CONFIG_MAP, changed);
        replicas.pass(Duration.ofMinutes(1));
        replica.close();

        ObjectNode left = server.object(CONFIG_MAP);
        assertThat(replica.changes).containsExactly(true);
        assertThat(left.at("/data/model").asText()).isEqualTo("mistral");
        assertThat(left.at("/binaryData/card").asText()).isEqualTo("IyBMbGFtYQ==");
        assertThat(left.at("/metadata/labels/team").asText()).isEqualTo("genai");
        assertThat(left.at("/metadata/annotations/owner").asText()).isEqualTo("ada");
        assertThat(record().path("holderIdentity").asText("none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | 15",
                "[] | 15",
                "granite | 15",
                "{\"holderIdentity\": \"mistral\", \"acquireTime\": {}} | 22.5",
                "{\"holderIdentity\": \"mistral\", \"asked\": \"ada\"} | 15"
            })
    void replacesARecordThatNobodyCanReadWhenNobodyAnswers(String damaged, double seconds) {
        server.refuse("GET leases", 403);
        ObjectNode map = Json.object("{kind: 'ConfigMap', metadata: {name: 'connector', namespace: 'ai'}}");
        map.withObjectProperty("metadata").putObject("annotations").put("modelconnector.io/leader", damaged);
        server.put(CONFIG_MAP, map);

        Replica replica = replicas.replica("granite-0").start();
        Duration wait = Duration.ofMillis((long) (seconds * 1000));
        replicas.pass(wait.minusMillis(1));
        assertThat(replica.leads()).as("its writer may lead").isFalse();
        replicas.pass(Duration.ofMillis(1));
        assertThat(replica.leads()).isTrue();
        assertThat(record().path("holderIdentity").asText()).isEqualTo("granite-0");
    }

    @Test
    void staysWithTheConfigMapThoughLeasesAreAllowedLater() {
        server.refuse("GET leases", 403);
        Replica replica = replicas.replica("granite-0").start();
        server.mend();
        replicas.pass(Duration.ofMinutes(5));
        assertThat(replica.leads()).isTrue();
        assertThat(server.has(LEASE)).isFalse();
    }

    @Test
    void staysWithTheLeaseThoughItIsForbiddenLater() {
        Replica replica = replicas.replica("granite-0").start();
        server.refuse("GET leases", 403);
        server.refuse("PUT leases", 403);
        replicas.pass(Duration.ofMinutes(5));
        assertThat(replica.leads()).isFalse();
        assertThat(server.has(CONFIG_MAP)).isFalse();
        assertThat(replica.election.failure())
                .contains("reading Lease \"connector\" in namespace \"ai\" at " + server.url()
                        + " was refused: 403; grant"
                        + " get, create and update on leases.coordination.k8s.io in a Role of that namespace to the"
                        + " account in use");
    }

    @Test
    void nobodyLeadsWhereNeitherCanBeUsedUntilOneCan() {
        try (LogProbe log = new LogProbe(LeaderElection.class)) {
            server.refuse("GET leases", 403);
            server.refuse("POST configmaps", 403);
            Replica replica = replicas.replica("granite-0").start();
            String problem = "no leader can be elected: reading Lease \"connector\" in namespace \"ai\" at "
                    + server.url()
                    + " was refused: 403; grant get, create and update on leases.coordination.k8s.io in a Role of that"
                    + " namespace to the account in use; creating ConfigMap \"connector\" in namespace \"ai\" at "
                    + server.url() + " was refused: 403; grant get, create and update on configmaps in a Role of that"
                    + " namespace to the account in use";
            assertThat(replica.leads()).isFalse();
            assertThat(replica.election.failure()).contains(problem);

            replicas.pass(Duration.ofMinutes(5));
            assertThat(replica.untilNext()).isLessThanOrEqualTo(Duration.ofMinutes(1));
            server.requests().clear();
            replicas.pass(Duration.ofMinutes(10));
            assertThat(server.requests()).hasSize(30);

            server.mend();
            server.refuse("GET leases", 403);
            replicas.pass(Duration.ofMinutes(1));
            assertThat(replica.leads()).isTrue();
            assertThat(replica.election.failure()).isEmpty();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The election of ai/connector does not work, so that this process does not lead: "
                                    + problem,
                            "INFO The leader of ai/connector is elected by an annotation of ConfigMap \"connector\" in"
                                    + " namespace \"ai\", since reading Lease \"connector\" in namespace \"ai\" at "
                                    + server.url() + " was refused: 403; grant get, create and update on"
                                    + " leases.coordination.k8s.io in a Role of that namespace to the account in use",
                            "INFO granite-0 leads ai/connector from now on",
                            "INFO The election of ai/connector works again");
        }
    }

    @Test
    void doesNotDecideWhileTheServerIsDown() {
        server.goDown();
        Replica replica = replicas.replica("granite-0").start();
        assertThat(server.requests()).containsOnly("GET leases");
        server.mend();
        replicas.pass(Duration.ofSeconds(5));
        assertThat(replica.leads()).isTrue();
        assertThat(server.has(LEASE)).isTrue();
        assertThat(server.has(CONFIG_MAP)).isFalse();
    }

    @Test
    void saysThatANamespaceIsNotThere() {
        server.refuse("POST leases", 404);
        server.refuse("POST configmaps", 404);
        Replica replica = replicas.replica("granite-0").start();
        assertThat(replica.election.failure().orElseThrow())
                .contains("creating ConfigMap \"connector\" in namespace \"ai\"")
                .endsWith(" failed: 404; either configmaps are not served, or the namespace is not there");
    }

    private ObjectNode record() {
        return Json.object(server.object(CONFIG_MAP).at(ANNOTATION).asText());
    }
}
