package io.modelconnector.rhoai.client;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.source.RegisteredModel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param model the model
 * @param lastUpdate when the registry last changed it
 */
public record ListedModel(RegisteredModel model, @Nullable Instant lastUpdate) implements Listed {
    /** Checks what is required. */
    public ListedModel {
        requireNonNull(model, "model");
    }

    @Override
    public String id() {
        return model.id();
    }
}
