package io.modelconnector.core.normalize;

import org.jspecify.annotations.Nullable;

/** Texts that are empty or white space only say nothing. */
final class Blank {
    private Blank() {}

    /** The text as it is, or null if it says nothing. */
    static @Nullable String asNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
