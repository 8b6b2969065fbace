package io.modelconnector.core.store;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model cards that a store had when it was first asked for one: what was known of them before a restart. It waits for the
 * store with the first question; a store that cannot be read is asked again ten seconds later at the earliest, and has no
 * cards meanwhile. Thread-safe.
 */
public final class StoredCardVersions implements Function<ModelCardReference, Optional<CardVersion>> {
    private static final Logger log = LoggerFactory.getLogger(StoredCardVersions.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final EntryStore store;
    private @Nullable Map<String, String> digests;
    private @Nullable Long failedAt;

    /**
     * Reads nothing yet.
     *
     * @param store what to ask; borrowed
     */
    public StoredCardVersions(EntryStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** The state of a card that some stored entry has; nothing if none has it. */
    @Override
    public synchronized Optional<CardVersion> apply(ModelCardReference reference) {
        if (digests == null && (failedAt == null || System.nanoTime() - failedAt > PAUSE.toNanos())) {
            read();
        }
        return Optional.ofNullable(digests)
                .map(known -> known.get(reference.key()))
                .map(digest -> new CardVersion(reference, digest));
    }

    private void read() {
        try {
            Map<String, String> found = new HashMap<>();
            for (String key : store.list().digests().keySet()) {
                StoredCard card = store.fetch(key).map(StoredEntry::card).orElse(null);
                if (card != null && card.markdown() != null) {
                    found.put(card.key(), card.digest());
                }
            }
            digests = found;
        } catch (ConnectorException e) {
            log.debug("the stored model cards cannot be looked at", e);
            failedAt = System.nanoTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
