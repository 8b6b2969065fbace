package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.rhoai.client.CardAnswer;
import io.modelconnector.rhoai.client.ListedCards;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a catalog for many cards with few requests: it reads its list unless that is much longer than what is wanted, and looks
 * up by name what it did not come to. Confined to one refresh at a time.
 */
final class CatalogSweep {
    private static final Logger log = LoggerFactory.getLogger(CatalogSweep.class);
    /** From how many cards on lists are read instead of each card. */
    private static final int WORTH_A_LIST = 20;
    /** How many models may be read from a list for each card that is wanted. */
    private static final int LIST_WASTE = 4;

    /** For how many cards the list was found to be too long. */
    private int tooLongFor;

    /**
     * Asks for cards.
     *
     * @param knownAbsent which cards the catalog did not have the last time
     * @param taker takes the answers
     * @return the cards that have to be asked for one by one
     */
    Set<ModelCardReference> ask(
            ModelCatalogClient catalog,
            Set<ModelCardReference> wanted,
            Predicate<ModelCardReference> knownAbsent,
            Consumer<CardAnswer> taker)
            throws InterruptedException {
        Set<ModelCardReference> left = new TreeSet<>(wanted);
        if (wanted.size() <= WORTH_A_LIST) {
            return left;
        }
        Set<ModelCardReference> withoutText = new HashSet<>();
        boolean complete = false;
        try {
            complete = askLists(catalog, wanted, answer -> {
                left.remove(answer.reference());
                if (answer instanceof CardAnswer.Absent absent) {
                    withoutText.add(absent.reference());
                } else {
                    taker.accept(answer);
                }
            });
        } catch (ConnectorException e) {
            // The cards are asked for one by one, and tell what is wrong if that fails, too.
            log.debug("the list of models cannot be read", e);
        }
        // A list may leave texts out, and may be short for a while: what is new in it is for the model itself to say.
        Set<ModelCardReference> stillAbsent = complete ? new HashSet<>(left) : new HashSet<>();
        left.addAll(withoutText);
        stillAbsent.addAll(withoutText);
        stillAbsent.removeIf(knownAbsent.negate());
        left.removeAll(stillAbsent);
        stillAbsent.forEach(reference -> taker.accept(new CardAnswer.Absent(reference)));
        return left;
    }

    /** Whether the catalog has none of the cards that were not found. */
    private boolean askLists(ModelCatalogClient catalog, Set<ModelCardReference> wanted, Consumer<CardAnswer> found)
            throws InterruptedException {
        Set<ModelCardReference> missing = wanted;
        if (wanted.size() > tooLongFor) {
            ListedCards listed = catalog.listedCards(wanted, LIST_WASTE * wanted.size(), found);
            missing = listed.missing();
            if (missing.isEmpty() || listed.complete()) {
                return true;
            }
            tooLongFor = wanted.size();
        }
        if (missing.size() <= WORTH_A_LIST) {
            return false;
        }
        boolean complete = catalog.selectedCards(missing, found).complete();
        if (!complete) {
            tooLongFor = 0;
        }
        return complete;
    }
}
