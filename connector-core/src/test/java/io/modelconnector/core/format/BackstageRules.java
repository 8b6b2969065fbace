package io.modelconnector.core.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Backstage's own validators demand of an entity, told anew here: the envelope, the formats of the fields of the
 * metadata, and the fields of the three kinds that the format writes.
 */
final class BackstageRules {
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:+#]+(-[a-z0-9:+#]+)*");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]+(-+[a-z0-9]+)*");
    private static final Pattern REFERENCE = Pattern.compile("([^:/]+:)?([^:/]+/)?[^:/]+");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.+", Pattern.DOTALL);
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "Component", Set.of("type", "lifecycle", "owner"),
            "Resource", Set.of("type", "lifecycle", "owner"),
            "API", Set.of("type", "lifecycle", "owner", "definition"));
    private static final Map<String, Set<String>> LISTS = Map.of(
            "Component", Set.of("providesApis", "dependsOn"),
            "Resource", Set.of("dependencyOf"),
            "API", Set.of());

    private final JsonNode entity;
    private final List<String> violations = new ArrayList<>();

    private BackstageRules(JsonNode entity) {
        this.entity = entity;
    }

    /** What Backstage would refuse; empty if it takes the entity. */
    static List<String> violations(JsonNode entity) {
        BackstageRules rules = new BackstageRules(entity);
        rules.check();
        return rules.violations;
    }

    /** An entity's reference, as Backstage compares it: in lower case. */
    static String reference(JsonNode entity) {
        String kind = entity.get("kind").textValue();
        String name = entity.get("metadata").get("name").textValue();
        return (kind + ":default/" + name).toLowerCase(Locale.ROOT);
    }

    /** What an entity's references to entities of these models point to, likewise. */
    static List<String> targets(JsonNode entity) {
        List<String> targets = new ArrayList<>();
        JsonNode spec = entity.get("spec");
        YamlDocuments.texts(spec.path("providesApis")).forEach(name -> targets.add("api:default/" + name));
        for (String field : List.of("dependsOn", "dependencyOf")) {
            YamlDocuments.texts(spec.path(field)).forEach(text -> targets.add(text.replace(":", ":default/")));
        }
        JsonNode documented = entity.at("/metadata/annotations/backstage.io~1techdocs-entity");
        if (documented.isTextual()) {
            targets.add(documented.textValue());
        }
        return targets.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    private void check() {
        hasOnly("", entity, Set.of("apiVersion", "kind", "metadata", "spec"));
        require("apiVersion", entity.path("apiVersion").asText().equals("backstage.io/v1alpha1"));
        String kind = entity.path("kind").asText();
        require("kind", REQUIRED.containsKey(kind));
        if (violations.isEmpty()) {
            checkMetadata(entity.get("metadata"));
            checkSpec(entity.get("spec"), REQUIRED.get(kind), LISTS.get(kind));
        }
    }

    private void checkMetadata(JsonNode metadata) {
        hasOnly("metadata", metadata, Set.of("name", "description", "annotations", "tags", "links"));
        require("metadata.name", isName(metadata.path("name")));
        require("metadata.description", metadata.path("description").isTextual());
        for (Map.Entry<String, JsonNode> annotation :
                metadata.path("annotations").properties()) {
            require("annotation " + annotation.getKey(), isAnnotationKey(annotation.getKey()));
            require("annotation " + annotation.getKey(), annotation.getValue().isTextual());
        }
        for (JsonNode tag : metadata.path("tags")) {
            require("tag " + tag, matches(TAG, tag) && tag.textValue().length() <= 63);
        }
        for (JsonNode link : metadata.path("links")) {
            hasOnly("link", link, Set.of("title", "url"));
            require("link " + link, isFilled(link.path("title")) && isUrl(link.path("url")));
        }
    }

    private void checkSpec(JsonNode spec, Set<String> texts, Set<String> lists) {
        Set<String> all = new HashSet<>(texts);
        all.addAll(lists);
        hasOnly("spec", spec, all);
        texts.forEach(field -> require("spec." + field, isFilled(spec.path(field))));
        require("spec.owner", matches(REFERENCE, spec.path("owner")));
        for (String field : lists) {
            require(
                    "spec." + field,
                    spec.path(field).isMissingNode() || spec.path(field).isArray());
            spec.path(field).forEach(item -> require("spec." + field, matches(REFERENCE, item)));
        }
    }

    private void hasOnly(String where, JsonNode object, Set<String> fields) {
        object.fieldNames().forEachRemaining(name -> require(where + " field " + name, fields.contains(name)));
    }

    private void require(String what, boolean kept) {
        if (!kept) {
            violations.add(what + " of " + entity.at("/metadata/name"));
        }
    }

    private static boolean isName(JsonNode text) {
        return matches(NAME, text) && text.textValue().length() <= 63;
    }

    private static boolean isAnnotationKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "x" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        return prefix.length() <= 253
                && Arrays.stream(prefix.split("\\.", -1))
                        .allMatch(label ->
                                label.length() <= 63 && DNS_LABEL.matcher(label).matches())
                && name.length() <= 63
                && NAME.matcher(name).matches();
    }

    /** Stricter for web pages than the parser of a browser: what it refuses must not come through here. */
    private static boolean isUrl(JsonNode text) {
        if (!matches(SCHEME, text)) {
            return false;
        }
        String url = text.textValue();
        try {
            return !url.startsWith("http") || new URI(url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isFilled(JsonNode text) {
        return text.isTextual() && !text.textValue().isEmpty();
    }

    private static boolean matches(Pattern pattern, JsonNode text) {
        return text.isTextual() && pattern.matcher(text.textValue()).matches();
    }
}
