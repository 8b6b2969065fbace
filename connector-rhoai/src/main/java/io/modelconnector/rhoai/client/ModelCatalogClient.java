package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(ModelCatalogClient.class);
    private static final int PAGE_SIZE = 100;
    private static final Set<String> FIELDS = Set.of("source_id", "name", "readme");

    private final Upstream upstream;

    private ModelCatalogClient(Upstream upstream) {
        this.upstream = upstream;
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
     * Looks for cards in the list of a source's models, which has the cards, too: 100 for one request.
     *
     * @param source the source's id
     * @param wanted which cards; all of that source
     * @param maxPages after how many pages to stop
     * @param found takes what is found, on the calling thread, while the list is read
     * @return which of them were not found on these pages; they may exist nevertheless
     * @throws io.modelconnector.core.ConnectorException if a page cannot be read; what was found before that counts
     */
    public Set<ModelCardReference> listedCards(
            String source, Collection<ModelCardReference> wanted, int maxPages, Consumer<CardAnswer> found)
            throws InterruptedException {
        Map<String, List<ModelCardReference>> byName = new HashMap<>();
        for (ModelCardReference reference : wanted) {
            byName.computeIfAbsent(modelName(reference), name -> new ArrayList<>())
                    .add(reference);
        }
        HttpUrl first = upstream.url()
                .addPathSegment("models")
                .addQueryParameter("source", source)
                .addQueryParameter("pageSize", Integer.toString(PAGE_SIZE))
                .build();
        Set<ModelCardReference> missing = new LinkedHashSet<>(wanted);
        // A list that starts again just ends: what was not found is asked for one by one.
        Pages<CardAnswer> pages = new Pages<>(token -> listed(first, token, source, byName), maxPages);
        Page<CardAnswer> page = pages.next();
        while (page != null) {
            for (CardAnswer answer : page.items()) {
                if (missing.remove(answer.reference())) {
                    found.accept(answer);
                }
            }
            page = missing.isEmpty() ? null : pages.next();
        }
        return missing;
    }

    private Page<CardAnswer> listed(
            HttpUrl first, String token, String source, Map<String, List<ModelCardReference>> wanted)
            throws InterruptedException {
        HttpUrl url = token.isEmpty()
                ? first
                : first.newBuilder().addQueryParameter("nextPageToken", token).build();
        return upstream.run(exchange -> exchange.get(
                new Target(url, "listing the models of source \"" + source + '"'),
                Page.reader(parser -> wantedOn(parser, source, wanted))));
    }

    private List<CardAnswer> wantedOn(JsonParser parser, String source, Map<String, List<ModelCardReference>> wanted)
            throws IOException {
        List<CardAnswer> answers = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            ItemFields fields = ItemFields.read(parser, FIELDS);
            try {
                String sourceId = fields.text("source_id");
                String name = fields.text("name");
                if (name != null && (sourceId == null || sourceId.equals(source))) {
                    for (ModelCardReference reference : wanted.getOrDefault(name, List.of())) {
                        answers.add(answer(reference, fields.text("readme")));
                    }
                }
            } catch (UnreadableFieldException e) {
                // It counts as not found, is asked for alone, and then says what is wrong.
                log.debug("a model of source \"{}\" makes no sense in the list: {}", source, e.getMessage());
            }
        }
        return answers;
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
        ItemFields fields = ItemFields.read(parser, FIELDS);
        try {
            return answer(reference, fields.text("readme"));
        } catch (UnreadableFieldException e) {
            throw new MalformedBodyException(String.valueOf(e.getMessage()));
        }
    }

    private CardAnswer answer(ModelCardReference reference, @Nullable String readme) {
        if (readme == null || readme.isBlank()) {
            return new CardAnswer.Absent(reference);
        }
        int limit = upstream.settings().maxCardBytes();
        boolean tooLong = readme.length() > limit || readme.getBytes(StandardCharsets.UTF_8).length > limit;
        return tooLong
                ? new CardAnswer.TooLong(reference, limit)
                : new CardAnswer.Found(ModelCard.of(reference, readme));
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

    private static String modelName(ModelCardReference reference) {
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
