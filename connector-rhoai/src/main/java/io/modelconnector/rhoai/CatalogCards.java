package io.modelconnector.rhoai;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.rhoai.client.BearerToken;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.HttpSettings;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import io.modelconnector.rhoai.client.UpstreamListener;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model cards of a catalog by {@linkplain ModelCardReference#key() card key}, for a process that knows nothing else of
 * them. The key joins source, group and name, and does not tell where one ends: the catalog's models are listed to learn it,
 * without keeping texts, when a key is asked for that is not known, and at most once in some minutes. A key that is not in
 * the list is not asked for until the next one. Should two models have one key, the first by source, group and name has it.
 *
 * <pre>{@code
 * try (CatalogCards cards = CatalogCards.builder(URI.create("https://catalog.example.com"))
 *         .bearerToken(() -> Files.readString(tokenFile))
 *         .build()) {
 *     cards.byKey("redhat_ai_validated_modelsRedHatAIgranite-3.1-8b").ifPresent(card -> serve(card.markdown()));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Questions block for one request, and for the list where it has to be read: one of them reads it, others
 * wait for it, but not for long. Texts are not kept.
 */
public final class CatalogCards implements ModelCardProvider, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogCards.class);
    private static final int MAX_MODELS = 50_000;
    /** After which time a list that could not be read is tried again, unless the lists come more often anyway. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

    private static final int MAX_ABSENT = 10_000;

    private final ModelCatalogClient catalog;
    private final Duration listInterval;
    private final Duration patience;
    private final Ticker ticker;
    private final ReentrantLock listing = new ReentrantLock();
    /** The models that turned out to have no card. */
    private final Cache<ModelCardReference, Boolean> absent;

    private volatile Map<String, ModelCardReference> byKey = Map.of();
    private volatile @Nullable Attempt last;

    /**
     * When the list was read, or tried to be.
     *
     * @param failure why it could not be read; null if it was
     */
    private record Attempt(long nanos, @Nullable ConnectorException failure) {}

    private CatalogCards(Builder builder) {
        catalog = builder.catalog.build();
        listInterval = builder.listInterval;
        patience = builder.patience;
        ticker = builder.ticker;
        absent = Caffeine.newBuilder()
                .maximumSize(MAX_ABSENT)
                .expireAfterWrite(listInterval)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Starts to configure.
     *
     * @param catalogBase where the catalog is, http or https, to which {@code /api/model_catalog/v1alpha1} is appended
     * @throws ConfigurationException if the address is none
     */
    public static Builder builder(URI catalogBase) {
        return new Builder(catalogBase);
    }

    /**
     * Finds a card.
     *
     * @param cardKey its key
     * @return the card, with its true reference; nothing if the catalog has none with this key
     * @throws ConnectorException if it cannot be told whether there is one
     */
    public Optional<ModelCard> byKey(String cardKey) {
        try {
            ModelCardReference reference = byKey.get(cardKey);
            if (reference == null) {
                list();
                reference = byKey.get(cardKey);
            }
            return reference == null || absent.getIfPresent(reference) != null ? unknown() : fetched(reference);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException("looking for a model card in the catalog was interrupted", e);
        }
    }

    /** Finds a card by the key of its reference, whatever its parts. */
    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        return byKey(reference.key());
    }

    /** Nothing, if the list could be read the last time. */
    private Optional<ModelCard> unknown() {
        Attempt attempt = last;
        if (attempt != null && attempt.failure() != null) {
            throw new SourceUnavailableException(
                    "it cannot be told which model cards the catalog has: "
                            + attempt.failure().getMessage(),
                    attempt.failure());
        }
        return Optional.empty();
    }

    private Optional<ModelCard> fetched(ModelCardReference reference) throws InterruptedException {
        CardAnswer answer = catalog.card(reference);
        if (answer instanceof CardAnswer.Failed failed) {
            throw failed.failure();
        }
        if (answer instanceof CardAnswer.Found found) {
            return Optional.of(found.card());
        }
        absent.put(reference, true);
        return Optional.empty();
    }

    private void list() throws InterruptedException {
        if (!isDue()) {
            return;
        }
        if (!listing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SourceUnavailableException("the models of the catalog are still being listed; ask again later");
        }
        try {
            if (isDue()) {
                read();
            }
        } finally {
            listing.unlock();
        }
    }

    private boolean isDue() {
        Attempt attempt = last;
        if (attempt == null) {
            return true;
        }
        boolean soon = attempt.failure() != null && listInterval.compareTo(RETRY_INTERVAL) > 0;
        return ticker.read() - attempt.nanos() >= (soon ? RETRY_INTERVAL : listInterval).toNanos();
    }

    private void read() throws InterruptedException {
        Map<String, ModelCardReference> found = new HashMap<>();
        try {
            boolean complete = catalog.models(MAX_MODELS, reference -> add(reference, found));
            if (!complete) {
                log.warn(
                        "the model catalog has more than {} models, or a list that does not end: not all model cards"
                                + " are found by their keys",
                        MAX_MODELS);
            }
            byKey = Map.copyOf(found);
            last = new Attempt(ticker.read(), null);
        } catch (ConnectorException e) {
            last = new Attempt(ticker.read(), e);
        }
    }

    /** A group may have slashes in it, too, as far as the list can tell. */
    private static void add(ModelCardReference reference, Map<String, ModelCardReference> found) {
        String model = reference.group() + '/' + reference.name();
        for (int slash = model.indexOf('/'); slash >= 0; slash = model.indexOf('/', slash + 1)) {
            ModelCardReference split =
                    new ModelCardReference(reference.source(), model.substring(0, slash), model.substring(slash + 1));
            if (found.size() < 2 * MAX_MODELS) {
                found.merge(split.key(), split, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            }
        }
    }

    /** Gives up what is under way and ends what was opened. Idempotent; returns within seconds. */
    @Override
    public void close() {
        catalog.close();
    }

    @Override
    public String toString() {
        return "CatalogCards[" + catalog + ']';
    }

    /** Configures; a bad value is refused by its setter. Not thread-safe. */
    public static final class Builder {
        private final ModelCatalogClient.Builder catalog;
        private Duration listInterval = Duration.ofMinutes(5);
        private Duration patience = Duration.ofSeconds(10);
        private Ticker ticker = Ticker.systemTicker();

        private Builder(URI base) {
            catalog = ModelCatalogClient.builder(base);
        }

        /**
         * The token of each request. By default none is sent.
         *
         * @param token gives the token, anew for each request
         */
        public Builder bearerToken(BearerToken token) {
            catalog.bearerToken(token);
            return this;
        }

        /**
         * Limits, retries and trust.
         *
         * @param settings {@link HttpSettings#defaults()} by default
         */
        public Builder settings(HttpSettings settings) {
            catalog.settings(settings);
            return this;
        }

        /**
         * Hears of each request.
         *
         * @param listener the listener; none by default
         */
        public Builder listener(UpstreamListener listener) {
            catalog.listener(listener);
            return this;
        }

        /**
         * How often the models are listed at most, which is how long a card that the catalog does not have is not asked for
         * again.
         *
         * @param interval 5 minutes by default
         * @throws ConfigurationException if it is not positive
         */
        public Builder listInterval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new ConfigurationException("listInterval was " + interval + ", must be positive");
            }
            listInterval = interval;
            return this;
        }

        Builder patience(Duration limit) {
            patience = limit;
            return this;
        }

        Builder ticker(Ticker nanos) {
            ticker = requireNonNull(nanos, "nanos");
            return this;
        }

        /** Opens nothing before the first question. */
        public CatalogCards build() {
            return new CatalogCards(this);
        }
    }
}
