package io.modelconnector.rhoai;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import io.modelconnector.rhoai.client.ReadmeReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model cards that are not in the registries themselves: those that artifacts name, which the catalog has, or else the
 * user's provider; and the provider's for registered models that have none otherwise. The index knows which of them exist,
 * and in what state they were last seen. The texts, those of readmes too, are kept in a store of bounded size beside that.
 * Thread-safe; one refresh at a time.
 */
final class CardIndex {
    private static final int FIRST_GROUP = 8;
    private static final int LARGEST_GROUP = 64;
    private static final String UNANSWERED = "it has not answered yet; the last known cards are kept";

    private final Clock clock;
    private final Duration longestPause;
    /** What was known before the start, for cards that cannot be read since. */
    private final Function<ModelCardReference, Optional<CardVersion>> earlier;

    private final @Nullable ProvidedCards provider;
    private final Map<ModelCardReference, KnownCard> known = new ConcurrentHashMap<>();
    private final Set<ModelCardReference> toCheck = ConcurrentHashMap.newKeySet();
    private final CardStore texts;
    private final CatalogSweep sweep = new CatalogSweep();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable String catalogTrouble;
    private volatile @Nullable String providerTrouble;

    CardIndex(
            Clock clock,
            Duration longestPause,
            CardStore texts,
            Function<ModelCardReference, Optional<CardVersion>> earlier,
            @Nullable ProvidedCards provider) {
        this.clock = clock;
        this.longestPause = longestPause;
        this.texts = texts;
        this.earlier = earlier;
        this.provider = provider;
    }

    /**
     * What is known of a card.
     *
     * @param version its last known state; null if it does not exist or was never read
     * @param problem what is wrong with it
     * @param fault set while it cannot be read
     * @param provided whether it is for the provider to have it
     */
    private record KnownCard(
            @Nullable CardVersion version,
            @Nullable String problem,
            @Nullable ReadFault fault,
            boolean provided) {
        static final KnownCard ABSENT = new KnownCard(null, null, null, false);
    }

    /** Asks for cards, side by side. */
    @FunctionalInterface
    private interface Questions {
        List<CardAnswer> ask(List<ModelCardReference> references) throws InterruptedException;
    }

    /** The card's last known state, if it exists. */
    @Nullable
    CardVersion version(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        if (card == null) {
            return trouble(reference) == null ? null : earlier.apply(reference).orElse(null);
        }
        return card.version();
    }

    /** Whether a card is the provider's. */
    boolean isProvided(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        return card != null && card.provided();
    }

    /** Whether a card was asked for, and nobody has it. */
    boolean isAbsent(ModelCardReference reference) {
        return KnownCard.ABSENT.equals(known.get(reference));
    }

    /** What is wrong with a card, if something is. */
    @Nullable
    Problem problem(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        if (card != null && card.problem() != null) {
            return new Problem("model card " + reference, card.problem());
        }
        return toCheck.contains(reference) ? trouble(reference) : null;
    }

    private @Nullable Problem trouble(ModelCardReference reference) {
        String ofCatalog = ReadmeReference.isOne(reference) ? null : catalogTrouble;
        if (ofCatalog != null) {
            return new Problem("model catalog", ofCatalog);
        }
        String ofProvider = providerTrouble;
        return ofProvider == null ? null : new Problem("model card provider", ofProvider);
    }

    /** The text as it was last seen, if it is still in the store. */
    Optional<ModelCard> stored(ModelCardReference reference) {
        return texts.get(reference);
    }

    void store(ModelCard card) {
        texts.put(card);
    }

    /** Has cards looked at again with the next refresh. */
    void checkAgain(Collection<ModelCardReference> references) {
        toCheck.addAll(references);
    }

    /** A refresh did not go through: what is known stays. */
    void unavailable(String why) {
        if (catalogTrouble == null && providerTrouble != null) {
            providerTrouble = why;
        } else {
            catalogTrouble = why;
        }
    }

    /**
     * Asks for the cards that are new, to be checked again, or failed and due.
     *
     * @param catalog whom to ask; null if there is no catalog, or not now
     * @param trouble why it cannot be asked although there is, or was, one
     * @param needs which cards there is use for; the others are forgotten
     */
    void refresh(@Nullable ModelCatalogClient catalog, @Nullable String trouble, CardNeeds needs)
            throws InterruptedException {
        refreshing.lockInterruptibly();
        try {
            forgetAllBut(needs);
            catalogTrouble = trouble;
            if (trouble == null) {
                Set<ModelCardReference> wanted = new TreeSet<>(toCheck);
                wanted.retainAll(needs.named());
                Set<ModelCardReference> without = catalog == null ? wanted : askCatalog(catalog, wanted);
                if (provider != null) {
                    askForNamed(provider, without, needs);
                }
            }
            if (provider != null && (trouble != null || providerTrouble == null)) {
                askForModels(provider, needs);
            }
        } finally {
            refreshing.unlock();
        }
    }

