package io.modelconnector.techdocs;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One reading of a card, which all who want the card wait for. Thread-safe. */
final class CardLoad {
    private final CardVersion card;
    private final Duration limit;
    private final long began;
    private final CompletableFuture<HeldCard> result = new CompletableFuture<>();

    /**
     * A reading that begins.
     *
     * @param card which card, in which version
     * @param limit how long anybody waits for it, from now on
     */
    CardLoad(CardVersion card, Duration limit) {
        this.card = card;
        this.limit = limit;
        this.began = System.nanoTime();
    }

    CardVersion card() {
        return card;
    }

    void succeeded(HeldCard held) {
        result.complete(held);
    }

    void failed(ConnectorException cause) {
        result.completeExceptionally(cause);
    }

    /**
     * Waits for the end, but not beyond the limit, which counts from the beginning: whoever asks later waits less.
     *
     * @throws ConnectorException if it failed, or lasts too long
     */
    HeldCard await() {
        long left = limit.toNanos() - (System.nanoTime() - began);
        try {
            return result.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectorException cause) {
                throw cause;
            }
            throw new IllegalStateException("reading the model card " + card.reference() + " failed", e);
        } catch (TimeoutException e) {
            throw new SourceUnavailableException(
                    "reading the model card " + card.reference() + " takes more than " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException(
                    "waiting for the model card " + card.reference() + " was interrupted", e);
        }
    }
}
