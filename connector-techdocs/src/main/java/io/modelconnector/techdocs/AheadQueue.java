package io.modelconnector.techdocs;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Cards that are read before anybody asks, one after the other, so that those that somebody waits for come first. Each is
 * in it once, in the version that was named last. Thread-safe.
 */
final class AheadQueue {
    /** What does not fit is read when somebody asks. */
    private static final int MOST = 10_000;

    private final Executor executor;
    private final Consumer<CardVersion> reading;
    private final Map<ModelCardReference, CardVersion> cards = new LinkedHashMap<>();
    private boolean draining;

    AheadQueue(Executor executor, Consumer<CardVersion> reading) {
        this.executor = executor;
        this.reading = reading;
    }

    synchronized void add(CardVersion card) {
        if (cards.size() < MOST || cards.containsKey(card.reference())) {
            cards.put(card.reference(), card);
        }
        if (!draining) {
            draining = true;
            proceed();
        }
    }

    private void readNext() {
        try {
            reading.accept(next());
        } finally {
            goOn();
        }
    }

    private synchronized CardVersion next() {
        var first = cards.entrySet().iterator();
        CardVersion card = first.next().getValue();
        first.remove();
        return card;
    }

    private synchronized void goOn() {
        if (cards.isEmpty()) {
            draining = false;
        } else {
            proceed();
        }
    }

    /** Behind whatever waits already. */
    private void proceed() {
        try {
            executor.execute(this::readNext);
        } catch (RejectedExecutionException e) {
            // The cache was closed.
            cards.clear();
        }
    }
}
