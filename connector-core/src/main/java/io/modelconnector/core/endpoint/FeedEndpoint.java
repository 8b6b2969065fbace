package io.modelconnector.core.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.feed.FeedSnapshot;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a feed as the {@code location} service of the existing connector does, which is what the Backstage provider polls:
 *
 * <ul>
 *   <li>{@code GET /list}: the paths of all entries; 503 with {@code Retry-After} until the feed is published, because a
 *       provider takes an empty list for "delete everything"
 *   <li>{@code GET /<segment>/<segment>/<file>}: an entry in the format whose file name it is
 *   <li>{@code GET /modelcard?key=<card key>}: a model card as Markdown
 * </ul>
 *
 * <p>Everything has a strong ETag and honours {@code If-None-Match}, {@code HEAD} and {@code Accept-Encoding: gzip}. Errors
 * are JSON objects with an {@code error}. There is no socket and no thread in it; {@link #handle} never throws and, but for
 * a model card that no source keeps, never waits. Thread-safe.
 */
public final class FeedEndpoint {
    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);
    private static final String JSON = "application/json";
    private static final String MARKDOWN = "text/markdown; charset=utf-8";
    private static final int RETRY_SECONDS = 5;
    /** How many bytes of model cards are kept as they are served. */
    private static final long CARD_BYTES = 8L << 20;

    private final ModelFeed feed;
    private final Cache<CardVersion, Payload> cards = Caffeine.newBuilder()
            .maximumWeight(CARD_BYTES)
            .weigher((CardVersion version, Payload card) -> card.length())
            .executor(Runnable::run)
            .build();

    private FeedEndpoint(ModelFeed feed) {
        this.feed = feed;
    }

    /**
     * Makes the endpoint of a feed. The feed is not closed with it.
     *
     * @param feed what to serve; its first format is what {@code /list} lists
     */
    public static FeedEndpoint of(ModelFeed feed) {
        return new FeedEndpoint(feed);
    }

    /**
     * Answers one request.
     *
     * @param request what was asked
     * @return what to answer, for every request
     */
    public FeedResponse handle(FeedRequest request) {
        try {
            return route(request);
        } catch (BadRequestException e) {
            return Responses.error(request, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("answering {} {} failed", request.method(), RequestSyntax.printable(request.rawPath()), e);
            return Responses.error(request, 500, "answering failed because of a fault of the server");
        }
    }

    private FeedResponse route(FeedRequest request) throws BadRequestException {
        String path = RequestSyntax.decodePath(request.rawPath());
        String key = RequestSyntax.parameter(request.rawQuery(), "key");
        if (path.equals("/list")) {
            return read(request, this::list);
        }
        if (path.equals("/modelcard")) {
            return read(request, asked -> card(asked, key));
        }
        int second = path.indexOf('/', 1);
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        if (third > 0) {
            FeedFormat format = format(path, third + 1);
            if (format != null) {
                String location = path.substring(1, third);
                return read(request, asked -> entry(asked, location, format));
            }
        }
        return Responses.error(request, 404, "there is nothing at " + RequestSyntax.printable(path));
    }

    private @Nullable FeedFormat format(String path, int start) {
        for (FeedFormat format : feed.formats()) {
            String file = format.fileName();
            if (path.length() - start == file.length() && path.startsWith(file, start)) {
                return format;
            }
        }
        return null;
    }

    private FeedResponse list(FeedRequest request) throws BadRequestException {
        Optional<Payload> list = feed.snapshot().list(feed.formats().get(0));
        return list.isPresent() ? Responses.payload(request, list.get(), JSON) : notReady(request);
    }

    private FeedResponse entry(FeedRequest request, String location, FeedFormat format) throws BadRequestException {
        FeedSnapshot snapshot = feed.snapshot();
        Optional<Payload> payload = snapshot.readable(location).flatMap(entry -> entry.payload(format));
        if (payload.isPresent()) {
            return Responses.payload(request, payload.get(), format.contentType());
        }
        return snapshot.published()
                ? Responses.error(request, 404, "there is no entry at /" + RequestSyntax.printable(location))
                : notReady(request);
    }

    private FeedResponse card(FeedRequest request, @Nullable String key) throws BadRequestException {
        if (key == null || key.isBlank()) {
            throw new BadRequestException("the parameter \"key\" is missing: /modelcard?key=<card key>");
        }
        FeedSnapshot snapshot = feed.snapshot();
        if (!snapshot.published()) {
            return notReady(request);
        }
        Optional<CardVersion> version = snapshot.card(key);
        if (version.isEmpty()) {
            return Responses.error(request, 404, "there is no model card " + RequestSyntax.printable(key));
        }
        try {
            Optional<Payload> card = Optional.ofNullable(cards.get(version.get(), this::read));
            return card.isPresent()
                    ? Responses.payload(request, card.get(), MARKDOWN)
                    : Responses.error(request, 404, "the model card " + RequestSyntax.printable(key) + " is gone");
        } catch (ConnectorException e) {
            log.warn("the model card {} cannot be served: {}", version.get().reference(), e.getMessage());
            return Responses.unavailable(request, "the model card cannot be read at the moment", RETRY_SECONDS);
        }
    }

    private @Nullable Payload read(CardVersion version) {
        return feed.card(version.reference())
                .map(card -> Payload.of(card.markdown().getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private static FeedResponse notReady(FeedRequest request) {
        return Responses.unavailable(request, "the models have not been read completely yet", RETRY_SECONDS);
    }

    private static FeedResponse read(FeedRequest request, Route route) throws BadRequestException {
        if (!RequestSyntax.isRead(request)) {
            return Responses.methodNotAllowed(request);
        }
        return route.answer(request);
    }

    @FunctionalInterface
    private interface Route {
        FeedResponse answer(FeedRequest request) throws BadRequestException;
    }
}
