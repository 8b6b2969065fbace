package io.modelconnector.core.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of API that the published schema knows for a model server. */
public enum ApiType {
    /** A REST API described by OpenAPI; the default of the normalizer. */
    OPENAPI,
    /** An event-driven API described by AsyncAPI. */
    ASYNCAPI,
    /** A GraphQL API. */
    GRAPHQL,
    /** A gRPC API. */
    GRPC;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the published document: the constant in lower case. */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds a type by its name on the wire.
     *
     * @param text the name in any case
     * @return the type, or nothing if the schema has no such type
     */
    public static Optional<ApiType> of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equalsIgnoreCase(text))
                .findFirst();
    }
}
