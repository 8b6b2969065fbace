package io.modelconnector.core.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.format.ModelCatalogValidator.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a JSON value has to be. */
@FunctionalInterface
interface SchemaRule {
    /**
     * Adds what is wrong with a value.
     *
     * @param value the value
     * @param pointer where it is, as a JSON pointer
     * @param found where violations go
     */
    void check(JsonNode value, String pointer, List<Violation> found);

    static SchemaRule text() {
        return (value, pointer, found) -> is(value.isTextual(), "a string", value, pointer, found);
    }

    static SchemaRule truthValue() {
        return (value, pointer, found) -> is(value.isBoolean(), "true or false", value, pointer, found);
    }

    static SchemaRule oneOf(List<String> texts) {
        return (value, pointer, found) -> {
            if (!value.isTextual() || !texts.contains(value.textValue())) {
                found.add(new Violation(pointer, "must be one of " + String.join(", ", texts)));
            }
        };
    }

    static SchemaRule arrayOf(SchemaRule item) {
        return (value, pointer, found) -> {
            if (is(value.isArray(), "an array", value, pointer, found)) {
                for (int i = 0; i < value.size(); i++) {
                    item.check(value.get(i), pointer + '/' + i, found);
                }
            }
        };
    }

    /** An object with any fields, all of one kind. */
    static SchemaRule mapOf(SchemaRule field) {
        return (value, pointer, found) -> {
            if (is(value.isObject(), "an object", value, pointer, found)) {
                value.properties().forEach(e -> field.check(e.getValue(), child(pointer, e.getKey()), found));
            }
        };
    }

    /** An object with the named fields and no others. */
    static SchemaRule objectOf(Set<String> required, Map<String, SchemaRule> fields) {
        return (value, pointer, found) -> {
            if (!is(value.isObject(), "an object", value, pointer, found)) {
                return;
            }
            required.stream()
                    .filter(name -> !value.has(name))
                    .sorted()
                    .forEach(name -> found.add(new Violation(child(pointer, name), "is required")));
            value.properties().forEach(e -> {
                SchemaRule rule = fields.get(e.getKey());
                if (rule != null) {
                    rule.check(e.getValue(), child(pointer, e.getKey()), found);
                } else {
                    found.add(new Violation(child(pointer, e.getKey()), "is not a field of the schema"));
                }
            });
        };
    }

    private static boolean is(boolean holds, String what, JsonNode value, String pointer, List<Violation> found) {
        if (!holds) {
            String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
            found.add(new Violation(pointer, "must be " + what + ", but its type is " + type));
        }
        return holds;
    }

    private static String child(String pointer, String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }
}
