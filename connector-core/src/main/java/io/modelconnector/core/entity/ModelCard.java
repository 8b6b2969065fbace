package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

/**
 * A model card.
 *
 * @param reference which card it is
 * @param markdown its text, as the catalog has it
 * @param digest the {@linkplain ContentDigest#of(byte[]) digest} of the text as UTF-8; equal texts have equal digests
 */
public record ModelCard(ModelCardReference reference, String markdown, String digest) {
    /** Checks that nothing is null. */
    public ModelCard {
        requireNonNull(reference, "reference");
        requireNonNull(markdown, "markdown");
        requireNonNull(digest, "digest");
    }

    /**
     * Makes a card and computes its digest.
     *
     * @param reference which card it is
     * @param markdown its text
     */
    public static ModelCard of(ModelCardReference reference, String markdown) {
        return new ModelCard(reference, markdown, ContentDigest.of(markdown));
    }

    /** What facts and entries carry of the card: enough to link to it and to notice that it changed. */
    public CardVersion version() {
        return new CardVersion(reference, digest);
    }

    /** The reference and the digest; never the text. */
    @Override
    public String toString() {
        return "ModelCard[" + reference + ", " + digest + ']';
    }
}
