package io.modelconnector.core.format;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import java.net.URI;
import java.util.List;

/**
 * Finds the formats in which the location contract is served, and entries are stored, by their names, as settings hold them.
 * Formats of other contracts are made where those are. Thread-safe.
 */
public final class FeedFormats {
    private static final List<String> NAMES = List.of(JsonArrayFormat.NAME, CatalogInfoYamlFormat.NAME);

    private FeedFormats() {}

    /** The names of these formats, the default one first. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Makes a format.
     *
     * @param name its {@linkplain FeedFormat#name() name}, exactly as it is in {@link #names()}
     * @param techDocsBase where portals reach the endpoint that serves the model cards; an absolute http or https URL
     * @throws ConfigurationException if there is no such format, or the base is something else; the message says what
     *     would be valid
     */
    public static FeedFormat named(String name, URI techDocsBase) {
        return switch (requireNonNull(name, "name")) {
            case JsonArrayFormat.NAME -> new JsonArrayFormat(techDocsBase);
            case CatalogInfoYamlFormat.NAME -> new CatalogInfoYamlFormat(techDocsBase);
            default ->
                throw new ConfigurationException("format was \"" + name + "\", must be " + String.join(" or ", NAMES));
        };
    }
}
