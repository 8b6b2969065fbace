package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.core.store.UpsertDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import okhttp3.HttpUrl;

/** A location, ours or the existing Go one, asked and told over HTTP. Thread-safe. */
final class LocationClient implements AutoCloseable {
    /** The role that is asked, in metrics and messages. */
    static final String ROLE = "location";

    private final Peer location;

    LocationClient(PeerSettings settings) {
        this.location = new Peer(settings);
    }

    /** What the location serves. */
    LocationListing list() throws InterruptedException {
        PeerAnswer answer = location.get("GET /list", location.url("list").build());
        if (answer.status() == 503) {
            return LocationListing.notReady();
        }
        if (answer.status() != 200) {
            throw location.failure("GET /list", answer);
        }
        try {
            return LocationListing.read(answer);
        } catch (IOException e) {
            throw location.malformed("GET /list", String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the location serves these bytes. After a start of its own, the Go one may serve the storage's record instead. */
    boolean serves(String uri, StoredEntry entry) throws InterruptedException {
        String what = "GET of " + entry.key();
        PeerAnswer answer = location.getUnless(
                what, location.url(uri.substring(1)).build(), entry.body().etag());
        return switch (answer.status()) {
            case 304 -> true;
            case 200 -> entry.body().bytes().equals(ByteBuffer.wrap(answer.body()));
            case 404 -> false;
            default -> throw location.failure(what, answer);
        };
    }

    /** Whether a location of ours has the text of a card. The Go one must not be asked: it counts readings and ends answering. */
    boolean hasCard(StoredCard card) throws InterruptedException {
        String what = "GET /modelcard of " + card.key();
        HttpUrl url =
                location.url("modelcard").addQueryParameter("key", card.key()).build();
        PeerAnswer answer = location.getUnless(what, url, '"' + card.digest() + '"');
        return switch (answer.status()) {
            case 304 -> true;
            case 200, 404 -> false;
            default -> throw location.failure(what, answer);
        };
    }

    /**
     * Gives an entry to the location.
     *
     * @param key under which key
     * @return why the location does not want this entry; nothing if it has it
     */
    Optional<String> upsert(String key, StoredEntry entry) throws InterruptedException {
        String what = "POST /upsert of " + key;
        HttpUrl url = location.url("upsert").addQueryParameter("key", key).build();
        PeerAnswer answer = location.post(what, url, UpsertDocument.write(entry));
        return switch (answer.status()) {
            case 200, 201 -> Optional.empty();
            case 400, 413, 422 -> Optional.of(answer.status() + answer.reason());
            default -> throw location.failure(what, answer);
        };
    }

    /** Takes an entry from the location, whether or not it has it. */
    void remove(String key) throws InterruptedException {
        String what = "DELETE /remove of " + key;
        PeerAnswer answer = location.delete(
                what, location.url("remove").addQueryParameter("key", key).build());
        if (answer.status() != 200) {
            throw location.failure(what, answer);
        }
    }

    /** Gives up what is under way. */
    void cancel() {
        location.cancel();
    }

    @Override
    public void close() {
        location.close();
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
