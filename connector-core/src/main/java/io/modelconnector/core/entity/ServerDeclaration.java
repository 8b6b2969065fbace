package io.modelconnector.core.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the people who run a server say of it, in their own words, for formats that can repeat it. None of it is in the
 * published schema of the model catalog. Immutable and thread-safe.
 *
 * @param system the system that it is a part of: a name, or a reference to a Backstage entity
 * @param serverType what kind of server it is, for instance {@code vllm}
 * @param defaultModel the name of the model that answers who names none
 * @param apiReference the Backstage entity that describes its API
 * @param modelNames the names by which callers ask it for models, instead of the name of the entry's model; empty if nobody
 *     says
 */
public record ServerDeclaration(
        @Nullable String system,
        @Nullable String serverType,
        @Nullable String defaultModel,
        @Nullable String apiReference,
        List<String> modelNames) {
    private static final ServerDeclaration NONE = new ServerDeclaration(null, null, null, null, List.of());

    /** Copies the list. */
    public ServerDeclaration {
        modelNames = List.copyOf(modelNames);
    }

    /** Nothing is said. */
    public static ServerDeclaration none() {
        return NONE;
    }
}
