package io.modelconnector.examples.sidecars.backstage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.modelconnector.core.SourceUnavailableException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestWorkersTest {
    private final RequestWorkers workers = new RequestWorkers();
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() throws Exception {
        workers.stop();
        assertThat(workers.awaitStop(10_000)).isTrue();
    }

    @Test
    void doesAllAndNothing() throws Exception {
        List<Integer> items = IntStream.range(0, 50).boxed().toList();

        workers.forEach(items, done::add);
        workers.forEach(List.<Integer>of(), done::add);

        assertThat(done).containsExactlyInAnyOrderElementsOf(items);
    }

    @Test
    void endsEarlyWithTheFailure() {
        PushFailure failure = new PushFailure(new SourceUnavailableException("it is down"));

        assertThatExceptionOfType(PushFailure.class)
                .isThrownBy(
                        () -> workers.forEach(IntStream.range(0, 1000).boxed().toList(), number -> {
                            done.add(number);
                            throw failure;
                        }))
                .isSameAs(failure);
        assertThat(done).hasSizeBetween(1, RequestWorkers.AT_ONCE);
    }

    @Test
    void doesNotHideMistakes() {
        assertThatIllegalStateException()
                .isThrownBy(() -> workers.forEach(List.of(1), number -> {
                    throw new IllegalStateException("a mistake");
                }))
                .withMessage("a mistake");
    }

    @Test
    void doesNothingOnceStopped() {
        workers.stop();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> workers.forEach(List.of(1), done::add));
        assertThat(done).isEmpty();
    }
}
