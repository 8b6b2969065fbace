package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.HttpUrl;

/** The entries of one update on their way to storage-rest, and what becomes of them. Thread-safe. */
final class Upserts {
    /** A server that fails this often is not asked for the rest. */
    private static final int ENOUGH_FAILURES = 8;

    private final Peer storage;
    private final boolean ours;
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final Set<String> added = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ConnectorException> failures = new ConcurrentLinkedQueue<>();

    Upserts(Peer storage, boolean ours) {
        this.storage = storage;
        this.ours = ours;
    }

    /**
     * Sends one entry. A failure is noted, unless it is one that the others would meet as well.
     *
     * @throws ConnectorException if there is no use in sending the others
     */
    void send(StoredEntry entry) throws InterruptedException {
        String key = entry.key().importKey();
        String what = "POST /upsert of " + key;
        HttpUrl url = storage.url("upsert")
                .addQueryParameter("key", key)
                .addQueryParameter("type", entry.type())
                .build();
        PeerAnswer answer = storage.post(what, url, UpsertDocument.write(ours ? entry : withoutUnkeptCard(entry)));
        switch (answer.status()) {
            case 201 -> {
                stored.add(key);
                added.add(key);
            }
            case 200 -> stored.add(key);
            case 400, 413, 422 ->
                problems.add(new Problem(
                        key,
                        "is refused by storage-rest with " + answer.status() + answer.reason()
                                + "; the others are stored"));
            default -> fail(storage.failure(what, answer));
        }
    }

    private void fail(ConnectorException failure) {
        failures.add(failure);
        if (!(failure instanceof SourceUnavailableException) || failures.size() >= ENOUGH_FAILURES) {
            throw failure;
        }
    }

    /** The Go parts take the key of a card without text for an empty card, and keep it in place of the real one. */
    static StoredEntry withoutUnkeptCard(StoredEntry entry) {
        StoredCard card = entry.card();
        return card != null && card.markdown() == null ? entry.withCard(null) : entry;
    }

    /**
     * Ends the update.
     *
     * @param of how many entries there were
     * @throws SourceUnavailableException if some could not be stored
     */
    void check(int of) {
        ConnectorException first = failures.poll();
        if (first == null) {
            return;
        }
        int left = of - stored.size() - problems.size();
        SourceUnavailableException failure = new SourceUnavailableException(
                left + " of " + of + " entries could not be stored, for instance: " + first.getMessage(), first);
        failures.forEach(failure::addSuppressed);
        throw failure;
    }

    /** The keys that are stored now. */
    Set<String> stored() {
        return stored;
    }

    /** Of these, the ones that are new there; the Go one says so of all. */
    Set<String> added() {
        return added;
    }

    /** The entries that were refused. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