    private void forgetAllBut(CardNeeds needs) {
        Set<ModelCardReference> needed = new HashSet<>(needs.named());
        if (provider != null) {
            needed.addAll(needs.lacking());
        }
        Instant now = clock.instant();
        for (ModelCardReference reference : needed) {
            KnownCard card = known.get(reference);
            if (card == null || (card.fault() != null && card.fault().isDue(now))) {
                toCheck.add(reference);
            }
        }
        known.keySet().retainAll(needed);
        toCheck.retainAll(needed);
        needed.addAll(needs.readmes());
        texts.retain(needed);
    }

    /** Returns what the catalog does not have, if there is somebody else to ask. */
    private Set<ModelCardReference> askCatalog(ModelCatalogClient catalog, Set<ModelCardReference> wanted)
            throws InterruptedException {
        catalogTrouble = UNANSWERED;
        Set<ModelCardReference> without = new TreeSet<>();
        Consumer<CardAnswer> taker = answer -> {
            if (provider != null && answer instanceof CardAnswer.Absent absent) {
                without.add(absent.reference());
                if (!isProvided(absent.reference()) && known.containsKey(absent.reference())) {
                    forget(absent.reference());
                }
            } else {
                take(answer, false);
            }
        };
        Set<ModelCardReference> left = sweep.ask(catalog, wanted, this::isNotInCatalog, taker);
        catalogTrouble = askOneByOne(catalog::cards, left, taker);
        return without;
    }

    private boolean isNotInCatalog(ModelCardReference reference) {
        return isAbsent(reference) || isProvided(reference);
    }

    /** Asks the provider for what artifacts name. A readme comes before what it has. */
    private void askForNamed(ProvidedCards cards, Set<ModelCardReference> without, CardNeeds needs)
            throws InterruptedException {
        providerTrouble = UNANSWERED;
        Set<ModelCardReference> wanted = new TreeSet<>(without);
        wanted.retainAll(needs.withoutReadme());
        without.stream()
                .filter(reference -> !wanted.contains(reference))
                .forEach(reference -> take(new CardAnswer.Absent(reference), false));
        providerTrouble = askOneByOne(cards::cards, wanted, answer -> take(answer, true));
    }

    /** Asks the provider for cards of models that have none otherwise. */
    private void askForModels(ProvidedCards cards, CardNeeds needs) throws InterruptedException {
        providerTrouble = UNANSWERED;
        Set<ModelCardReference> wanted = new TreeSet<>();
        for (CardNeeds.OfVersion version : needs.versions()) {
            if (!version.hasReadme()
                    && toCheck.contains(version.model())
                    && version.artifacts().stream().allMatch(this::hasNoVersion)) {
                wanted.add(version.model());
            }
        }
        providerTrouble = askOneByOne(cards::cards, wanted, answer -> take(answer, true));
    }

    /** Whether there is no such card for sure. */
    private boolean hasNoVersion(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        return card != null && card.version() == null && card.fault() == null;
    }

    /** Asks for cards in growing groups; returns why it was given up, null if it was not. */
    private static @Nullable String askOneByOne(
            Questions questions, Set<ModelCardReference> wanted, Consumer<CardAnswer> taker)
            throws InterruptedException {
        List<ModelCardReference> references = new ArrayList<>(wanted);
        int size = FIRST_GROUP;
        int next = 0;
        while (next < references.size()) {
            List<ModelCardReference> group = references.subList(next, Math.min(next + size, references.size()));
            next += group.size();
            int failures = 0;
            String why = "";
            for (CardAnswer answer : questions.ask(group)) {
                taker.accept(answer);
                if (answer instanceof CardAnswer.Failed failed) {
                    failures++;
                    why = String.valueOf(failed.failure().getMessage());
                }
            }
            if (failures == size && next < references.size()) {
                return "further cards were not asked for, the last known ones are kept: " + why;
            }
            size = Math.min(2 * size, LARGEST_GROUP);
        }
        return null;
    }

    private void take(CardAnswer answer, boolean provided) {
        ModelCardReference reference = answer.reference();
        if (answer instanceof CardAnswer.Found found) {
            store(found.card());
            known.put(reference, new KnownCard(found.card().version(), null, null, provided));
        } else if (answer instanceof CardAnswer.TooLong tooLong) {
            texts.remove(reference);
            String problem = "it is longer than " + tooLong.limit() + " bytes (maxCardBytes) and left out; shorten it";
            known.put(reference, new KnownCard(null, problem, null, provided));
        } else if (answer instanceof CardAnswer.Failed failed) {
            failed(reference, String.valueOf(failed.failure().getMessage()), provided);
        } else {
            forget(reference);
        }
        toCheck.remove(reference);
    }

    private void forget(ModelCardReference reference) {
        texts.remove(reference);
        known.put(reference, KnownCard.ABSENT);
    }

    private void failed(ModelCardReference reference, String why, boolean provided) {
        KnownCard before = known.get(reference);
        CardVersion version = before == null ? null : before.version();
        boolean neverRead = before == null || before.fault() != null;
        if (version == null && neverRead) {
            version = earlier.apply(reference).orElse(null);
        }
        ReadFault fault = ReadFault.after(before == null ? null : before.fault(), why, clock.instant(), longestPause);
        String kept = version == null
                ? "it cannot be read, there is no card until it can: "
                : "it cannot be read, the last known text is kept: ";
        known.put(reference, new KnownCard(version, kept + why, fault, provided || isProvided(reference)));
    }
}
