package io.modelconnector.techdocs.clean;

import java.util.Objects;

/**
 * What became of a model card. Immutable.
 *
 * @param markdown the card, fit to be shown
 * @param frontMatter what the card's YAML head says; empty if there is none or if it cannot be read
 * @param changed whether {@code markdown} differs from the card as it came
 */
public record CleanCard(String markdown, FrontMatter frontMatter, boolean changed) {
    /** Checks that nothing is missing. */
    public CleanCard {
        Objects.requireNonNull(markdown, "markdown");
        Objects.requireNonNull(frontMatter, "frontMatter");
    }
}
