package io.modelconnector.kserve.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.modelconnector.kserve.testing.ManualTiming;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One process of several: an election on a clock of its own, that works only when it is told to. */
final class Replica {
    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

    final LeaderElection election;
    final ManualTiming timing = new ManualTiming();
    /** Whether it led at each change that it told. */
    final List<Boolean> changes = new CopyOnWriteArrayList<>();

    private ManualTiming.@Nullable Pause pause;
    private Duration left = Duration.ZERO;
    private boolean dead;

    /**
     * Creates it.
     *
     * @param skew by how much its wall clock is ahead
     * @param uptime what its monotonic clock shows
     */
    Replica(
            ApiClient client,
            String identity,
            Duration skew,
            Duration uptime,
            UnaryOperator<LeaderElection.Builder> settings) {
        timing.advance(uptime);
        InstantSource clock = () -> NOON.plus(skew).minus(uptime).plusNanos(timing.nanoTime());
        LeaderElection.Builder builder = LeaderElection.builder(client, "ai", "connector")
                .identity(identity)
                // A machine that is busy must not make a difference.
                .callTimeout(Duration.ofSeconds(30))
                .timing(timing)
                .clock(clock);
        election = settings.apply(builder).build();
        election.onChange(() -> changes.add(leads()));
    }

    boolean leads() {
        return election.leadingSince().isPresent();
    }

    /** Starts it, and waits until it has done what is to be done now. */
    Replica start() {
        election.start();
        awaitPause();
        return this;
    }

    /** From now on it does nothing any more, and did not say so. */
    void die() {
        dead = true;
    }

    /** It goes on, as after a long pause of everything. */
    void revive() {
        dead = false;
        left = Duration.ZERO;
    }

    void close() {
        dead = true;
        election.close();
    }

    /** Until it has something to do; null if it never has. */
    @Nullable
    Duration untilNext() {
        return dead || pause == null ? null : left;
    }

    /** Lets time pass, less than until it has something to do. */
    void pass(Duration time) {
        timing.advance(time);
        left = left.minus(time);
    }

    /** Does what is to be done, and waits until it is done. */
    void work() {
        assertThat(pause).as("a pause that can end").isNotNull();
        pause.end();
        awaitPause();
    }

    private void awaitPause() {
        pause = timing.nextPause();
        left = pause.delay();
    }
}
