package io.modelconnector.core.format;

import static io.modelconnector.core.format.SchemaRule.arrayOf;
import static io.modelconnector.core.format.SchemaRule.mapOf;
import static io.modelconnector.core.format.SchemaRule.objectOf;
import static io.modelconnector.core.format.SchemaRule.oneOf;
import static io.modelconnector.core.format.SchemaRule.text;
import static io.modelconnector.core.format.SchemaRule.truthValue;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelconnector.core.entity.ApiType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks documents against the rules of the published model catalog schema: which fields there are, which of them are
 * required, and what they hold. For tests of a format of one's own, and for whoever writes documents by hand.
 *
 * <p>The published schema asks for {@code models}, or else for {@code models} and a misspelt {@code modelSever}; so
 * {@code models} is what is required. Thread-safe.
 *
 * <pre>{@code
 * for (ModelCatalogValidator.Violation violation : ModelCatalogValidator.validate(bytes)) {
 *     System.err.println(violation); // /models/0/owner: is required
 * }
 * }</pre>
 */
public final class ModelCatalogValidator {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private static final SchemaRule TAGS = arrayOf(text());
    private static final SchemaRule ANNOTATIONS = mapOf(text());
    private static final SchemaRule API = objectOf(
            Set.of("url", "type", "spec"),
            Map.of(
                    "url", text(),
                    "type",
                            oneOf(Arrays.stream(ApiType.values())
                                    .map(ApiType::wireName)
                                    .toList()),
                    "spec", text(),
                    "tags", TAGS,
                    "annotations", ANNOTATIONS));
    private static final SchemaRule MODEL_SERVER = objectOf(
            Set.of("name", "owner", "description", "lifecycle"),
            Map.of(
                    "name", text(),
                    "owner", text(),
                    "description", text(),
                    "lifecycle", text(),
                    "API", API,
                    "authentication", truthValue(),
                    "homepageURL", text(),
                    "tags", TAGS,
                    "usage", text(),
                    "annotations", ANNOTATIONS));
    private static final SchemaRule MODEL = objectOf(
            Set.of("name", "owner", "description", "lifecycle"),
            Map.ofEntries(
                    entry("name", text()),
                    entry("owner", text()),
                    entry("description", text()),
                    entry("lifecycle", text()),
                    entry("artifactLocationURL", text()),
                    entry("ethics", text()),
                    entry("howToUseURL", text()),
                    entry("license", text()),
                    entry("support", text()),
                    entry("tags", TAGS),
                    entry("training", text()),
                    entry("usage", text()),
                    entry("annotations", ANNOTATIONS)));
    private static final SchemaRule DOCUMENT =
            objectOf(Set.of("models"), Map.of("models", arrayOf(MODEL), "modelServer", MODEL_SERVER));

    private ModelCatalogValidator() {}

    /**
     * Checks a document.
     *
     * @param document the document as UTF-8
     * @return what is wrong with it; empty if it is valid. Text that is no JSON is one violation
     */
    public static List<Violation> validate(byte[] document) {
        return validate(() -> JSON.readTree(requireNonNull(document, "document")));
    }

    /** As {@link #validate(byte[])}. */
    public static List<Violation> validate(String document) {
        return validate(() -> JSON.readTree(requireNonNull(document, "document")));
    }

    private static List<Violation> validate(Parser parser) {
        JsonNode root;
        try {
            root = parser.parse();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return List.of(new Violation("", "is not JSON" + where + ": " + e.getOriginalMessage()));
        } catch (IOException e) {
            return List.of(new Violation("", "is not text in UTF-8: " + e.getMessage()));
        }
        if (root.isMissingNode()) {
            return List.of(new Violation("", "is empty"));
        }
        List<Violation> found = new ArrayList<>();
        DOCUMENT.check(root, "", found);
        return List.copyOf(found);
    }

    /**
     * One thing that is wrong with a document. Immutable and thread-safe.
     *
     * @param pointer where, as a JSON pointer (RFC 6901); empty for the document as a whole
     * @param message what, as the end of a sentence that begins with the place
     */
    public record Violation(String pointer, String message) {
        /** Checks that nothing is null. */
        public Violation {
            requireNonNull(pointer, "pointer");
            requireNonNull(message, "message");
        }

        /** Place and message, for instance {@code /models/0/owner: is required}. */
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "document" : pointer) + ": " + message;
        }
    }

    @FunctionalInterface
    private interface Parser {
        JsonNode parse() throws IOException;
    }
}
