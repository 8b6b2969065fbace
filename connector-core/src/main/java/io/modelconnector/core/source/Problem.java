package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

/**
 * Something that is wrong with one item while the rest goes on. Problems are shown in the feed's health until they are
 * gone.
 *
 * @param item the item: the id of a fact ({@link RegisteredModelVersion#id()}, {@link ServedModel#id()}) where it has
 *     one, else whatever names it best
 * @param message what is wrong, what was done about it, and what to do to mend it
 */
public record Problem(String item, String message) {
    /** Checks that nothing is null. */
    public Problem {
        requireNonNull(item, "item");
        requireNonNull(message, "message");
    }
}
