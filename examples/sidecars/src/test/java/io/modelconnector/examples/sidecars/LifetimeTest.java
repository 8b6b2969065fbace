package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesTheLastFirst() {
        try (Lifetime lifetime = new Lifetime()) {
            lifetime.add(resource("first"));
            lifetime.add(resource("second"));
        }

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void closesWhatWasAddedAgainOnceAndAsTheNewest() {
        try (Lifetime lifetime = new Lifetime()) {
            AutoCloseable server = lifetime.add(resource("server"));
            lifetime.add(resource("feed"));
            lifetime.add(server);
        }

        assertThat(closed).containsExactly("server", "feed");
    }

    @Test
    void closesTheRestThoughOneFails() {
        try (Lifetime lifetime = new Lifetime()) {
            lifetime.add(resource("first"));
            lifetime.add(() -> {
                throw new IllegalStateException("cannot close");
            });
        }

        assertThat(closed).containsExactly("first");
    }

    @Test
    void closesAtOnceWhatComesTooLate() {
        Lifetime lifetime = new Lifetime();
        lifetime.close();
        lifetime.add(resource("late"));
        lifetime.close();

        assertThat(closed).containsExactly("late");
    }

    @Test
    void whoeverClosesItSecondWaitsForTheFirst() throws Exception {
        Lifetime lifetime = new Lifetime();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        lifetime.add(resource("first"));
        lifetime.add(() -> {
            begun.countDown();
            held.await();
        });
        Thread signal = new Thread(lifetime::close);
        signal.start();
        begun.await();

        Thread role = new Thread(lifetime::close);
        role.start();
        await().until(() -> role.getState() == Thread.State.WAITING);
        assertThat(closed).as("nobody overtakes what is being closed").isEmpty();

        held.countDown();
        role.join();
        assertThat(closed).containsExactly("first");
    }

    @Test
    void letsGoOfWhoeverWaitsForIt() throws Exception {
        Lifetime lifetime = new Lifetime();
        Thread waiting = new Thread(() -> {
            try {
                lifetime.awaitClose();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        lifetime.close();
        waiting.join(10_000);

        assertThat(waiting.isAlive()).isFalse();
    }

    private AutoCloseable resource(String name) {
        return () -> closed.add(name);
    }
}
