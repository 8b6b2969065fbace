package io.modelconnector.techdocs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.ModelCardProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The cards that are held, and the readings that are under way. A card that is held is answered without a lock. Thread-safe. */
final class CardCache {
    /** So many cards may wait to be read for somebody; whoever comes then is better told to come again. */
    private static final int MOST_LOADS = 1_000;

    /** Above this share of the bytes, a card read ahead would only drive out another. */
    private static final double FULL = 0.9;

    /** After so long, what failed for nobody since is of no interest. */
    private static final Duration LONGEST_FAILURE = Duration.ofHours(1);

    private final ModelCardProvider provider;
    private final ModelCardsSettings settings;
    private final ShownTexts texts;
    private final Executor executor;
    private final LongSupplier clock;
    private final Cache<ModelCardReference, HeldCard> cards;
    private final CardFailures failures = new CardFailures();
    private final Map<ModelCardReference, CardLoad> loads = new ConcurrentHashMap<>();
    private volatile boolean closed;

    CardCache(ModelCardProvider provider, ModelCardsSettings settings, ShownTexts texts, Executor executor) {
        this.provider = provider;
        this.settings = settings;
        this.texts = texts;
        this.executor = executor;
        this.clock = settings.clock();
        this.cards = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((ModelCardReference reference, HeldCard held) -> held.weight())
                .executor(Runnable::run)
                .build();
    }

    /** The text of a card: at once if it is held, else when it was read. */
    Optional<Payload> text(CardVersion card) {
        HeldCard held = cards.getIfPresent(card.reference());
        return held != null && answers(held, card) ? held.text() : readText(card);
    }

    /** Whether {@link #text} answers, or fails, without waiting. */
    boolean isAtHand(CardVersion card) {
        return holds(card) || recentFailure(card.reference()) != null;
    }

    /** Begins to read a card that is not held, for somebody who is about to ask for more than one. */
    void prepare(CardVersion card) {
        if (!isAtHand(card)) {
            CardLoad unused = begin(card);
        }
    }

    private boolean answers(HeldCard held, CardVersion card) {
        return held.standsFor(card.digest()) && (!held.isAbsent() || !isOlder(held.learnt(), settings.retryInterval()));
    }

    private boolean isOlder(long time, Duration age) {
        return clock.getAsLong() - time >= age.toNanos();
    }

    private CardFailures.@Nullable Failure recentFailure(ModelCardReference card) {
        CardFailures.Failure failure = failures.of(card);
        return failure == null || isOlder(failure.time(), settings.failurePause()) ? null : failure;
    }

    private Optional<Payload> readText(CardVersion card) {
        HeldCard known = cards.getIfPresent(card.reference());
        CardFailures.Failure failure = recentFailure(card.reference());
        if (failure != null && (known == null || known.isAbsent())) {
            throw failure.cause();
        }
        try {
            CardLoad load = begin(card);
            HeldCard held = load.await();
            if (!held.standsFor(card.digest())) {
                // It began for an older version. Once is enough: who has none but older texts may keep them for long.
                held = begin(card).await();
            }
            return held.text();
        } catch (ConnectorException e) {
            HeldCard last = cards.getIfPresent(card.reference());
            if (last != null && !last.isAbsent()) {
                return last.text();
            }
            throw e;
        }
    }

    /** Begins to read a card, or joins whoever does. */
    CardLoad begin(CardVersion card) {
        CardLoad mine = new CardLoad(card, settings.loadTimeout());
        CardLoad other = loads.putIfAbsent(card.reference(), mine);
        if (other != null) {
            return other;
        }
        // Another reading may have ended since this one was found to be necessary.
        HeldCard held = cards.getIfPresent(card.reference());
        if (held != null && answers(held, card)) {
            end(mine, load -> load.succeeded(held));
        } else if (loads.size() > MOST_LOADS) {
            end(mine, load -> load.failed(tooMany(card)));
        } else {
            try {
                executor.execute(() -> run(mine));
            } catch (RejectedExecutionException e) {
                end(mine, load -> load.failed(closed(card)));
            }
        }
        return mine;
    }

    /** Reads a card on the calling thread, unless somebody else does or there is no room for one more. */
    void readAhead(CardVersion card) {
        HeldCard held = cards.getIfPresent(card.reference());
        if (closed || (held == null && isFull())) {
            return;
        }
        CardLoad load = new CardLoad(card, settings.loadTimeout());
        if (loads.putIfAbsent(card.reference(), load) == null) {
            run(load);
        }
    }

