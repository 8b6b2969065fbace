package io.modelconnector.core.format;

import io.modelconnector.core.internal.WebUrl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the metadata of one Backstage entity and writes them. Not thread-safe. */
final class EntityMetadata {
    private static final String ANNOTATION_PREFIX = "rhdh.modelcatalog.io/";

    private final String name;
    private final @Nullable String namespace;
    private final String description;
    private final SortedMap<String, String> labels = new TreeMap<>();
    private final SortedMap<String, String> annotations = new TreeMap<>();
    private final SortedSet<String> tags = new TreeSet<>();
    private final List<Link> links = new ArrayList<>();

    /** Begins those of an entity in the default namespace. */
    EntityMetadata(String name, String description) {
        this(name, null, description);
    }

    /**
     * Begins them.
     *
     * @param namespace the entity's namespace; null for the default one
     */
    EntityMetadata(String name, @Nullable String namespace, String description) {
        this.name = name;
        this.namespace = namespace;
        this.description = description;
    }

    /** Adds annotations; they win over what was there. */
    void annotate(Map<String, String> more) {
        // In order, so that of two keys that become one by being made well-formed it is always the same that stays.
        new TreeMap<>(more).forEach(this::annotate);
    }

    /** Adds an annotation; it wins over what was there. */
    void annotate(String key, String value) {
        annotations.put(WellFormed.text(key), value);
    }

    /** Adds a label; it wins over what was there. */
    void label(String key, String value) {
        labels.put(key, value);
    }

    void tag(Collection<String> more) {
        tags.addAll(more);
    }

    /** Adds a link, if it is one that portals accept. They refuse an entity, or to show it, for another one. */
    void link(String title, @Nullable String url) {
        String scheme = url == null ? null : WebUrl.scheme(url);
        if (url != null && scheme != null && !scheme.equals("javascript")) {
            links.add(new Link(title, url.trim()));
        }
    }

    /**
     * Adds something that entities have no field for: as a link if it is the URL of a web page, else as an annotation,
     * unless there is one like it.
     *
     * @param title the title of the link
     * @param key the annotation's key, without the prefix
     * @param text what to add; null if there is nothing
     */
    void note(String title, String key, @Nullable String text) {
        if (text == null) {
            return;
        }
        if (WebUrl.isHttp(text)) {
            link(title, text);
        } else {
            annotations.putIfAbsent(ANNOTATION_PREFIX + key, text);
        }
    }

    void write(YamlWriter yaml) {
        yaml.begin("metadata");
        yaml.text("name", name);
        if (namespace != null) {
            yaml.text("namespace", namespace);
        }
        yaml.text("description", description);
        if (!labels.isEmpty()) {
            yaml.begin("labels");
            labels.forEach(yaml::entry);
            yaml.end();
        }
        if (!annotations.isEmpty()) {
            yaml.begin("annotations");
            annotations.forEach(yaml::entry);
            yaml.end();
        }
        if (!tags.isEmpty()) {
            yaml.begin("tags");
            tags.forEach(yaml::item);
            yaml.end();
        }
        if (!links.isEmpty()) {
            yaml.begin("links");
            links.forEach(link -> link.write(yaml));
            yaml.end();
        }
        yaml.end();
    }

    private record Link(String title, String url) {
        void write(YamlWriter yaml) {
            yaml.beginItem();
            yaml.text("title", title);
            yaml.text("url", url);
            yaml.end();
        }
    }
}
