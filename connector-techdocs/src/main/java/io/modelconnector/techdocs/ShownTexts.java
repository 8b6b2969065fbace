package io.modelconnector.techdocs;

import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.Payload;
import io.modelconnector.techdocs.clean.ModelCardCleaner;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Texts as they are shown. What cannot be cleaned is shown as text, in which nothing has a meaning. Thread-safe. */
final class ShownTexts {
    private static final Logger log = LoggerFactory.getLogger(ModelCards.class);

    private final CardCleaning cleaning;
    private final int maxCardBytes;
    private final AtomicBoolean toldOfTexts = new AtomicBoolean();

    ShownTexts(CardCleaning cleaning, int maxCardBytes) {
        this.cleaning = cleaning;
        this.maxCardBytes = maxCardBytes;
    }

    /** A model card. Call it once for each of its texts, since it tells what is wrong with that. */
    Payload card(ModelCard card) {
        String markdown = card.markdown();
        String shown;
        if (isTooLarge(markdown)) {
            log.warn("the model card {} is shown as it is written: it has more than {} bytes", card, maxCardBytes);
            shown = ModelCardCleaner.asText(markdown);
        } else {
            shown = cleaned(markdown, card.reference());
        }
        return Payload.of(shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Another text, such as a description. */
    String text(String markdown) {
        return isTooLarge(markdown) ? ModelCardCleaner.asText(markdown) : cleaned(markdown, null);
    }

    private String cleaned(String markdown, @Nullable ModelCardReference card) {
        try {
            return cleaning.clean(markdown, card);
        } catch (RuntimeException | StackOverflowError e) {
            if (card != null) {
                log.warn("the model card {} is shown as it is written, since it cannot be cleaned", card, e);
            } else if (!toldOfTexts.getAndSet(true)) {
                log.warn("texts of models are shown as they are written where they cannot be cleaned; the first", e);
            }
            return ModelCardCleaner.asText(markdown);
        }
    }

    private boolean isTooLarge(String markdown) {
        return markdown.length() > maxCardBytes
                || (markdown.length() > maxCardBytes / 3
                        && markdown.getBytes(StandardCharsets.UTF_8).length > maxCardBytes);
    }
}
