package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import io.modelconnector.core.endpoint.page.FeedPage;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.format.BackstageEntitiesFormat;
import io.modelconnector.core.format.ConnectorJsonFormat;
import io.modelconnector.core.format.FeedFormat;
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
 * <p>On request it also serves the {@linkplain Builder#connector connector contract}, which newer providers poll, and
 * {@linkplain Builder#backstage entities} for a Backstage without any plugin, from the same feed.
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
        CardPart cards = new CardPart(content, documentation);
        List<EndpointPart> parts =
                new ArrayList<>(List.of(new LocationPart(content), cards, new SitePart(content, documentation)));
        ConnectorContract connector = builder.connector;
        if (connector != null) {
            ModelFeed feed = builder.requireFeed("the connector contract");
            ConnectorJsonFormat format = format(feed, ConnectorJsonFormat.class, "the connector contract");
            parts.add(new ConnectorPart(feed, format, connector, cards));
        }
        if (builder.backstage) {
            ModelFeed feed = builder.requireFeed("a plain Backstage");
            parts.add(new BackstagePart(feed, format(feed, BackstageEntitiesFormat.class, "a plain Backstage")));
        }
        if (builder.page != null) {
            parts.add(new PagePart(builder.page, builder.pageReaders, documentation));
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
        return new Builder(new FeedContent(feed), feed);
    }

    /**
     * Starts the description of the endpoint of any content, for instance of an {@link EntryReplica}.
     *
     * @param content what to serve; its first file is what {@code /list} lists
     */
    public static Builder builder(ServedContent content) {
        return new Builder(requireNonNull(content, "content"), null);
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

    private static <F extends FeedFormat> F format(ModelFeed feed, Class<F> type, String contract) {
        return feed.formats().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(
                        () -> new ConfigurationException(contract + " is served from a feed that has its format: give"
                                + " the feed's builder a " + type.getSimpleName()));
    }

    /** Describes an endpoint. Not thread-safe. */
    public static final class Builder {
        private final ServedContent content;
        private final @Nullable ModelFeed feed;
        private @Nullable ModelDocumentation documentation;
        private @Nullable ConnectorContract connector;
        private boolean backstage;
        private @Nullable FeedPage page;
        private @Nullable RequestAuthenticator pageReaders;

        private Builder(ServedContent content, @Nullable ModelFeed feed) {
            this.content = content;
            this.feed = feed;
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
         * Serves the connector contract as well, below a path of its own; by default it is not served. The feed needs a {@link
         * ConnectorJsonFormat}.
         *
         * <ul>
         *   <li>{@code GET <base>/list}: the keys of all entries, {@code {"uris":["<segment>/<segment>",…]}}; 404 until the
         *       entries are known completely
         *   <li>{@code GET <base>/models/<segment>/<segment>}: an entry; {@code {"models":[]}} for one that has just left
         *   <li>{@code GET <base>/modelcard/<source>/<group>/<name…>} and {@code GET <base>/modelcard?key=<card key>}: a card
         * </ul>
         *
         * @param contract under which plugin id and path, and who may ask
         */
        public Builder connector(ConnectorContract contract) {
            this.connector = requireNonNull(contract, "contract");
            return this;
        }

        /**
         * Serves entities for a Backstage without any plugin as well; by default they are not served. The feed needs a {@link
         * BackstageEntitiesFormat}. Nobody has to show a token, since Backstage has none to show.
         *
         * <ul>
         *   <li>{@code GET /backstage/catalog-info.yaml}: a Location, whose targets are one document for each entry, and one for
         *       the Systems that they name; 503 until the entries are known completely
         *   <li>{@code GET /backstage/entities/<segment>/<segment>.yaml}: the entities of an entry
         *   <li>{@code GET /backstage/systems.yaml}: the Systems
         *   <li>{@code GET /backstage/all.yaml}: all of it in one document, instead of the Location
         * </ul>
         */
        public Builder backstage() {
            this.backstage = true;
            return this;
        }

        /**
         * Shows a page at the root to browsers, which ask for {@code text/html}; there is none by default. It tells whoever
         * can reach the endpoint more than the entries do, for instance which upstream fails, and how.
         */
        public Builder page(FeedPage page) {
            this.page = requireNonNull(page, "page");
            this.pageReaders = null;
            return this;
        }

        /**
         * Shows a page as {@link #page(FeedPage)} does, to some only.
         *
         * @param readers decides who is shown the page; asked with the audience {@code page}
         */
        public Builder page(FeedPage page, RequestAuthenticator readers) {
            this.page = requireNonNull(page, "page");
            this.pageReaders = requireNonNull(readers, "readers");
            return this;
        }

        /**
         * Makes the endpoint.
         *
         * @throws ConfigurationException if a contract is asked for whose format the feed does not have, or without a feed
         */
        public FeedEndpoint build() {
            return new FeedEndpoint(this);
        }

        private ModelFeed requireFeed(String contract) {
            if (feed == null) {
                throw new ConfigurationException(
                        contract + " is served from a feed, not from entries that another process has written");
            }
            return feed;
        }
    }
}
