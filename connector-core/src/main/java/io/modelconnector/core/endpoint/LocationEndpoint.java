package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code location} service of the existing connector: serves the entries that another process sends. It reads as a
 * {@link FeedEndpoint} does, and takes these writes:
 *
 * <ul>
 *   <li>{@code POST /upsert?key=<import key>} with an {@linkplain io.modelconnector.core.store.UpsertDocument entry}: 201;
 *       400 with the reason for a key or a body that cannot be taken
 *   <li>{@code DELETE /remove?key=<import key>}: 200, also for an entry that is not there
 * </ul>
 *
 * <p>Writes need the shared token: 401 without it. A body has at most 16 MiB (413) and is JSON (415). It is not read before
 * everything else about the request is right. There is no socket and no thread in it; {@link #handle} never throws, and
 * waits only for the body of a write. Thread-safe.
 */
public final class LocationEndpoint {
    private static final Logger log = LoggerFactory.getLogger(LocationEndpoint.class);

    private final EntryReplica replica;
    private final FeedEndpoint reads;
    private final SharedToken token;
    private final PayloadRule rule;

    private LocationEndpoint(EntryReplica replica, FeedEndpoint reads, Supplier<String> token) {
        this.replica = requireNonNull(replica, "replica");
        this.reads = requireNonNull(reads, "reads");
        this.token = new SharedToken(token, log);
        this.rule = PayloadRule.of(replica.format());
    }

    /**
     * Makes the endpoint.
     *
     * @param replica what is served and written to; its format says which payloads are taken
     * @param token gives the token that writes have to carry, asked for each write; if it throws or gives none, writes are
     *     answered with 503
     */
    public static LocationEndpoint of(EntryReplica replica, Supplier<String> token) {
        return of(replica, FeedEndpoint.of(replica), token);
    }

    /**
     * Makes the endpoint, with an endpoint of one's own for what is only read.
     *
     * @param replica what is written to; its format says which payloads are taken
     * @param reads serves the replica
     * @param token gives the token that writes have to carry, as in {@link #of(EntryReplica, Supplier)}
     */
    public static LocationEndpoint of(EntryReplica replica, FeedEndpoint reads, Supplier<String> token) {
        return new LocationEndpoint(replica, reads, token);
    }

    /**
     * Whether a request may have to wait: for the body of a write, or as {@link FeedEndpoint#mayWait} says.
     *
     * @param request what was asked
     */
    public boolean mayWait(FeedRequest request) {
        return !RequestSyntax.isRead(request) || reads.mayWait(request);
    }

    /**
     * Answers one request.
     *
     * @param request what was asked
     * @param body the body that came with it, which is not closed; an empty stream without one
     * @return what to answer, for every request
     */
    public FeedResponse handle(FeedRequest request, InputStream body) {
        return Route.answer(request, asked -> route(asked, body), log);
    }

    private FeedResponse route(FeedRequest request, InputStream body) throws RefusedException {
        return switch (RequestSyntax.decodePath(request.rawPath())) {
            case "/upsert" -> upsert(request, body);
            case "/remove" -> remove(request);
            default -> reads.handle(request);
        };
    }

    private FeedResponse upsert(FeedRequest request, InputStream body) throws RefusedException {
        RequestSyntax.requireMethod(request, "POST");
        token.require(request);
        String key = WriteParameters.importKey(request);
        String type = WriteParameters.type(request);
        rule.read(key, type, RequestBody.json(request, body)).ifPresent(replica::put);
        return Responses.done(request, 201);
    }

    private FeedResponse remove(FeedRequest request) throws RefusedException {
        RequestSyntax.requireMethod(request, "DELETE");
        token.require(request);
        boolean unused = replica.remove(WriteParameters.importKey(request));
        return Responses.done(request, 200);
    }
}
