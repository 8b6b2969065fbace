package io.modelconnector.examples.sidecars;

import io.modelconnector.examples.sidecars.settings.DocumentationSettings;
import io.modelconnector.techdocs.ModelCardsBuilder;
import io.modelconnector.techdocs.clean.ModelCardCleaner;

/** How the settings have model cards shown. */
final class ShownCards {
    private ShownCards() {}

    /** Describes cards as the settings want them. */
    static ModelCardsBuilder configure(ModelCardsBuilder cards, DocumentationSettings settings) {
        ModelCardCleaner cleaner = ModelCardCleaner.builder()
                .imageHosts(settings.imageHosts().toArray(String[]::new))
                .build();
        return cards.maxBytes(settings.cacheBytes())
                .cleaning((markdown, card) -> cleaner.clean(markdown, card == null ? null : settings.origin(card))
                        .markdown());
    }
}
