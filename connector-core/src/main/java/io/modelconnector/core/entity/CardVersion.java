package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

/**
 * A model card that is known to exist, in the state in which it was last seen. Facts and entries carry this instead of
 * the card's text.
 *
 * @param reference which card
 * @param digest the digest of its text, see {@link ModelCard}
 */
public record CardVersion(ModelCardReference reference, String digest) {
    /** Checks that nothing is null. */
    public CardVersion {
        requireNonNull(reference, "reference");
        requireNonNull(digest, "digest");
    }
}
