package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves entries as the {@code location} service of the existing connector does, which is what the Backstage provider polls:
 *
 * <ul>
 *   <li>{@code GET /list}: the paths of all entries; 503 with {@code Retry-After} until the entries are known completely, because a
 *       provider takes an empty list for "delete everything"
 *   <li>{@code GET /<segment>/<segment>/<file>}: an entry in the format whose file name it is
 *   <li>{@code GET /modelcard?key=<card key>}: a model card as Markdown
 * </ul>
 *
 * <p>Everything has a strong ETag and honours {@code If-None-Match}, {@code HEAD} and {@code Accept-Encoding: gzip}. Errors
 * are JSON objects with an {@code error}. There is no socket and no thread in it; {@link #handle} never throws and, but for
 * a model card that has to be fetched, never waits. Thread-safe.
 */
public final class FeedEndpoint {
    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);
    private static final String MARKDOWN = "text/markdown; charset=utf-8";

    private final ServedContent content;
    private final List<ServedFile> files;
    private final Route routes = this::route;

    private FeedEndpoint(ServedContent content) {
        this.content = content;
        this.files = List.copyOf(content.files());
    }

    /**
     * Makes the endpoint of a feed. The feed is not closed with it.
     *
     * @param feed what to serve; its first format is what {@code /list} lists
     */
    public static FeedEndpoint of(ModelFeed feed) {
        return new FeedEndpoint(new FeedContent(feed));
    }

    /**
     * Makes the endpoint of any content, for instance of an {@link EntryReplica}.
     *
     * @param content what to serve; its first file is what {@code /list} lists
     */
    public static FeedEndpoint of(ServedContent content) {
        return new FeedEndpoint(requireNonNull(content, "content"));
    }

    /**
     * Answers one request.
     *
     * @param request what was asked
     * @return what to answer, for every request
     */
    public FeedResponse handle(FeedRequest request) {
        return Route.answer(request, routes, log);
    }

    private FeedResponse route(FeedRequest request) throws RefusedException {
        String path = RequestSyntax.decodePath(request.rawPath());
        String key = RequestSyntax.parameter(request.rawQuery(), "key");
        if (path.equals("/list")) {
            RequestSyntax.requireRead(request);
            return list(request);
        }
        if (path.equals("/modelcard")) {
            RequestSyntax.requireRead(request);
            return card(request, key);
        }
        int second = path.indexOf('/', 1);
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        if (third > 0) {
            ServedFile file = file(path, third + 1);
            if (file != null) {
                RequestSyntax.requireRead(request);
                return entry(request, path.substring(1, third), file);
            }
        }
        return Responses.error(request, 404, "there is nothing at " + RequestSyntax.printable(path));
    }

    private @Nullable ServedFile file(String path, int start) {
        for (ServedFile file : files) {
            String name = file.name();
            if (path.length() - start == name.length() && path.startsWith(name, start)) {
                return file;
            }
        }
        return null;
    }

    private FeedResponse list(FeedRequest request) throws RefusedException {
        Optional<Payload> list = content.list();
        return list.isPresent() ? Responses.payload(request, list.get(), Responses.JSON) : notReady(request);
    }

    private FeedResponse entry(FeedRequest request, String location, ServedFile file) throws RefusedException {
        boolean ready = content.ready();
        Optional<Payload> payload = content.entry(location, file);
        if (payload.isPresent()) {
            return Responses.payload(request, payload.get(), file.contentType());
        }
        return ready
                ? Responses.error(request, 404, "there is no entry at /" + RequestSyntax.printable(location))
                : notReady(request);
    }

    private FeedResponse card(FeedRequest request, @Nullable String key) throws RefusedException {
        if (key == null || key.isBlank()) {
            throw new BadRequestException("the parameter \"key\" is missing: /modelcard?key=<card key>");
        }
        if (!content.ready()) {
            return notReady(request);
        }
        try {
            Optional<Payload> card = content.card(key);
            return card.isPresent()
                    ? Responses.payload(request, card.get(), MARKDOWN)
                    : Responses.error(request, 404, "there is no model card " + RequestSyntax.printable(key));
        } catch (ConnectorException e) {
            log.warn("the model card {} cannot be served: {}", RequestSyntax.printable(key), e.getMessage());
            return Responses.unavailable(request, "the model card cannot be read at the moment");
        }
    }

    private static FeedResponse notReady(FeedRequest request) {
        return Responses.unavailable(request, "the models have not been read completely yet");
    }
}
