package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.store.EntryRecord;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code storage-rest} service of the existing connector: gives other processes access to a store.
 *
 * <ul>
 *   <li>{@code POST /upsert?key=<import key>&type=kubeflow|kserve} with an {@linkplain
 *       io.modelconnector.core.store.UpsertDocument entry}: 201 if the store did not have it, 200 if it did; answered when
 *       it is stored
 *   <li>{@code POST /currentkeyset?key=<import key>,<import key>}, or with a JSON array of import keys as the body: removes
 *       every other entry. A key that is given but empty, or an empty array, removes all
 *   <li>{@code GET /list}: {@code {"keys":[…],"digests":{"<key>":"<digest>"},"complete":true}}; 503 until the store is
 *       {@linkplain StoreListing#complete() complete}, unless asked with {@code ?all=true}
 *   <li>{@code GET /fetch?key=<import key>}: the {@linkplain EntryRecord record} of an entry, with the text of its model
 *       card; 404 without one
 * </ul>
 *
 * <p>Writes need the shared token: 401 without it. A body has at most 16 MiB (413) and is JSON (415). It is not read before
 * everything else about the request is right; what cannot be taken is answered with 400 and the reason. While the store
 * cannot be read or written, the answer is 503 with {@code Retry-After}.
 *
 * <p>There is no socket and no thread in it. {@link #handle} never throws, but waits for the body and for the store, so it is
 * called where that may be. Thread-safe.
 */
public final class StorageEndpoint {
    private static final Logger log = LoggerFactory.getLogger(StorageEndpoint.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final EntryStore store;
    private final SharedToken token;
    private final PayloadRule rule;
    private final OrderedWrites writes;
    private final LastingFault storeFault = new LastingFault(log, "using the store");

    private StorageEndpoint(Builder builder) {
        this.store = builder.store;
        this.token = new SharedToken(builder.token, log);
        this.rule = builder.rule;
        this.writes = new OrderedWrites(builder.store, builder.listeners, log);
    }

    /**
     * Starts the description of an endpoint.
     *
     * @param store what is read and written; it is not closed with the endpoint
     * @param token gives the token that writes have to carry, asked for each write; if it throws or gives none, writes are
     *     answered with 503
     */
    public static Builder builder(EntryStore store, Supplier<String> token) {
        return new Builder(store, token);
    }

    /**
     * Answers one request.
     *
     * @param request what was asked
     * @param body the body that came with it, which is not closed; an empty stream without one
     * @return what to answer, for every request
     */
    public FeedResponse handle(FeedRequest request, InputStream body) {
        return Route.answer(request, asked -> use(asked, body), log);
    }

    private FeedResponse use(FeedRequest request, InputStream body) throws RefusedException {
        try {
            return route(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusedException.unavailable("the store is not waited for any longer");
        } catch (MalformedResponseException e) {
            // One record is damaged, which is among the store's problems.
            throw new RefusedException(500, String.valueOf(e.getMessage()), Map.of());
        } catch (ConnectorException e) {
            String message = String.valueOf(e.getMessage());
            storeFault.met(message);
            throw e.retryable() ? RefusedException.unavailable(message) : new RefusedException(500, message, Map.of());
        }
    }

    private FeedResponse route(FeedRequest request, InputStream body) throws RefusedException, InterruptedException {
        String path = RequestSyntax.decodePath(request.rawPath());
        return switch (path) {
            case "/upsert" -> upsert(request, body);
            case "/currentkeyset" -> keepOnly(request, body);
            case "/list" -> list(request);
            case "/fetch" -> fetch(request);
            default ->
                throw new RefusedException(404, "there is nothing at " + RequestSyntax.printable(path), Map.of());
        };
    }

    private FeedResponse upsert(FeedRequest request, InputStream body) throws RefusedException, InterruptedException {
        RequestSyntax.requireMethod(request, "POST");
        token.require(request);
        String key = WriteParameters.importKey(request);
        String type = WriteParameters.type(request);
        Optional<StoredEntry> entry = rule.read(key, type, RequestBody.json(request, body));
        if (entry.isEmpty()) {
            return Responses.done(request, 200);
        }
        StoreOutcome outcome = writes.put(entry.get());
        storeFault.over();
        return Responses.done(request, outcome.added().contains(key) ? 201 : 200);
    }

    private FeedResponse keepOnly(FeedRequest request, InputStream body) throws RefusedException, InterruptedException {
        RequestSyntax.requireMethod(request, "POST");
        token.require(request);
        String keys = RequestSyntax.parameter(request.rawQuery(), "key");
        writes.keepOnly(
                keys != null
                        ? KeySetDocument.ofParameter(keys)
                        : KeySetDocument.ofBody(RequestBody.json(request, body)));
        storeFault.over();
        return Responses.done(request, 200);
    }

    private FeedResponse list(FeedRequest request) throws RefusedException, InterruptedException {
        RequestSyntax.requireRead(request);
        boolean all = all(request);
        if (!all && isExistingLocation(request)) {
            throw RefusedException.unavailable("the entries will be sent to the location");
        }
        StoreListing listing = store.list();
        storeFault.over();
        if (!all && !listing.complete()) {
            throw RefusedException.unavailable("the store has not been filled completely yet");
        }
        return Responses.json(request, 200, document(listing));
    }

    private FeedResponse fetch(FeedRequest request) throws RefusedException, InterruptedException {
        RequestSyntax.requireRead(request);
        String key = RequestSyntax.parameter(request.rawQuery(), "key");
        if (key == null || key.isEmpty()) {
            throw new BadRequestException("the parameter \"key\" is missing: /fetch?key=<import key>");
        }
        Optional<StoredEntry> entry = store.fetch(key);
        storeFault.over();
        return entry.isPresent()
                ? Responses.json(request, 200, EntryRecord.writeWithCard(entry.get()))
                : Responses.error(request, 404, "there is no entry " + RequestSyntax.printable(key));
    }

    private static boolean all(FeedRequest request) throws BadRequestException {
        String all = RequestSyntax.parameter(request.rawQuery(), "all");
        if (all == null || all.equals("false")) {
            return false;
        }
        if (all.equals("true")) {
            return true;
        }
        throw new BadRequestException(
                "the parameter \"all\" has to be true or false, not " + RequestSyntax.printable(all));
    }

    /**
     * The existing location asks once, before it listens. It never listens if it is told of two entries or more, and serves
     * records instead of payloads if it is told of one; told of none, it takes what it is sent. Nothing else that asks
     * for a list is written with this HTTP client.
     */
    private static boolean isExistingLocation(FeedRequest request) {
        String client = request.header().apply("User-Agent");
        return client != null && client.startsWith("go-resty/");
    }

    private static byte[] document(StoreListing listing) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(64 + listing.digests().size() * 96);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("keys");
            for (String key : listing.digests().keySet()) {
                json.writeString(key);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("digests");
            for (Map.Entry<String, String> digest : listing.digests().entrySet()) {
                json.writeStringField(digest.getKey(), digest.getValue());
            }
            json.writeEndObject();
            json.writeBooleanField("complete", listing.complete());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Describes an endpoint. Not thread-safe. */
    public static final class Builder {
        private final EntryStore store;
        private final Supplier<String> token;
        private final List<BiConsumer<StoreUpdate, StoreOutcome>> listeners = new ArrayList<>();
        private PayloadRule rule = PayloadRule.MODEL_CATALOG;

        private Builder(EntryStore store, Supplier<String> token) {
            this.store = requireNonNull(store, "store");
            this.token = requireNonNull(token, "token");
        }

        /**
         * Sets the format in which entries are sent; {@link io.modelconnector.core.format.JsonArrayFormat} by default.
         * Payloads of that format have to be model catalogs, those of others are taken as they are.
         */
        public Builder format(FeedFormat format) {
            this.rule = PayloadRule.of(format);
            return this;
        }

        /**
         * Adds a listener that is told of each successful write, with what became of it, before the write is answered. For
         * each key it is told in the order in which the store was written; of different keys, by several threads at once.
         * It has to return at once; what it throws is logged and harms nobody else. An entry that was stored already in the
         * same state is told of as well.
         */
        public Builder onWrite(BiConsumer<StoreUpdate, StoreOutcome> listener) {
            listeners.add(requireNonNull(listener, "listener"));
            return this;
        }

        /** Makes the endpoint. */
        public StorageEndpoint build() {
            return new StorageEndpoint(this);
        }
    }
}
