package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ModelCardReference;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads model cards from a Kubeflow model catalog ({@code /api/model_catalog/v1alpha1}): the field {@code readme} of its
 * models.
 *
 * <p>Thread-safe. All methods block, and end at once when the calling thread is interrupted. Requests run on threads of
 * the client, at most {@link HttpSettings#requestsAtOnce()}; they start with the first request.
 */
public final class ModelCatalogClient implements AutoCloseable {
    /** What metrics call the catalog. */
    public static final String NAME = "catalog";

    private final Upstream upstream;
    private final CardLimit limit;
    private final CatalogLists lists;

    private ModelCatalogClient(Upstream upstream) {
        this.upstream = upstream;
        this.limit = new CardLimit(upstream.settings().maxCardBytes());
        this.lists = new CatalogLists(upstream, limit);
    }

    /**
     * Starts to configure a client.
     *
     * @param base where the catalog is: the address that {@code /api/model_catalog/v1alpha1} is appended to, http or
     *     https, with a path where a gateway needs one
     * @throws ConfigurationException if the address is none
     */
    public static Builder builder(URI base) {
        return new Builder(base);
    }

    /**
     * Asks for a card.
     *
     * @param reference which card
     * @return what the catalog says; a failure is in it, not thrown
     */
    public CardAnswer card(ModelCardReference reference) throws InterruptedException {
        return cards(List.of(reference)).get(0);
    }

    /**
     * Asks for several cards, side by side, with one request each. One that fails costs only itself.
     *
     * @param references which cards
     * @return what the catalog says of each, in their order
     */
    public List<CardAnswer> cards(Collection<ModelCardReference> references) throws InterruptedException {
        try (RequestScope scope = upstream.scope()) {
            List<Pending<CardAnswer>> started = new ArrayList<>();
            for (ModelCardReference reference : references) {
                started.add(scope.start(exchange -> single(exchange, reference)));
            }
            List<CardAnswer> answers = new ArrayList<>();
            int next = 0;
            for (ModelCardReference reference : references) {
                Outcome<CardAnswer> outcome = started.get(next++).outcome();
                answers.add(
                        outcome.failure() != null
                                ? new CardAnswer.Failed(reference, outcome.failure())
                                : requireNonNull(outcome.value()));
            }
            return answers;
        }
    }

    /**
     * Looks for cards in the lists of models, which have the cards, too: hundreds for one request. A list has what the
     * catalog has, wanted or not.
     *
     * @param wanted which cards, of whatever sources
     * @param maxModels after how many models to stop, give or take a page
     * @param found takes what is found, on the calling thread, while the list is read
     * @return which of them were not found
     * @throws io.modelconnector.core.ConnectorException if a page cannot be read; what was found before that counts
     */
    public ListedCards listedCards(Collection<ModelCardReference> wanted, int maxModels, Consumer<CardAnswer> found)
            throws InterruptedException {
        return lists.find(wanted, maxModels, found);
    }

    /**
     * Looks cards up by name, dozens with one request, however many models the catalog has. Older servers cannot do that:
     * after the first answer that shows it nothing more is asked, and the result is not complete.
     *
     * @param wanted which cards, of whatever sources
     * @param found takes what is found, on the calling thread
     * @return which of them were not found
     * @throws io.modelconnector.core.ConnectorException if an answer cannot be read; what was found before that counts
     */
    public ListedCards selectedCards(Collection<ModelCardReference> wanted, Consumer<CardAnswer> found)
            throws InterruptedException {
        return lists.select(wanted, found);
    }

    /**
     * Lists the models of all sources, by the names that a model card has if they have one. The group is the part of a model's
     * name before its first slash; a model without a group is left out.
     *
     * @param maxModels after how many models to stop, give or take a page; of each source where the server lists them one by
     *     one
     * @param found takes each, on the calling thread, while the list is read
     * @return whether the list was read to its end
     * @throws io.modelconnector.core.ConnectorException if a page cannot be read
     */
    public boolean models(int maxModels, Consumer<ModelCardReference> found) throws InterruptedException {
        return lists.references(maxModels, found);
    }

    private CardAnswer single(Exchange exchange, ModelCardReference reference) throws InterruptedException {
        HttpUrl url = url(reference);
        if (url == null) {
            return new CardAnswer.Absent(reference);
        }
        return exchange.find(
                        new Target(url, "reading the model card"),
                        status -> status == 404,
                        Json.object(parser -> answer(parser, reference)))
                .orElseGet(() -> new CardAnswer.Absent(reference));
    }

    private CardAnswer answer(JsonParser parser, ModelCardReference reference) throws IOException {
        ItemFields fields = ItemFields.read(parser, Set.of("readme"));
        try {
            return limit.answer(reference, fields.text("readme"));
        } catch (UnreadableFieldException e) {
            throw new MalformedBodyException(String.valueOf(e.getMessage()));
        }
    }

    /** Where a card is; null if its reference would lead elsewhere. Slashes in the name stay, catalogs want them so. */
    private @Nullable HttpUrl url(ModelCardReference reference) {
        HttpUrl.Builder url = upstream.url().addPathSegment("sources");
        List<String> segments = new ArrayList<>();
        segments.add(reference.source());
        segments.add("models");
        segments.addAll(List.of(modelName(reference).split("/", -1)));
        for (String segment : segments) {
            if (segment.matches("(\\.|%2[eE]){1,2}")) {
                return null;
            }
            url.addPathSegment(segment);
        }
        return url.build();
    }

    /** The name of a model in the catalog. */
    static String modelName(ModelCardReference reference) {
        return reference.group() + '/' + reference.name();
    }

    /** Gives up what is under way and ends what the client opened. Idempotent; returns within seconds. */
    @Override
    public void close() {
        upstream.close();
    }

    @Override
    public String toString() {
        return "ModelCatalogClient[" + upstream.url().build() + ']';
    }

    /** Configures a client. Not thread-safe. */
    public static final class Builder {
        private final HttpUrl api;
        private UpstreamOptions options = UpstreamOptions.defaults();

        private Builder(URI base) {
            this.api = BaseAddress.of("the address of the catalog", base, "api/model_catalog/v1alpha1");
        }

        /**
         * The token of each request. By default none is sent.
         *
         * @param token gives the token, anew for each request
         */
        public Builder bearerToken(BearerToken token) {
            options = options.withToken(requireNonNull(token, "token"));
            return this;
        }

        /**
         * Limits, retries and trust.
         *
         * @param settings {@link HttpSettings#defaults()} by default
         */
        public Builder settings(HttpSettings settings) {
            options = options.withSettings(requireNonNull(settings, "settings"));
            return this;
        }

        /**
         * The caller's own OkHttp client, whose connections, proxy and interceptors are used; timeouts, redirects and, where
         * they say something of it, trust are those of the settings. It is never closed. By default the client makes one.
         *
         * @param client the client
         */
        public Builder httpClient(OkHttpClient client) {
            options = options.withClient(requireNonNull(client, "client"));
            return this;
        }

        /**
         * Hears of each request.
         *
         * @param listener the listener; none by default
         */
        public Builder listener(UpstreamListener listener) {
            options = options.withListener(requireNonNull(listener, "listener"));
            return this;
        }

        Builder timing(RetryTiming timing) {
            options = options.withTiming(timing);
            return this;
        }

        /** Makes the client, which opens nothing before its first request. */
        public ModelCatalogClient build() {
            return new ModelCatalogClient(new Upstream(
                    new UpstreamIdentity(NAME, "the model catalog", api, ModelCatalogClient::advice), options));
        }
    }

    private static String advice(int status) {
        return "the catalog is open to every user of the cluster, so the token is "
                + (status == 401 ? "missing, expired, or of another cluster" : "one of a user without access to it");
    }
}
