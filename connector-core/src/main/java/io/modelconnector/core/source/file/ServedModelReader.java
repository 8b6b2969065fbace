package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.ApiType;
import io.modelconnector.core.source.ServedModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the served models of a file. */
final class ServedModelReader {
    private static final String KIND = "ModelServer";

    private final String registry;
    private final Findings findings;

    /**
     * Reads nothing yet.
     *
     * @param registry the registry's name, which is also the namespace of what has none
     * @param findings where to note what was found
     */
    ServedModelReader(String registry, Findings findings) {
        this.registry = registry;
        this.findings = findings;
    }

    /** Reads one that belongs to no registered version, and notes what was found. */
    void read(Node node, String place) {
        String label = place;
        try {
            ItemFields fields = ItemFields.of(node);
            label = place + " \"" + fields.requiredText("name") + '"';
            Map<String, String> labels = new HashMap<>();
            fields.texts("tags").forEach(tag -> labels.put(tag, ""));
            Map<String, String> annotations = EntryField.annotations(fields);
            findings.add(served(fields, "", labels, annotations, fields.text("uri"), label));
        } catch (InvalidItemException e) {
            findings.leftOut(id(node, null), label, e);
        }
    }

    /**
     * Reads the one that serves a registered version.
     *
     * @param fields its fields
     * @param name its name, unless it has one of its own
     * @param link the labels that link it to its version
     * @param label what to call it in messages
     */
    ServedModel read(ItemFields fields, String name, Map<String, String> link, String label)
            throws InvalidItemException {
        return served(fields, name, link, Map.of(), null, label);
    }

    /** The id of the fact that an item is or would be; null if it has no name, nor another one to go by. */
    @Nullable
    String id(Node node, @Nullable String defaultName) {
        Node.Mapping item = node instanceof Node.Mapping mapping ? mapping : new Node.Mapping(Map.of(), node.line());
        String name = item.textOr("name", defaultName);
        return name == null ? null : item.textOr("kind", KIND) + '/' + item.textOr("namespace", registry) + '/' + name;
    }

    private ServedModel served(
            ItemFields fields,
            String defaultName,
            Map<String, String> ourLabels,
            Map<String, String> ourAnnotations,
            @Nullable String uri,
            String label)
            throws InvalidItemException {
        checkApiType(fields);
        String url = fields.text("url");
        String internalUrl = fields.text("internalUrl");
        if (url == null && internalUrl == null) {
            throw new InvalidItemException(fields.line(), "has neither url nor internalUrl, so nobody could call it");
        }
        Map<String, String> labels = new HashMap<>(fields.textMap("labels"));
        labels.putAll(ourLabels);
        Map<String, String> annotations = new HashMap<>(fields.textMap("annotations"));
        annotations.putAll(ourAnnotations);
        ServedModel served = new ServedModel(
                fields.textOr("kind", KIND),
                fields.textOr("namespace", registry),
                fields.textOr("name", defaultName),
                fields.instant("created"),
                labels,
                annotations,
                fields.flag("ready", true),
                url,
                internalUrl,
                fields.flag("authentication", false),
                uri);
        findings.claim("id of served model " + served.id(), fields.line(), label);
        findings.unknownFields(served.id(), label, fields);
        return served;
    }

    private static void checkApiType(ItemFields fields) throws InvalidItemException {
        String type = fields.text(EntryField.API_TYPE.key());
        if (type != null && ApiType.of(type).isEmpty()) {
            throw new InvalidItemException(
                    fields.line(EntryField.API_TYPE.key()),
                    "apiType was \"" + type + "\", must be openapi, asyncapi, graphql or grpc");
        }
    }
}
