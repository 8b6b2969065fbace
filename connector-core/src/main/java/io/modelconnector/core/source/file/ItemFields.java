package io.modelconnector.core.source.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of one item. It notes what it is asked for, so that it can tell in the end which fields nobody knows. */
final class ItemFields {
    private final Node.Mapping item;
    private final Set<String> known = new TreeSet<>();

    private ItemFields(Node.Mapping item) {
        this.item = item;
    }

    /**
     * The fields of a node.
     *
     * @throws InvalidItemException if it is not a mapping
     */
    static ItemFields of(Node node) throws InvalidItemException {
        if (node instanceof Node.Mapping mapping) {
            return new ItemFields(mapping);
        }
        throw new InvalidItemException(node.line(), "is " + node.kind() + ", must be a mapping of fields");
    }

    int line() {
        return item.line();
    }

    /** The line of a field, or of the item where it has no such field. */
    int line(String name) {
        Node node = item.fields().get(name);
        return node == null ? line() : node.line();
    }

    /** A field of any kind; null if it is missing or has no value. */
    @Nullable
    Node node(String name) {
        known.add(name);
        Node node = item.fields().get(name);
        return node instanceof Node.Nothing ? null : node;
    }

    /** Whether a field is there but has no value. */
    boolean isNothing(String name) {
        return item.fields().get(name) instanceof Node.Nothing;
    }

    /** A text, a number or a boolean, with its line; null if it is missing or has no value. */
    Node.@Nullable Scalar scalar(String name) throws InvalidItemException {
        Node node = node(name);
        return node == null ? null : scalar(name, node);
    }

    /** A text, or a number or boolean as it was written; null if it is missing or has no value. */
    @Nullable
    String text(String name) throws InvalidItemException {
        Node.Scalar scalar = scalar(name);
        return scalar == null ? null : scalar.text();
    }

    /** A text; the other value if it is missing, has no value, or is blank. */
    String textOr(String name, String otherwise) throws InvalidItemException {
        String text = text(name);
        return text == null || text.isBlank() ? otherwise : text;
    }

    /** A text that has to be there and to hold more than white space. */
    String requiredText(String name) throws InvalidItemException {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw new InvalidItemException(line(name), "has no " + name);
        }
        return text;
    }

    /** The id, or the derived one where none is given. */
    String id(String derived) throws InvalidItemException {
        String id = text("id");
        if (id == null) {
            return derived;
        }
        if (!StableId.canBeGiven(id)) {
            throw new InvalidItemException(
                    line("id"), "id was \"" + id + "\", must be a number from 1 on, of at most 18 digits");
        }
        return id;
    }

    /** True or false. */
    boolean flag(String name, boolean otherwise) throws InvalidItemException {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidItemException(line(name), name + " was \"" + text + "\", must be true or false");
        };
    }

    /** A moment, or a day, which stands for its beginning in UTC. */
    @Nullable
    Instant instant(String name) throws InvalidItemException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidItemException(
                    line(name),
                    name + " was \"" + text + "\", must be a day or a time such as 2026-03-01 or 2026-03-01T09:30:00Z");
        }
    }

    /** A list; empty if it is missing or has no value. */
    List<Node> items(String name) throws InvalidItemException {
        Node node = node(name);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Items items) {
            return items.nodes();
        }
        throw new InvalidItemException(node.line(), name + " is " + node.kind() + ", must be a list");
    }

    /** A list of texts. */
    List<String> texts(String name) throws InvalidItemException {
        List<String> texts = new ArrayList<>();
        for (Node node : items(name)) {
            texts.add(scalar("an item of " + name, node).text());
        }
        return texts;
    }

    /** A mapping of names to texts; a name without a value has an empty one. */
    Map<String, String> textMap(String name) throws InvalidItemException {
        Node node = node(name);
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            throw new InvalidItemException(node.line(), name + " is " + node.kind() + ", must be a mapping");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Node> field : mapping.fields().entrySet()) {
            Node value = field.getValue();
            String key = name + "." + field.getKey();
            texts.put(
                    field.getKey(),
                    value instanceof Node.Nothing ? "" : scalar(key, value).text());
        }
        return texts;
    }

    /** The fields that were never asked for. */
    Set<String> unknown() {
        Set<String> unknown = new LinkedHashSet<>(item.fields().keySet());
        unknown.removeAll(known);
        return unknown;
    }

    /** The field that somebody meant who wrote another name, if it can be guessed. */
    @Nullable
    String meantBy(String unknown) {
        String best = null;
        // One slip of the pen for three letters; more alike than that, short names always are.
        int least = Math.max(1, unknown.length() / 3) + 1;
        for (String name : known) {
            int distance = editDistance(fold(unknown), fold(name));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    private static Node.Scalar scalar(String what, Node node) throws InvalidItemException {
        if (node instanceof Node.Scalar scalar) {
            return scalar;
        }
        throw new InvalidItemException(node.line(), what + " is " + node.kind() + ", must be a text");
    }

    /** {@code how-to-use} and {@code HowToUse} are as good as {@code howToUse}, when it comes to guessing. */
    private static String fold(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** How many characters have to be inserted, dropped or replaced. */
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
