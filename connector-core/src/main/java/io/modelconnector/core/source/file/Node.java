package io.modelconnector.core.source.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a JSON or YAML document that knows the line where it starts. Scalars keep their text as it was written.
 */
sealed interface Node {
    /** The line, counted from 1; of the value of a field, the line of the field's name. */
    int line();

    /** What it is, for messages. */
    String kind();

    /** A text, a number or a boolean: {@code 3.10} stays {@code 3.10}. */
    record Scalar(String text, int line) implements Node {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A null, or a YAML field without a value. */
    record Nothing(int line) implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** A list. */
    record Items(List<Node> nodes, int line) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping, in the order of the document. */
    record Mapping(Map<String, Node> fields, int line) implements Node {
        /** The text of a field; the other value where it has none, whatever is in its place. */
        @Nullable
        String textOr(String name, @Nullable String otherwise) {
            return fields.get(name) instanceof Scalar scalar ? scalar.text() : otherwise;
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }
}
