package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelconnector.core.source.CustomProperties;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wanted fields of one item, before it is known whether they make sense. Reading them fails only where the JSON
 * itself is broken; asking for one fails if it is missing or of the wrong type, which costs only this item.
 */
final class ItemFields {
    private static final String PROPERTIES = "customProperties";

    private final Map<String, Object> values;

    private ItemFields(Map<String, Object> values) {
        this.values = values;
    }

    /** Reads an object, with the parser at its start. */
    static ItemFields read(JsonParser parser, Set<String> wanted) throws IOException {
        Map<String, Object> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL || !wanted.contains(name)) {
                parser.skipChildren();
            } else {
                values.put(name, value(parser, token, name));
            }
        }
        return new ItemFields(values);
    }

    private static Object value(JsonParser parser, JsonToken token, String name) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return new WholeNumber(parser.getText());
        }
        if (token == JsonToken.START_OBJECT && name.equals(PROPERTIES)) {
            return properties(parser);
        }
        parser.skipChildren();
        return new WrongType(Json.kind(token));
    }

    private static CustomProperties properties(JsonParser parser) throws IOException {
        Map<String, String> strings = new HashMap<>();
        Set<String> others = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            String text = token == JsonToken.START_OBJECT ? stringProperty(parser) : null;
            if (text != null) {
                strings.put(name, text);
            } else if (token != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                others.add(name);
            }
        }
        if (strings.isEmpty() && others.isEmpty()) {
            return CustomProperties.none();
        }
        others.removeAll(strings.keySet());
        return new CustomProperties(strings, others);
    }

    /** The value of a string property; null if it is one of another type. */
    private static @Nullable String stringProperty(JsonParser parser) throws IOException {
        String type = null;
        String text = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING && name.equals("metadataType")) {
                type = parser.getText();
            } else if (token == JsonToken.VALUE_STRING && name.equals("string_value")) {
                text = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        if (type == null) {
            return text;
        }
        return type.equals("MetadataStringValue") ? text == null ? "" : text : null;
    }

    /** A text; null if there is none. */
    @Nullable
    String text(String field) throws UnreadableFieldException {
        Object value = values.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new UnreadableFieldException(field + " is " + kind(value) + " instead of a text");
    }

    String requiredText(String field) throws UnreadableFieldException {
        return required(field, text(field));
    }

    /** An id, which may be a text or a number; null if there is none. */
    @Nullable
    String optionalId(String field) throws UnreadableFieldException {
        Object value = values.get(field);
        if (value instanceof WholeNumber number) {
            return number.digits();
        }
        String text = text(field);
        return text == null || text.isBlank() ? null : text;
    }

    String requiredId(String field) throws UnreadableFieldException {
        return required(field, optionalId(field));
    }

    /** A time in milliseconds, which may be a text or a number; null if there is none. */
    @Nullable
    Instant time(String field) throws UnreadableFieldException {
        String millis = optionalId(field);
        if (millis == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            throw new UnreadableFieldException(field + " is not a number of milliseconds");
        }
    }

    CustomProperties properties() throws UnreadableFieldException {
        Object value = values.get(PROPERTIES);
        if (value == null) {
            return CustomProperties.none();
        }
        if (value instanceof CustomProperties properties) {
            return properties;
        }
        throw new UnreadableFieldException(PROPERTIES + " is " + kind(value) + " instead of an object");
    }

    private static String required(String field, @Nullable String value) throws UnreadableFieldException {
        if (value == null) {
            throw new UnreadableFieldException(field + " is missing");
        }
        return value;
    }

    private static String kind(Object value) {
        if (value instanceof WrongType wrong) {
            return wrong.kind();
        }
        return value instanceof WholeNumber ? "a number" : value instanceof String ? "a text" : "an object";
    }

    private record WholeNumber(String digits) {}

    private record WrongType(String kind) {}
}
