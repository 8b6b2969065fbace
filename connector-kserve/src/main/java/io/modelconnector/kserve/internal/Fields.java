package io.modelconnector.kserve.internal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelconnector.core.MalformedResponseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, strictly read: a missing or null one is absent, one of another type than the asked one
 * is an error that names it and its type, never its value.
 */
public final class Fields {
    private final String path;
    private final JsonNode node;

    /** The fields of a JSON object. */
    public static Fields of(JsonNode node) {
        return new Fields("", node);
    }

    private Fields(String path, JsonNode node) {
        this.path = path;
        this.node = requireNonNull(node, "node");
    }

    /**
     * A text.
     *
     * @param name the field's name
     * @return its value; null if it is absent or blank
     * @throws MalformedResponseException if it is no text
     */
    public @Nullable String text(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(name, value, "a text");
        }
        String text = value.textValue();
        return text.isBlank() ? null : text;
    }

    /**
     * A text that has to be there.
     *
     * @param name the field's name
     * @return its value, not blank
     * @throws MalformedResponseException if it is absent or no text
     */
    public String required(String name) {
        String text = text(name);
        if (text == null) {
            throw malformed(name, "is missing");
        }
        return text;
    }

    /**
     * A number or a text, as in a port's {@code targetPort}.
     *
     * @param name the field's name
     * @return its value as text; null if it is absent or blank
     * @throws MalformedResponseException if it is neither
     */
    public @Nullable String numberOrText(String name) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() ? value.asText() : text(name);
    }

    /**
     * A whole number.
     *
     * @param name the field's name
     * @return its value; null if it is absent
     * @throws MalformedResponseException if it is no whole number of 32 bits
     */
    public @Nullable Integer number(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType(name, value, "a whole number");
        }
        return value.intValue();
    }

    /**
     * An object.
     *
     * @param name the field's name
     * @return its fields; without any if it is absent
     * @throws MalformedResponseException if it is no object
     */
    public Fields object(String name) {
        JsonNode value = node.path(name);
        if (isAbsent(value)) {
            return new Fields(qualified(name), MissingNode.getInstance());
        }
        if (!value.isObject()) {
            throw wrongType(name, value, "an object");
        }
        return new Fields(qualified(name), value);
    }

    /**
     * A list of objects.
     *
     * @param name the field's name
     * @return the fields of each; empty if it is absent
     * @throws MalformedResponseException if it is no list of objects
     */
    public List<Fields> objects(String name) {
        JsonNode values = node.path(name);
        if (isAbsent(values)) {
            return List.of();
        }
        if (!values.isArray()) {
            throw wrongType(name, values, "a list");
        }
        List<Fields> objects = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            String element = name + '[' + objects.size() + ']';
            if (!value.isObject()) {
                throw wrongType(element, value, "an object");
            }
            objects.add(new Fields(qualified(element), value));
        }
        return objects;
    }

    /**
     * A map of texts, such as labels.
     *
     * @param name the field's name
     * @return the map, which the caller may change; empty if the field is absent
     * @throws MalformedResponseException if it is no map of texts
     */
    public Map<String, String> texts(String name) {
        Fields map = object(name);
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.node.properties()) {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            } else if (!entry.getValue().isNull()) {
                throw map.wrongType(entry.getKey(), entry.getValue(), "a text");
            }
        }
        return texts;
    }

    /** The exception for a field whose value makes no sense; {@code problem} completes "status.url ...". */
    public MalformedResponseException malformed(String name, String problem) {
        return new MalformedResponseException(qualified(name) + ' ' + problem);
    }

    private MalformedResponseException wrongType(String name, JsonNode value, String wanted) {
        return malformed(name, "is " + typeOf(value) + ", not " + wanted);
    }

    private String qualified(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NULL -> "null";
            default -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
