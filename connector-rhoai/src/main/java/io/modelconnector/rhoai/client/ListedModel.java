package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.source.RegisteredModel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param model the model; its readme is its card, see {@link ReadmeReference}
 * @param readmeProblem what is wrong with its readme, if something is; it counts as absent then
 * @param lastUpdate when the registry last changed it
 */
public record ListedModel(
        RegisteredModel model,
        @Nullable String readmeProblem,
        @Nullable Instant lastUpdate) implements Listed {
    /** Checks what is required. */
    public ListedModel {
        requireNonNull(model, "model");
    }

    @Override
    public String id() {
        return model.id();
    }
}
