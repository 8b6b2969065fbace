package io.modelconnector.core.entity;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API of a model server.
 *
 * @param url where it is called; a URL that a browser's parser accepts
 * @param type its kind
 * @param spec its definition, or a link to it, or {@code TBD}
 * @param tags its tags; left out of the document when empty
 * @param annotations its annotations; left out of the document when empty
 * @param published the definition that the server itself publishes, if it is known; not in the document, but in formats that
 *     can say it
 */
public record ModelServerApi(
        String url,
        ApiType type,
        String spec,
        List<String> tags,
        Map<String, String> annotations,
        @Nullable String published) {
    /** Copies tags and annotations and checks what is required. */
    public ModelServerApi {
        requireNonNull(url, "url");
        requireNonNull(type, "type");
        requireNonNull(spec, "spec");
        tags = List.copyOf(tags);
        annotations = Map.copyOf(annotations);
    }

    /** An API of which it is not known what its server publishes. */
    public ModelServerApi(String url, ApiType type, String spec, List<String> tags, Map<String, String> annotations) {
        this(url, type, spec, tags, annotations, null);
    }

    /** The same API, with what its server publishes as its definition. */
    public ModelServerApi withPublished(@Nullable String definition) {
        return new ModelServerApi(url, type, spec, tags, annotations, definition);
    }
}
