package io.modelconnector.core.endpoint;

import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import io.modelconnector.core.endpoint.auth.RequestGuard;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.feed.FeedEntry;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list, the entries and the model cards of the connector contract. A provider fetches all listed entries at once and drops
 * everything when one of them fails, so an entry that is not there any more is answered as one without models for a while; the
 * provider takes it out of the portal.
 */
final class ConnectorPart implements EndpointPart {
    private static final Pattern MODELS = Pattern.compile("/models/([^/]+)/([^/]+)");
    private static final Payload WITHOUT_MODELS = Payload.of("{\"models\":[]}".getBytes(StandardCharsets.UTF_8));

    private final ModelFeed feed;
    private final FeedFormat format;
    private final ConnectorContract contract;
    private final RequestGuard guard;
    private final CardPart cards;
    private final int segments;

    ConnectorPart(ModelFeed feed, FeedFormat format, ConnectorContract contract, CardPart cards) {
        this.feed = feed;
        this.format = format;
        this.contract = contract;
        this.guard = RequestGuard.of(contract.authenticator());
        this.cards = cards;
        this.segments = (int) contract.basePath().chars().filter(c -> c == '/').count();
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        String below = below(path);
        if (below == null) {
            return null;
        }
        Optional<Refused> refusal = guard.refusal(request, contract.pluginId());
        if (refusal.isPresent()) {
            throw RefusedException.of(refusal.get());
        }
        if (below.equals("/list")) {
            RequestSyntax.requireRead(request);
            return list(request);
        }
        Matcher models = MODELS.matcher(below);
        if (models.matches()) {
            RequestSyntax.requireRead(request);
            return entry(request, models.group(1), models.group(2));
        }
        FeedResponse card = cards.answer(rebased(request), below);
        return card != null
                ? card
                : Responses.error(request, 404, "there is nothing at " + RequestSyntax.printable(path));
    }

    @Override
    public boolean mayWait(FeedRequest request, String path) throws RefusedException {
        String below = below(path);
        return below != null && (!guard.answersAtOnce(request) || cards.mayWait(rebased(request), below));
    }

    /** The rest of a path below the base; null if it is not below. */
    private @Nullable String below(String path) {
        String base = contract.basePath();
        boolean isBelow =
                path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
        return isBelow ? path.substring(base.length()) : null;
    }

    /** The request as it would be without the base, however its path is encoded. */
    private FeedRequest rebased(FeedRequest request) {
        String rawPath = request.rawPath();
        int at = 0;
        for (int i = 0; i < segments && at >= 0; i++) {
            at = rawPath.indexOf('/', at + 1);
        }
        String rest = at < 0 ? "/" : rawPath.substring(at);
        return new FeedRequest(request.method(), rest, request.rawQuery(), request.header(), request.client());
    }

    /** A provider knows "not ready yet" by this status with its usual reason phrase. */
    private FeedResponse list(FeedRequest request) throws RefusedException {
        Optional<Payload> list = feed.snapshot().list(format);
        return list.isPresent()
                ? Responses.payload(request, list.get(), Responses.JSON)
                : Responses.error(request, 404, "the models have not been read completely yet");
    }

    private FeedResponse entry(FeedRequest request, String first, String second) throws RefusedException {
        FeedSnapshot snapshot = feed.snapshot();
        if (!snapshot.published()) {
            return Responses.notReady(request);
        }
        String location = first + '/' + second;
        Optional<FeedEntry> known = snapshot.readable(location);
        if (known.isEmpty()) {
            return Responses.error(request, 404, "there is no entry " + RequestSyntax.printable(location));
        }
        Optional<Payload> payload = published(snapshot, first, second).flatMap(entry -> entry.payload(format));
        return Responses.payload(request, payload.orElse(WITHOUT_MODELS), Responses.JSON);
    }

    private static Optional<FeedEntry> published(FeedSnapshot snapshot, String first, String second) {
        return snapshot.entry(new EntryKey(first, second));
    }
}
