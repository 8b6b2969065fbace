package io.modelconnector.core.endpoint;

import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.format.Payload;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a plain Backstage. A document that the Location listed a moment ago can still be read: an entry that has just
 * left stays as it was for a while, since Backstage takes a missing document for a fault and keeps what it had.
 */
final class BackstagePart implements EndpointPart {
    private static final String BASE = "/backstage/";
    private static final Pattern ENTITIES = Pattern.compile(BASE + "entities/([^/]+)/([^/]+)\\.yaml");

    private final ModelFeed feed;
    private final BackstageEntitiesFormat format;
    private volatile @Nullable JoinedEntities joined;

    BackstagePart(ModelFeed feed, BackstageEntitiesFormat format) {
        this.feed = feed;
        this.format = format;
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        Matcher entities = ENTITIES.matcher(path);
        boolean ofEntry = path.startsWith(BASE) && entities.matches();
        String document = ofEntry || !path.startsWith(BASE) ? "" : path.substring(BASE.length());
        boolean known = switch (document) {
            case "catalog-info.yaml", "all.yaml", "systems.yaml" -> true;
            default -> ofEntry;
        };
        if (!known) {
            return null;
        }
        RequestSyntax.requireRead(request);
        FeedSnapshot snapshot = feed.snapshot();
        Optional<Payload> list = snapshot.list(format);
        if (list.isEmpty()) {
            return Responses.notReady(request);
        }
        if (ofEntry) {
            return entry(request, snapshot, entities.group(1) + '/' + entities.group(2));
        }
        Payload payload = switch (document) {
            case "all.yaml" -> joined(snapshot, list.get()).all();
            case "systems.yaml" -> joined(snapshot, list.get()).systems();
            default -> list.get();
        };
        return Responses.payload(request, payload, format.contentType());
    }

    private FeedResponse entry(FeedRequest request, FeedSnapshot snapshot, String location) throws RefusedException {
        Optional<Payload> payload = snapshot.readable(location).flatMap(entry -> entry.payload(format));
        return payload.isPresent()
                ? Responses.payload(request, payload.get(), format.contentType())
                : Responses.error(request, 404, "there are no entities of " + RequestSyntax.printable(location));
    }

    /** Made when first asked for after a change, and kept until the next one. */
    private JoinedEntities joined(FeedSnapshot snapshot, Payload list) {
        JoinedEntities known = joined;
        if (known == null || known.list() != list) {
            synchronized (this) {
                known = joined;
                if (known == null || known.list() != list) {
                    known = JoinedEntities.of(snapshot, list, format);
                    joined = known;
                }
            }
        }
        return known;
    }
}
