package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.Problem;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model cards that the registries name: which of them exist, and in what state they were last seen. The texts are
 * kept in a store of bounded size beside that. Thread-safe; one refresh at a time.
 */
final class CardIndex {
    private static final Logger log = LoggerFactory.getLogger(CardIndex.class);
    /** From how many cards of one source on its list is read instead of each card. */
    private static final int WORTH_A_LIST = 20;
    /** How many cards may be read from a list for each one that is wanted. */
    private static final int LIST_WASTE = 4;

    private static final int LISTED_ON_A_PAGE = 100;
    private static final int FIRST_GROUP = 8;
    private static final int LARGEST_GROUP = 64;

    private final Clock clock;
    private final Duration longestPause;
    /** What was known before the start, for cards that cannot be read since. */
    private final Function<ModelCardReference, Optional<CardVersion>> earlier;

    private final Map<ModelCardReference, KnownCard> known = new ConcurrentHashMap<>();
    private final Set<ModelCardReference> toCheck = ConcurrentHashMap.newKeySet();
    private final CardStore texts;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable String trouble;

    CardIndex(
            Clock clock,
            Duration longestPause,
            long maxStoreBytes,
            Function<ModelCardReference, Optional<CardVersion>> earlier) {
        this.clock = clock;
        this.longestPause = longestPause;
        this.earlier = earlier;
        this.texts = new CardStore(maxStoreBytes);
    }

    /**
     * What is known of a card.
     *
     * @param version its last known state; null if it does not exist or was never read
     * @param problem what is wrong with it
     * @param fault set while it cannot be read
     */
    private record KnownCard(
            @Nullable CardVersion version,
            @Nullable String problem,
            @Nullable ReadFault fault) {}

    /** The card's last known state, if it exists. */
    @Nullable
    CardVersion version(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        if (card == null) {
            return trouble == null ? null : earlier.apply(reference).orElse(null);
        }
        return card.version();
    }

    /** What is wrong with a card, if something is. */
    @Nullable
    Problem problem(ModelCardReference reference) {
        KnownCard card = known.get(reference);
        if (card != null && card.problem() != null) {
            return new Problem("model card " + reference, card.problem());
        }
        String why = trouble;
        return why != null && toCheck.contains(reference) ? new Problem("model catalog", why) : null;
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

    /** No refresh is possible: what is known stays. */
    void unavailable(String why) {
        trouble = why;
    }

    /**
     * Asks the catalog for the cards that are new, to be checked again, or failed and due.
     *
     * @param needed all cards that are named; the others are forgotten
     */
    void refresh(ModelCatalogClient catalog, Set<ModelCardReference> needed) throws InterruptedException {
        refreshing.lockInterruptibly();
        try {
            known.keySet().retainAll(needed);
            texts.retain(needed);
            Instant now = clock.instant();
            for (ModelCardReference reference : needed) {
                KnownCard card = known.get(reference);
                if (card == null || (card.fault() != null && card.fault().isDue(now))) {
                    toCheck.add(reference);
                }
            }
            toCheck.retainAll(needed);
            trouble = "it has not answered yet; the last known cards are kept";
            Set<ModelCardReference> left = new TreeSet<>(toCheck);
            left.removeAll(askLists(catalog, left));
            askOneByOne(catalog, new ArrayList<>(left));
        } finally {
            refreshing.unlock();
        }
    }

    /** Reads the lists of the sources of which many cards are wanted; returns those that were found there. */
    private Set<ModelCardReference> askLists(ModelCatalogClient catalog, Set<ModelCardReference> wanted)
            throws InterruptedException {
        Map<String, List<ModelCardReference>> bySource = new TreeMap<>();
        for (ModelCardReference reference : wanted) {
            bySource.computeIfAbsent(reference.source(), source -> new ArrayList<>())
                    .add(reference);
        }
        Set<ModelCardReference> found = new LinkedHashSet<>();
        for (Map.Entry<String, List<ModelCardReference>> source : bySource.entrySet()) {
            int count = source.getValue().size();
            if (count > WORTH_A_LIST) {
                int pages = 1 + LIST_WASTE * count / LISTED_ON_A_PAGE;
                try {
                    catalog.listedCards(source.getKey(), source.getValue(), pages, answer -> {
                        // A list may leave texts out; whether there is a card is for the model itself to say.
                        if (!(answer instanceof CardAnswer.Absent)) {
                            found.add(answer.reference());
                            take(answer);
                        }
                    });
                } catch (ConnectorException e) {
                    // The cards are asked for one by one, and tell what is wrong if that fails, too.
                    log.debug("the list of source \"{}\" cannot be read", source.getKey(), e);
                }
            }
        }
        return found;
    }

    private void askOneByOne(ModelCatalogClient catalog, List<ModelCardReference> wanted) throws InterruptedException {
        int size = FIRST_GROUP;
        int next = 0;
        while (next < wanted.size()) {
            List<ModelCardReference> group = wanted.subList(next, Math.min(next + size, wanted.size()));
            next += group.size();
            int failures = 0;
            String why = "";
            for (CardAnswer answer : catalog.cards(group)) {
                take(answer);
                if (answer instanceof CardAnswer.Failed failed) {
                    failures++;
                    why = String.valueOf(failed.failure().getMessage());
                }
            }
            if (failures == size && next < wanted.size()) {
                trouble = "further cards were not asked for, the last known ones are kept: " + why;
                return;
            }
            size = Math.min(2 * size, LARGEST_GROUP);
        }
        trouble = null;
    }

    private void take(CardAnswer answer) {
        ModelCardReference reference = answer.reference();
        KnownCard before = known.get(reference);
        if (answer instanceof CardAnswer.Found found) {
            store(found.card());
            known.put(reference, new KnownCard(found.card().version(), null, null));
        } else if (answer instanceof CardAnswer.TooLong tooLong) {
            texts.remove(reference);
            known.put(
                    reference,
                    new KnownCard(
                            null,
                            "it is longer than " + tooLong.limit() + " bytes (maxCardBytes) and left out; shorten it",
                            null));
        } else if (answer instanceof CardAnswer.Failed failed) {
            failed(reference, before, String.valueOf(failed.failure().getMessage()));
        } else {
            texts.remove(reference);
            known.put(reference, new KnownCard(null, null, null));
        }
        toCheck.remove(reference);
    }

    private void failed(ModelCardReference reference, @Nullable KnownCard before, String why) {
        CardVersion version = before == null ? null : before.version();
        boolean neverRead = before == null || before.fault() != null;
        if (version == null && neverRead) {
            version = earlier.apply(reference).orElse(null);
        }
        ReadFault fault = ReadFault.after(before == null ? null : before.fault(), why, clock.instant(), longestPause);
        String kept = version == null
                ? "it cannot be read, there is no card until it can: "
                : "it cannot be read, the last known text is kept: ";
        known.put(reference, new KnownCard(version, kept + why, fault));
    }
}
