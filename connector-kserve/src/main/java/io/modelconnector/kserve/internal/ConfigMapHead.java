package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a ConfigMap says of itself.
 *
 * @param version which state of it this is
 * @param annotations its annotations
 */
public record ConfigMapHead(ConfigMapVersion version, Map<String, String> annotations) {
    /** Copies the map. */
    public ConfigMapHead {
        requireNonNull(version, "version");
        annotations = Map.copyOf(annotations);
    }

    /** Takes the values of a ConfigMap, one by one. */
    public interface Visitor {
        /**
         * A value under {@code data}.
         *
         * @param key its key
         * @param bytes its length
         */
        void text(String key, int bytes);

        /**
         * A value under {@code binaryData}.
         *
         * @param key its key
         * @param value its bytes, which are the visitor's from now on
         */
        void binary(String key, byte[] value);
    }

    /**
     * Reads a ConfigMap of which no more than one value is in memory at a time.
     *
     * @param visitor takes the values; null if nobody needs them
     * @throws IOException if it cannot be read, or is no JSON
     * @throws io.modelconnector.core.MalformedResponseException if its metadata is not what every object has
     */
    static ConfigMapHead read(ObjectMapper json, JsonParser parser, @Nullable Visitor visitor) throws IOException {
        JsonNode metadata = MissingNode.getInstance();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                if (object && field.equals("metadata")) {
                    metadata = json.readTree(parser);
                } else if (visitor != null && object && field.equals("data")) {
                    readData(parser, visitor);
                } else if (visitor != null && object && field.equals("binaryData")) {
                    readBinaryData(parser, visitor);
                } else {
                    parser.skipChildren();
                }
            }
        }
        Fields fields = Fields.of(json.createObjectNode().set("metadata", metadata));
        return new ConfigMapHead(
                ConfigMapVersion.read(fields), fields.object("metadata").texts("annotations"));
    }

    private static void readData(JsonParser parser, Visitor visitor) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            visitor.text(key, parser.getText().getBytes(StandardCharsets.UTF_8).length);
        }
    }

    private static void readBinaryData(JsonParser parser, Visitor visitor) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            // A nil slice of the API server's own language is a null here.
            visitor.binary(key, parser.nextToken() == JsonToken.VALUE_NULL ? new byte[0] : parser.getBinaryValue());
        }
    }
}
