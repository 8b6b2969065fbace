package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model cards of a file. A card that cannot be read at the moment is the one that was read before. What many
 * versions have in common is read and kept once.
 */
final class Cards {
    private final CardFiles files;
    private final long maxBytes;
    private final CardTexts texts;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<ModelCardReference, ModelCard> before;
    private final Map<ModelCardReference, ModelCard> now = new HashMap<>();

    /**
     * Knows no card yet.
     *
     * @param files reads the cards that are files
     * @param maxBytes how large the distinct cards may be together, those from before that stay included
     * @param before the cards of the reading before
     */
    Cards(CardFiles files, long maxBytes, Map<ModelCardReference, ModelCard> before) {
        this.files = files;
        this.maxBytes = maxBytes;
        this.texts = new CardTexts(maxBytes);
        this.before = before;
    }

    /**
     * Finds a card by the value of its field.
     *
     * @return the card, or null if it is blank
     * @throws InvalidItemException if it cannot be read, or there is no room for it; {@link #last} may still know one
     */
    @Nullable
    ModelCard find(ModelCardReference reference, Node.Scalar value) throws InvalidItemException, InterruptedException {
        Outcome outcome = outcomes.get(value.text());
        if (outcome == null) {
            outcome = outcome(value);
            outcomes.put(value.text(), outcome);
        }
        if (outcome.fault() != null) {
            throw new InvalidItemException(value.line(), outcome.fault());
        }
        return outcome.text() == null ? null : keep(reference, outcome.text());
    }

    /** The card as it was before this reading; null if there was none, or there is no room left for it. */
    @Nullable
    ModelCard last(ModelCardReference reference) {
        ModelCard card = before.get(reference);
        CardTexts.Text text = card == null ? null : texts.share(card.markdown());
        return text == null ? null : keep(reference, text);
    }

    Map<ModelCardReference, ModelCard> all() {
        return now;
    }

    private Outcome outcome(Node.Scalar value) throws InterruptedException {
        boolean isPath = CardFiles.isPath(value.text());
        String markdown;
        try {
            markdown = isPath ? files.read(value.text(), value.line()) : value.text();
        } catch (InvalidItemException e) {
            return new Outcome(null, e.fault());
        }
        if (markdown.isBlank()) {
            return new Outcome(null, null);
        }
        CardTexts.Text text = texts.share(markdown);
        return text == null ? noRoom(isPath ? "card " + value.text() : "the card given here") : new Outcome(text, null);
    }

    private Outcome noRoom(String card) {
        return new Outcome(
                null,
                card + " does not fit: all cards together may have " + maxBytes
                        + " bytes (maxCardsBytes); shorten cards, or raise the limit");
    }

    private ModelCard keep(ModelCardReference reference, CardTexts.Text text) {
        ModelCard card = text.card(reference);
        now.put(reference, card);
        return card;
    }

    /**
     * What came of the value of a card field.
     *
     * @param text the card's text; null if it is blank or there is a fault
     * @param fault why it cannot be used
     */
    private record Outcome(
            CardTexts.@Nullable Text text, @Nullable String fault) {}
}