    private boolean isFull() {
        return cards.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0) >= FULL * eviction.getMaximum())
                .orElse(false);
    }

    private void run(CardLoad load) {
        CardVersion card = load.card();
        try {
            HeldCard held = read(card);
            cards.put(card.reference(), held);
            failures.succeeded(card.reference());
            end(load, each -> each.succeeded(held));
        } catch (ConnectorException e) {
            failed(load, e);
        } catch (RuntimeException | LinkageError e) {
            failed(load, new SourceUnavailableException("reading the model card " + card.reference() + " failed", e));
        } finally {
            loads.remove(card.reference(), load);
        }
    }

    private HeldCard read(CardVersion card) {
        Optional<ModelCard> found = provider.card(card.reference());
        long now = clock.getAsLong();
        HeldCard known = cards.getIfPresent(card.reference());
        if (found.isEmpty()) {
            return known != null && known.isAbsent()
                    ? known.standingFor(card.digest(), now)
                    : HeldCard.absent(card.digest(), now);
        }
        ModelCard text = found.get();
        if (known != null && !known.isAbsent() && known.digest().equals(text.digest())) {
            return known.standingFor(card.digest(), now);
        }
        return HeldCard.of(texts.card(text), text.digest(), card.digest(), now);
    }

    private void failed(CardLoad load, ConnectorException cause) {
        CardVersion card = load.card();
        if (!closed) {
            long now = clock.getAsLong();
            failures.failed(card, cause, now);
            // Whoever asks for this version next is answered at once; it is looked for again in the background.
            cards.asMap()
                    .computeIfPresent(
                            card.reference(),
                            (reference, held) -> held.isAbsent() ? held : held.standingFor(card.digest(), now));
        }
        end(load, each -> each.failed(cause));
    }

    private void end(CardLoad load, Consumer<CardLoad> result) {
        loads.remove(load.card().reference(), load);
        result.accept(load);
    }

    /**
     * Looks through what is held, and forgets what is not needed.
     *
     * @param needed whether a card is needed by anybody
     * @param ahead whether cards that could not be read are read again although no text of them is held
     * @return the cards that are to be read again
     */
    List<CardVersion> review(Predicate<ModelCardReference> needed, boolean ahead) {
        List<CardVersion> due = new ArrayList<>();
        cards.asMap().forEach((reference, held) -> {
            if (!needed.test(reference) || (held.isAbsent() && isOlder(held.learnt(), settings.retryInterval()))) {
                cards.asMap().remove(reference, held);
            } else if (!held.isAbsent() && !held.confirmed() && isOlder(held.learnt(), patience(reference, held))) {
                due.add(new CardVersion(reference, held.lastAsked()));
            }
        });
        failures.removeIf(failure -> !needed.test(failure.card().reference())
                || (!isHeld(failure) && isOlder(failure.time(), LONGEST_FAILURE)));
        if (ahead) {
            failures.all().stream()
                    .filter(failure -> !isHeld(failure) && isOlder(failure.time(), settings.retryInterval()))
                    .map(CardFailures.Failure::card)
                    .forEach(due::add);
        }
        return due;
    }

    private boolean isHeld(CardFailures.Failure failure) {
        return cards.asMap().containsKey(failure.card().reference());
    }

    /** How long a text serves that is not known to be the newest: shorter if another is known to exist. */
    private Duration patience(ModelCardReference reference, HeldCard held) {
        boolean outdated = !held.lastAsked().isEmpty() || failures.of(reference) != null;
        return outdated ? settings.retryInterval() : settings.refreshInterval();
    }

    /** Whether a card need not be read ahead. */
    boolean holds(CardVersion card) {
        HeldCard held = cards.getIfPresent(card.reference());
        return held != null && answers(held, card);
    }

    /** Lets nobody wait any longer. */
    void close() {
        closed = true;
        loads.values().forEach(load -> load.failed(closed(load.card())));
    }

    private static ConnectorException tooMany(CardVersion card) {
        return new SourceUnavailableException("reading the model card " + card.reference() + " has to wait: "
                + MOST_LOADS + " others are being read");
    }

    private static ConnectorException closed(CardVersion card) {
        return new SourceUnavailableException(
                "the model card " + card.reference() + " cannot be read: the cache is closed");
    }
}
