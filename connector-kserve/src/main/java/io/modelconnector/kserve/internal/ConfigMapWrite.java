package io.modelconnector.kserve.internal;

import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt to write a ConfigMap.
 *
 * @param outcome in short
 * @param version the state that was written; null unless it was
 */
public record ConfigMapWrite(Outcome outcome, @Nullable ConfigMapVersion version) {
    /** What became of it, in short. */
    public enum Outcome {
        /** It is written. */
        WRITTEN,
        /** Somebody else wrote it, or created it, since it was read. */
        CONFLICT,
        /** It is not there. */
        MISSING,
        /** The API server does not take what was to be written, for its size or for its content. */
        REFUSED
    }
}
