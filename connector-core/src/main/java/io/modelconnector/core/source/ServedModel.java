package io.modelconnector.core.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A served model: a KServe service, or what another platform has in its place.
 *
 * @param kind the kind of the serving object, for instance {@code InferenceService}
 * @param namespace its namespace, or the tenant that stands in for one
 * @param name its name
 * @param created when it was created, if known; the older of two that collide keeps its name
 * @param labels its labels; they say which registered version it serves, and become tags where it serves none
 * @param annotations its annotations; they give the fields of an entry of its own
 * @param ready whether it can be called; one that is not ready is no server and no entry
 * @param externalUrl where it is called from outside of the platform
 * @param internalUrl where it is called from inside
 * @param authentication whether callers have to authenticate
 * @param artifactUri where the served artifact is
 */
public record ServedModel(
        String kind,
        String namespace,
        String name,
        @Nullable Instant created,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean ready,
        @Nullable String externalUrl,
        @Nullable String internalUrl,
        boolean authentication,
        @Nullable String artifactUri) {
    /** Copies the maps and checks what is required. */
    public ServedModel {
        requireNonNull(kind, "kind");
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** What identifies it in a feed: {@code kind/namespace/name}. */
    public String id() {
        return kind + '/' + namespace + '/' + name;
    }
}
