package io.modelconnector.core.source.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A field with a name of its own in the file that stands for a custom property of a registered model or version, or for
 * an annotation of a served model.
 *
 * @param key its name in the file
 * @param property the name of the custom property
 * @param annotation the name of the annotation, without its prefix
 */
record EntryField(String key, String property, String annotation) {
    static final EntryField API_TYPE = new EntryField("apiType", "API Type", "apitype");

    /** Of a registered model; its description and owner are no properties. */
    static final List<EntryField> OF_MODEL = List.of(
            new EntryField("lifecycle", "Lifecycle", "lifecycle"),
            new EntryField("license", "License", "license"),
            new EntryField("usage", "Usage", "usage"),
            new EntryField("ethics", "Ethics", "ethics"),
            new EntryField("support", "Support", "support"),
            new EntryField("training", "Training", "training"),
            new EntryField("howToUse", "How to use", "howtouse"),
            new EntryField("techdocs", "TechDocs", "techdocs"));

    /** Of a model version; its description is no property. */
    static final List<EntryField> OF_VERSION = concat(List.of(new EntryField("owner", "Owner", "owner")), OF_MODEL);

    private static final List<EntryField> OF_SERVER = List.of(
            new EntryField("homepage", "Homepage URL", "homepageurl"),
            new EntryField("apiSpec", "API Spec", "apispec"),
            API_TYPE);

    private static final List<EntryField> OF_SERVED =
            concat(List.of(new EntryField("description", "", "description")), concat(OF_VERSION, OF_SERVER));

    /** The custom properties of an item: its tags, its properties, and the given ones of some fields, which win. */
    static Map<String, String> properties(ItemFields item, List<EntryField> fields) throws InvalidItemException {
        Map<String, String> properties = new HashMap<>();
        item.texts("tags").forEach(tag -> properties.put(tag, ""));
        properties.putAll(item.textMap("properties"));
        for (EntryField field : fields) {
            String value = item.text(field.key);
            if (value != null) {
                properties.put(field.property, value);
            }
        }
        return properties;
    }

    /** The custom properties that a version has because of what serves it. */
    static Map<String, String> serverProperties(ItemFields server) throws InvalidItemException {
        Map<String, String> properties = new HashMap<>();
        for (EntryField field : OF_SERVER) {
            String value = server.text(field.key);
            if (value != null) {
                properties.put(field.property, value);
            }
        }
        return properties;
    }

    /** The annotations that a served model without a registered version has because of its fields. */
    static Map<String, String> annotations(ItemFields served) throws InvalidItemException {
        Map<String, String> annotations = new HashMap<>();
        for (EntryField field : OF_SERVED) {
            String value = served.text(field.key);
            if (value != null) {
                annotations.put("modelcatalogbridge.rhdh.io/" + field.annotation, value);
            }
        }
        return annotations;
    }

    private static List<EntryField> concat(List<EntryField> first, List<EntryField> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
