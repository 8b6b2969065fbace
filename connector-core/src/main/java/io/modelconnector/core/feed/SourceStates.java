package io.modelconnector.core.feed;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What is known of all sources at one moment. */
record SourceStates(List<SourceState> all) {

    static SourceStates of(List<SourceWorker> workers) {
        return new SourceStates(workers.stream().map(SourceWorker::state).toList());
    }

    /** Whether every source was read completely, so that nothing is lacking. */
    boolean ready() {
        return all.stream().allMatch(SourceState::ready);
    }

    /** Whether a read of each source that is lacking has failed: it is not merely slow. */
    boolean othersFailed() {
        return all.stream().allMatch(state -> state.ready() || state.failing());
    }

    /** Whether any source has anything that can be served. */
    boolean hasFacts() {
        return all.stream().anyMatch(SourceState::hasFacts);
    }

    /** When the oldest of the reads began of which this is the result; the end of time if there is none. */
    Instant oldestRead() {
        return reads().min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    /** When the newest of the reads began of which this is the result; the beginning of time if there is none. */
    Instant newestRead() {
        return reads().max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    private Stream<Instant> reads() {
        return all.stream()
                .flatMap(state -> Stream.concat(
                        Stream.ofNullable(state.answered()),
                        state.parts().values().stream()
                                .map(PartState::lastCompleteRead)
                                .filter(Objects::nonNull)));
    }
}
