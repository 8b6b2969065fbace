package io.modelconnector.rhoai.client;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How long a card may be.
 *
 * @param bytes as UTF-8
 */
public record CardLimit(int bytes) {
    /**
     * What a text says about a card.
     *
     * @param reference which card
     * @param text its text; null if there is none
     * @return the card, or that it is too long; a blank text is none
     */
    public CardAnswer answer(ModelCardReference reference, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return new CardAnswer.Absent(reference);
        }
        boolean tooLong = text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
        return tooLong ? new CardAnswer.TooLong(reference, bytes) : new CardAnswer.Found(ModelCard.of(reference, text));
    }
}
