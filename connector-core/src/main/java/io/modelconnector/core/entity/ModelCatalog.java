package io.modelconnector.core.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The published document of one entry: its models and, if they are served, the server.
 *
 * @param models the models, in the order in which they are published; the normalizer makes exactly one
 * @param modelServer the server, if the entry is served at a known address
 */
public record ModelCatalog(List<Model> models, @Nullable ModelServer modelServer) {
    /** Copies the list. */
    public ModelCatalog {
        models = List.copyOf(models);
    }
}
