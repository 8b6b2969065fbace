package io.modelconnector.techdocs;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cards that cannot be read. Told once when it begins and once when it has ended, however many cards are concerned.
 * Thread-safe.
 */
final class CardFailures {
    private static final Logger log = LoggerFactory.getLogger(ModelCards.class);
    private static final int MOST = 10_000;

    private final Map<ModelCardReference, Failure> failures = new ConcurrentHashMap<>();

    /**
     * Why a card could not be read.
     *
     * @param card the card, in the version that was wanted
     * @param cause what it failed with
     * @param time when that was
     */
    record Failure(CardVersion card, ConnectorException cause, long time) {}

    synchronized void failed(CardVersion card, ConnectorException cause, long now) {
        ModelCardReference reference = card.reference();
        boolean first = failures.isEmpty();
        if (failures.size() < MOST || failures.containsKey(reference)) {
            failures.put(reference, new Failure(card, cause, now));
        }
        if (first) {
            log.warn("the model card {} cannot be read; the last text of it is served: {}", reference, text(cause));
        } else {
            log.debug("the model card {} cannot be read", reference, cause);
        }
    }

    void succeeded(ModelCardReference card) {
        if (failures.containsKey(card)) {
            end(card);
        }
    }

    private synchronized void end(ModelCardReference card) {
        if (failures.remove(card) != null && failures.isEmpty()) {
            log.info("model cards can be read again");
        }
    }

    @Nullable
    Failure of(ModelCardReference card) {
        return failures.get(card);
    }

    Collection<Failure> all() {
        return failures.values();
    }

    /** Forgets failures that concern nobody any more. */
    synchronized void removeIf(Predicate<Failure> needless) {
        failures.values().removeIf(needless);
    }

    private static String text(ConnectorException cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
