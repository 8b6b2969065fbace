package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model cards of a file. A card that cannot be read at the moment is the one that was read before. */
final class Cards {
    private final CardFiles files;
    private final Map<ModelCardReference, ModelCard> before;
    private final Map<ModelCardReference, ModelCard> now = new HashMap<>();

    Cards(CardFiles files, Map<ModelCardReference, ModelCard> before) {
        this.files = files;
        this.before = before;
    }

    /**
     * Finds a card by the value of its field.
     *
     * @return the card, or null if it is blank
     * @throws InvalidItemException if it cannot be read; {@link #last} may still know one
     */
    @Nullable
    ModelCard find(ModelCardReference reference, Node.Scalar value) throws InvalidItemException, InterruptedException {
        String text = CardFiles.isPath(value.text()) ? files.read(value.text(), value.line()) : value.text();
        return text.isBlank() ? null : keep(ModelCard.of(reference, text));
    }

    /** The card as it was before this reading. */
    @Nullable
    ModelCard last(ModelCardReference reference) {
        ModelCard card = before.get(reference);
        return card == null ? null : keep(card);
    }

    Map<ModelCardReference, ModelCard> all() {
        return now;
    }

    private ModelCard keep(ModelCard card) {
        now.put(card.reference(), card);
        return card;
    }
}
