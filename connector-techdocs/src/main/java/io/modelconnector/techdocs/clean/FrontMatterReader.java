package io.modelconnector.techdocs.clean;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads front matter as a tree of plain strings: no object is made from it, and {@code no} stays the language that it is. */
final class FrontMatterReader {
    private static final int LONGEST = 64 * 1024;
    private static final int DEEPEST = 30;
    private static final int MOST_ALIASES = 20;
    private static final int MOST_VALUES = 500;
    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Set<String> TAGS =
            Set.of("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "set", "omap", "binary", "merge");

    private FrontMatterReader() {}

    /** What came of reading. */
    enum Kind {
        READ,
        UNREADABLE,
        NOT_YAML
    }

    record Reading(Kind kind, FrontMatter frontMatter) {}

    static Reading read(String yaml) {
        if (yaml.isBlank()) {
            return new Reading(Kind.READ, FrontMatter.none());
        }
        if (yaml.length() > LONGEST) {
            return new Reading(Kind.UNREADABLE, FrontMatter.none());
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setNestingDepthLimit(DEEPEST);
            options.setMaxAliasesForCollections(MOST_ALIASES);
            options.setCodePointLimit(LONGEST);
            Node root = new Composer(
                            new ParserImpl(new StreamReader(new StringReader(yaml)), options), new Strings(), options)
                    .getSingleNode();
            if (!(root instanceof MappingNode mapping)) {
                return new Reading(Kind.NOT_YAML, FrontMatter.none());
            }
            return hasForeignTag(root, Collections.newSetFromMap(new IdentityHashMap<>()))
                    ? new Reading(Kind.UNREADABLE, FrontMatter.none())
                    : new Reading(Kind.READ, frontMatter(mapping));
        } catch (YAMLException e) {
            return new Reading(Kind.UNREADABLE, FrontMatter.none());
        }
    }

    /** Each plain value is a string. */
    private static final class Strings extends Resolver {
        @Override
        protected void addImplicitResolvers() {}
    }

    private static boolean hasForeignTag(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return false;
        }
        String tag = node.getTag().getValue();
        if (!tag.startsWith(STANDARD) || !TAGS.contains(tag.substring(STANDARD.length()))) {
            return true;
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .anyMatch(tuple ->
                            hasForeignTag(tuple.getKeyNode(), seen) || hasForeignTag(tuple.getValueNode(), seen));
        }
        return node instanceof SequenceNode sequence
                && sequence.getValue().stream().anyMatch(item -> hasForeignTag(item, seen));
    }

    private static FrontMatter frontMatter(MappingNode mapping) {
        Map<String, Node> fields = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                fields.put(key.getValue(), tuple.getValueNode());
            }
        }
        return new FrontMatter(
                licence(fields),
                values(fields.get("base_model")),
                values(fields.get("datasets")),
                values(fields.get("language")),
                values(fields.get("tags")),
                first(fields.get("pipeline_tag")),
                first(fields.get("library_name")));
    }

    /** Hugging Face calls a licence that it has no name for "other" and lets the card name it. */
    private static @Nullable String licence(Map<String, Node> fields) {
        String licence = first(fields.get("license"));
        String named = first(fields.get("license_name"));
        return (licence == null || licence.equals("other")) && named != null ? named : licence;
    }

    private static @Nullable String first(@Nullable Node node) {
        List<String> values = values(node);
        return values.isEmpty() ? null : values.get(0);
    }

    private static List<String> values(@Nullable Node node) {
        List<String> values = new ArrayList<>();
        if (node instanceof ScalarNode scalar) {
            add(values, scalar);
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar && values.size() < MOST_VALUES) {
                    add(values, scalar);
                }
            }
        }
        return values;
    }

    private static void add(List<String> values, ScalarNode scalar) {
        String value = scalar.getValue().strip();
        boolean empty = scalar.getScalarStyle() == org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN
                && (value.equals("null") || value.equals("~"));
        if (!value.isEmpty() && !empty) {
            values.add(value);
        }
    }
}
