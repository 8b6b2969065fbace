package io.modelconnector.kserve.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Processes that elect a leader, and the API server between them. Time passes when the test says so, from one thing that
 * somebody has to do to the next; at no moment do two of them lead.
 */
final class Replicas implements AutoCloseable {
    static final String LEASE = RecordServer.LEASES + "/connector";
    static final String CONFIG_MAP = RecordServer.CONFIG_MAPS + "/connector";

    final RecordServer server = new RecordServer();
    private final List<Replica> replicas = new ArrayList<>();

    /** A process, not started. */
    Replica replica(String identity) {
        return replica(identity, settings -> settings);
    }

    /** A process whose wall clock is ahead. */
    Replica replica(String identity, Duration skew) {
        return replica(server.client(), identity, skew, settings -> settings);
    }

    /** A process with settings of its own. */
    Replica replica(String identity, UnaryOperator<LeaderElection.Builder> settings) {
        return replica(server.client(), identity, Duration.ZERO, settings);
    }

    /** A process with a client of its own. */
    Replica replica(String identity, ApiClient client) {
        return replica(client, identity, Duration.ZERO, settings -> settings);
    }

    private Replica replica(
            ApiClient client, String identity, Duration skew, UnaryOperator<LeaderElection.Builder> settings) {
        Duration uptime = Duration.ofHours(7).multipliedBy(replicas.size());
        Replica replica = new Replica(client, identity, skew, uptime, settings);
        replicas.add(replica);
        return replica;
    }

    /** Who leads now; an empty text if nobody does. */
    String leader() {
        List<String> leaders = replicas.stream()
                .filter(Replica::leads)
                .map(replica -> replica.election.identity())
                .toList();
        assertThat(leaders).as("the leaders").hasSizeLessThanOrEqualTo(1);
        return String.join(",", leaders);
    }

    /** The one that leads now. */
    Replica leading() {
        return replicas.stream().filter(Replica::leads).findFirst().orElseThrow();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        Duration left = time;
        for (Replica next = next(left); next != null; next = next(left)) {
            Duration step = next.untilNext();
            passAll(step);
            next.work();
            leader();
            left = left.minus(step);
        }
        passAll(left);
    }

    /** Lets time pass until another one leads, and says how much that was. */
    Duration passUntilAnotherLeadsThan(Replica gone) {
        Duration passed = Duration.ZERO;
        Duration step = Duration.ofMillis(100);
        while (leader().isEmpty() || gone.leads()) {
            assertThat(passed).as("the time without another leader").isLessThan(Duration.ofMinutes(2));
            pass(step);
            passed = passed.plus(step);
        }
        return passed;
    }

    private void passAll(Duration time) {
        replicas.forEach(replica -> replica.pass(time));
        leader();
    }

    private Replica next(Duration within) {
        Replica first = null;
        for (Replica replica : replicas) {
            Duration until = replica.untilNext();
            if (until != null
                    && until.compareTo(within) <= 0
                    && (first == null || until.compareTo(first.untilNext()) < 0)) {
                first = replica;
            }
        }
        return first;
    }

    @Override
    public void close() {
        server.mend();
        replicas.forEach(Replica::close);
        server.close();
        Threads.assertNoneLeft();
    }
}
