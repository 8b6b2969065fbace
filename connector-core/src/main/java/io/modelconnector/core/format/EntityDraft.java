package io.modelconnector.core.format;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One entity as it is put together: everything goes through the {@link EntityRules}, and what is mended or left out is told.
 * Not thread-safe.
 */
final class EntityDraft {
    private final String kind;
    private final String name;
    private final EntityMetadata metadata;
    private final Consumer<String> losses;

    /**
     * Begins an entity.
     *
     * @param name its name, which keeps to the rules
     * @param namespace its namespace, likewise; null for the default one
     * @param losses is told of what is mended or left out
     */
    EntityDraft(String kind, String name, @Nullable String namespace, String description, Consumer<String> losses) {
        this.kind = kind;
        this.name = name;
        this.metadata = new EntityMetadata(name, namespace, description);
        this.losses = losses;
    }

    void annotate(Map<String, String> annotations) {
        new TreeMap<>(annotations).forEach(this::annotate);
    }

    void annotate(String key, String value) {
        if (EntityRules.isKey(key)) {
            metadata.annotate(key, value);
        } else {
            lost("annotation \"" + key + "\" is left out: Backstage does not take its name, or sets it itself");
        }
    }

    /** Adds a label, if there is something to say. */
    void label(String key, @Nullable String value) {
        if (value == null || EntityRules.isBlank(value)) {
            return;
        }
        String mended = EntityRules.labelValue(value);
        if (mended == null) {
            lost("label " + key + " is left out: nothing is left of \"" + value + "\" that Backstage takes");
        } else {
            metadata.label(key, mended);
        }
    }

    void tag(Collection<String> tags) {
        for (String tag : tags) {
            String mended = EntityRules.tag(tag);
            if (mended == null) {
                lost("tag \"" + tag + "\" is left out: nothing is left of it that Backstage takes");
            } else {
                metadata.tag(List.of(mended));
            }
        }
    }

    /** Adds a link, if there is one. */
    void link(String title, @Nullable String url) {
        if (url == null) {
            return;
        }
        if (EntityRules.isLink(url)) {
            metadata.link(title, url);
        } else {
            lost("link \"" + title + "\" is left out: it is not an absolute URL that Backstage takes");
        }
    }

    /** Adds something that entities have no field for: as a link if it is the URL of a web page, else as an annotation. */
    void note(String title, String key, @Nullable String text) {
        if (text != null && !EntityRules.isBlank(text)) {
            metadata.note(title, key, text);
        }
    }

    /** Writes everything up to the fields of the {@code spec}, which the caller writes and ends. */
    void begin(YamlWriter yaml) {
        yaml.beginDocument();
        yaml.text("apiVersion", "backstage.io/v1alpha1");
        yaml.text("kind", kind);
        metadata.write(yaml);
        yaml.begin("spec");
    }

    private void lost(String what) {
        losses.accept(kind + ' ' + name + ": " + what);
    }
}
