package io.modelconnector.core.normalize;

import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.RegisteredModelVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tags: sorted, distinct, and only what Backstage accepts, since one bad tag makes it refuse the whole entity. */
final class Tags {
    private static final int MAX_LENGTH = 63;
    private static final Set<String> NOT_TAGS = Set.of("License", "TechDocs");
    private static final Set<String> TAGS_BY_VALUE = Set.of(
            "Provider",
            "Registered from",
            "Source model",
            "Source model version",
            "API Type",
            "_registeredFromCatalogRepositoryName");
    private static final String LAST_MODIFIED = "_lastModified";

    /** By property name: a later level's acceptable tag takes the place of an earlier one's. */
    private final Map<String, String> byProperty = new HashMap<>();

    private Tags() {}

    /**
     * The tags of a registered version: the custom properties of its model, the version's over them, and those of its
     * artifacts over these.
     *
     * @param version the version
     * @param artifacts all its artifacts, oldest first
     */
    static List<String> of(RegisteredModelVersion version, List<ModelArtifact> artifacts) {
        Tags tags = new Tags();
        tags.add(version.model().properties(), false);
        tags.add(version.version().properties(), true);
        for (ModelArtifact artifact : artifacts) {
            tags.add(artifact.properties(), true);
        }
        return sorted(tags.byProperty);
    }

    /** The tags of a served model without a registered version: its labels. */
    static List<String> of(Map<String, String> labels) {
        Map<String, String> tags = new HashMap<>();
        labels.forEach((label, value) -> {
            String tag = Names.sanitize(Names.sanitize(label) + '-' + Names.sanitize(value))
                    .toLowerCase(Locale.ROOT);
            if (isAcceptable(tag)) {
                tags.put(label, tag);
            }
        });
        return sorted(tags);
    }

    private void add(CustomProperties properties, boolean canBeModified) {
        for (String name : properties.others()) {
            add(name, isTag(name, canBeModified) ? name : null);
        }
        properties.strings().forEach((name, value) -> add(name, isTag(name, canBeModified) ? tag(name, value) : null));
    }

    private void add(String name, @Nullable String tag) {
        if (tag != null && isAcceptable(tag)) {
            byProperty.put(name, tag);
        }
    }

    private static boolean isTag(String name, boolean canBeModified) {
        return !NOT_TAGS.contains(name) && (canBeModified || !name.equals(LAST_MODIFIED));
    }

    private static String tag(String name, String value) {
        if (TAGS_BY_VALUE.contains(name)) {
            return value.toLowerCase(Locale.ROOT);
        }
        if (name.equals(LAST_MODIFIED)) {
            return "last-modified-time-"
                    + value.replace(':', '-')
                            .replace('.', '-')
                            .replace('T', '-')
                            .replace("Z", "");
        }
        return value.isBlank() ? name : name + '-' + value.toLowerCase(Locale.ROOT);
    }

    /** One or more parts of {@code [a-z0-9:+#]}, joined by single dashes. */
    static boolean isAcceptable(String tag) {
        boolean afterPart = false;
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            boolean inPart = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':' || c == '+' || c == '#';
            if (!inPart && !(c == '-' && afterPart)) {
                return false;
            }
            afterPart = inPart;
        }
        return afterPart && tag.length() <= MAX_LENGTH;
    }

    private static List<String> sorted(Map<String, String> tags) {
        return tags.isEmpty() ? List.of() : List.copyOf(new TreeSet<>(tags.values()));
    }
}
