package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.endpoint.page.FeedPage;
import io.modelconnector.core.feed.ModelFeed;
import java.util.ArrayList;
import java.util.List;
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
 *   <li>{@code GET /modelcard?key=<card key>} and {@code GET /modelcard/<source>/<group>/<name…>}: a model card as Markdown, as the
 *       {@linkplain Builder#documentation documentation} shows it, or with {@code raw=true} as its author wrote it
 *   <li>{@code GET /api/v1/repos/<segment>/<segment>/git/commits/main} and {@code …/archive/main.tar.gz}: the revision and the files of
 *       an entry's documentation site, for portals that take this server for a Gitea
 *   <li>{@code GET /}: a {@linkplain Builder#page page} for people, if there is one and a browser asks
 * </ul>
 *
 * <p>Everything has a strong ETag and honours {@code If-None-Match}, {@code HEAD} and {@code Accept-Encoding: gzip}. Errors
 * are JSON objects with an {@code error}. There is no socket and no thread in it; {@link #handle} never throws and, but for
 * a model card that has to be fetched and for the page, never waits. Thread-safe.
 */
public final class FeedEndpoint {
    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);

    private final List<EndpointPart> parts;
    private final Route routes = this::route;

    private FeedEndpoint(Builder builder) {
        ServedContent content = builder.content;
        ModelDocumentation given = builder.documentation;
        ModelDocumentation documentation = given == null ? content : given;
        List<EndpointPart> parts = new ArrayList<>(List.of(
                new LocationPart(content), new CardPart(content, documentation), new SitePart(content, documentation)));
        if (builder.page != null) {
            parts.add(new PagePart(builder.page, documentation));
        }
        this.parts = List.copyOf(parts);
    }

    /**
     * Makes the endpoint of a feed. The feed is not closed with it.
     *
     * @param feed what to serve; its first format is what {@code /list} lists
     */
    public static FeedEndpoint of(ModelFeed feed) {
        return builder(feed).build();
    }

    /**
     * Makes the endpoint of any content, for instance of an {@link EntryReplica}.
     *
     * @param content what to serve; its first file is what {@code /list} lists
     */
    public static FeedEndpoint of(ServedContent content) {
        return builder(content).build();
    }

    /**
     * Starts the description of the endpoint of a feed, which is not closed with it.
     *
     * @param feed what to serve; its first format is what {@code /list} lists
     */
    public static Builder builder(ModelFeed feed) {
        return new Builder(new FeedContent(feed));
    }

    /**
     * Starts the description of the endpoint of any content, for instance of an {@link EntryReplica}.
     *
     * @param content what to serve; its first file is what {@code /list} lists
     */
    public static Builder builder(ServedContent content) {
        return new Builder(requireNonNull(content, "content"));
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

    /**
     * Whether a request may have to wait for something to be read, such as a model card: a host that answers on a thread that
     * must not wait hands such a request to another one.
     *
     * @param request what was asked
     */
    public boolean mayWait(FeedRequest request) {
        try {
            String path = RequestSyntax.decodePath(request.rawPath());
            for (EndpointPart part : parts) {
                if (part.mayWait(request, path)) {
                    return true;
                }
            }
            return false;
        } catch (RefusedException e) {
            // It is answered at once, with what is wrong with it.
            return false;
        }
    }

    private FeedResponse route(FeedRequest request) throws RefusedException {
        String path = RequestSyntax.decodePath(request.rawPath());
        RequestSyntax.requireQuery(request);
        for (EndpointPart part : parts) {
            FeedResponse response = part.answer(request, path);
            if (response != null) {
                return response;
            }
        }
        return Responses.error(request, 404, "there is nothing at " + RequestSyntax.printable(path));
    }

    /** Describes an endpoint. Not thread-safe. */
    public static final class Builder {
        private final ServedContent content;
        private @Nullable ModelDocumentation documentation;
        private @Nullable FeedPage page;

        private Builder(ServedContent content) {
            this.content = content;
        }

        /**
         * Sets who makes model cards fit to be shown, and has sites; it is not closed with the endpoint. By default cards are
         * served as they are, and there are no sites.
         */
        public Builder documentation(ModelDocumentation documentation) {
            this.documentation = requireNonNull(documentation, "documentation");
            return this;
        }

        /**
         * Shows a page at the root to browsers, which ask for {@code text/html}; there is none by default. It tells whoever
         * can reach the endpoint more than the entries do, for instance which upstream fails, and how.
         */
        public Builder page(FeedPage page) {
            this.page = requireNonNull(page, "page");
            return this;
        }

        /** Makes the endpoint. */
        public FeedEndpoint build() {
            return new FeedEndpoint(this);
        }
    }
}
