package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one part of a source is.
 *
 * @param name the part's name, as the source gives it
 * @param status whether what is served of it is what it last said
 * @param lastCompleteRead when it was last read completely, if ever
 * @param failure why it could not be read or is not believed; null while the status is {@link HealthStatus#UP}
 * @param modelVersions how many registered versions are known of it
 * @param servedModels how many served models are known of it
 * @param problems the items in it that could not be read
 */
public record PartHealth(
        String name,
        HealthStatus status,
        @Nullable Instant lastCompleteRead,
        @Nullable String failure,
        int modelVersions,
        int servedModels,
        List<Problem> problems) {
    /** Copies the list. */
    public PartHealth {
        problems = List.copyOf(problems);
    }
}
