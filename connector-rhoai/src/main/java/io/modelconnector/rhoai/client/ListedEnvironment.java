package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A serving environment.
 *
 * @param id its id
 * @param name its name, by convention a Kubernetes namespace
 * @param lastUpdate when the registry last changed it
 */
public record ListedEnvironment(
        String id, String name, @Nullable Instant lastUpdate) implements Listed {
    /** Checks what is required. */
    public ListedEnvironment {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }
}
