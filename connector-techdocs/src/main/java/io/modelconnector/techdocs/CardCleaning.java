package io.modelconnector.techdocs;

import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.techdocs.clean.ModelCardCleaner;
import org.jspecify.annotations.Nullable;

/**
 * Makes a text that an author wrote fit to be shown in a portal. Thread-safe; it is called for each text once, not for each
 * reader. Where it throws, the text is shown {@linkplain ModelCardCleaner#asText as text}.
 */
@FunctionalInterface
public interface CardCleaning {
    /**
     * Cleans one text.
     *
     * @param markdown the text as it was written
     * @param card the model card whose text it is; null for another one, such as a description
     * @return the text that is shown, as Markdown
     */
    String clean(String markdown, @Nullable ModelCardReference card);

    /** Has texts cleaned by a cleaner that knows of no card where it lies. */
    static CardCleaning by(ModelCardCleaner cleaner) {
        return (markdown, card) -> cleaner.clean(markdown).markdown();
    }

    /** Leaves texts as they are. For readers that trust all authors of cards. */
    static CardCleaning none() {
        return (markdown, card) -> markdown;
    }
}
