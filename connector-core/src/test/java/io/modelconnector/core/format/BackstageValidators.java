package io.modelconnector.core.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a Backstage refuses of the kinds that it knows without a plugin, and of one that it may have been taught: the envelope, the
 * metadata, the fields of each kind, and references that it cannot parse. Told anew here, from its documentation.
 */
final class BackstageValidators {
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:+#]+(-[a-z0-9:+#]+)*");
    private static final Pattern FULL_REFERENCE =
            Pattern.compile("[a-z][a-z0-9]*:" + NAMESPACE.pattern() + "/" + NAME.pattern());
    private static final Pattern LINK = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern RELATIVE = Pattern.compile("\\./[A-Za-z0-9._/-]+");

    private record Kind(Set<String> texts, Set<String> references, Set<String> lists, Set<String> others) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "Component",
            new Kind(
                    Set.of("type", "lifecycle", "owner"),
                    Set.of("owner", "system"),
                    Set.of("providesApis", "dependsOn"),
                    Set.of()),
            "Resource",
            new Kind(Set.of("type", "lifecycle", "owner"), Set.of("owner", "system"), Set.of("dependencyOf"), Set.of()),
            "API",
            new Kind(Set.of("type", "lifecycle", "owner", "definition"), Set.of("owner", "system"), Set.of(), Set.of()),
            "System",
            new Kind(Set.of("owner"), Set.of("owner"), Set.of(), Set.of()),
            "AiModelServerAPI",
            new Kind(
                    Set.of("type", "lifecycle", "owner", "serverType", "serverUrl", "apiEntityRef"),
                    Set.of("owner", "system", "apiEntityRef"),
                    Set.of(),
                    Set.of("requiresApiKey", "models")));

    private final JsonNode entity;
    private final List<String> violations = new ArrayList<>();

    private BackstageValidators(JsonNode entity) {
        this.entity = entity;
    }

    /** What Backstage would refuse; empty if it takes the entity. */
    static List<String> violations(JsonNode entity) {
        BackstageValidators validators = new BackstageValidators(entity);
        validators.check();
        return validators.violations;
    }

    /** An entity's reference, as Backstage compares it: in lower case. */
    static String reference(JsonNode entity) {
        String namespace = entity.at("/metadata/namespace").asText("default");
        return (entity.get("kind").textValue()
                        + ':'
                        + (namespace.isEmpty() ? "default" : namespace)
                        + '/'
                        + entity.at("/metadata/name").textValue())
                .toLowerCase(Locale.ROOT);
    }

    private void check() {
        hasOnly("", entity, Set.of("apiVersion", "kind", "metadata", "spec"));
        require("apiVersion", entity.path("apiVersion").asText().equals("backstage.io/v1alpha1"));
        checkMetadata(entity.path("metadata"));
        String kind = entity.path("kind").asText();
        JsonNode spec = entity.path("spec");
        if (kind.equals("Location")) {
            checkLocation(spec);
        } else if (KINDS.containsKey(kind)) {
            checkSpec(spec, KINDS.get(kind));
        } else {
            violations.add("kind " + kind);
        }
    }

    private void checkMetadata(JsonNode metadata) {
        hasOnly(
                "metadata",
                metadata,
                Set.of("name", "namespace", "description", "labels", "annotations", "tags", "links"));
        require("name", isName(metadata.path("name")));
        require(
                "namespace",
                metadata.path("namespace").isMissingNode() || matches(NAMESPACE, metadata.path("namespace"), 63));
        require("description", metadata.path("description").isTextual());
        metadata.path("labels").properties().forEach(label -> {
            require("label " + label.getKey(), isKey(label.getKey()));
            require("label value " + label.getValue(), isName(label.getValue()));
        });
        metadata.path("annotations").properties().forEach(annotation -> {
            require("annotation " + annotation.getKey(), isKey(annotation.getKey()));
            require("annotation set by Backstage", !annotation.getKey().startsWith("backstage.io/managed-by"));
            require(
                    "annotation value of " + annotation.getKey(),
                    annotation.getValue().isTextual());
        });
        for (String list : List.of("tags", "links")) {
            require(
                    list,
                    metadata.path(list).isMissingNode() || metadata.path(list).isArray());
        }
        metadata.path("tags").forEach(tag -> require("tag " + tag, matches(TAG, tag, 63)));
        metadata.path("links").forEach(link -> {
            hasOnly("link", link, Set.of("title", "url"));
            require("link " + link, isFilled(link.path("title")) && matches(LINK, link.path("url"), Integer.MAX_VALUE));
        });
    }

    private void checkSpec(JsonNode spec, Kind kind) {
        Set<String> all = new HashSet<>(kind.texts());
        all.addAll(kind.references());
        all.addAll(kind.lists());
        all.addAll(kind.others());
        hasOnly("spec", spec, all);
        kind.texts().forEach(field -> require("spec." + field, isFilled(spec.path(field))));
        kind.references()
                .forEach(field ->
                        require("spec." + field, spec.path(field).isMissingNode() || isReference(spec.path(field))));
        for (String field : kind.lists()) {
            JsonNode list = spec.path(field);
            require("spec." + field, list.isMissingNode() || list.isArray());
            list.forEach(item -> require("spec." + field + " " + item, isReference(item)));
        }
        if (kind.others().contains("models")) {
            require("requiresApiKey", spec.path("requiresApiKey").isBoolean());
            require("available", spec.at("/models/available").isArray());
            spec.at("/models/available").forEach(name -> require("model name " + name, isFilled(name)));
        }
    }

    private void checkLocation(JsonNode spec) {
        hasOnly("spec", spec, Set.of("type", "targets"));
        require("type", isFilled(spec.path("type")));
        require("targets", spec.path("targets").isArray());
        spec.path("targets").forEach(target -> require("target " + target, matches(RELATIVE, target, 400)));
    }

    private void hasOnly(String where, JsonNode object, Set<String> fields) {
        require(where + " is an object", object.isObject());
        object.fieldNames().forEachRemaining(name -> require(where + " field " + name, fields.contains(name)));
    }

    private void require(String what, boolean kept) {
        if (!kept) {
            violations.add(what + " of " + entity.at("/metadata/name"));
        }
    }

    private static boolean isReference(JsonNode text) {
        return matches(FULL_REFERENCE, text, 200);
    }

    private static boolean isName(JsonNode text) {
        return matches(NAME, text, 63);
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "x" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        return prefix.length() <= 253
                && Arrays.stream(prefix.split("\\.", -1))
                        .allMatch(label -> label.length() <= 63 && label.matches("[a-z0-9]+(-+[a-z0-9]+)*"))
                && name.length() <= 63
                && NAME.matcher(name).matches();
    }

    private static boolean isFilled(JsonNode text) {
        return text.isTextual() && !text.textValue().isEmpty();
    }

    private static boolean matches(Pattern pattern, JsonNode text, int longest) {
        return text.isTextual()
                && !text.textValue().isEmpty()
                && text.textValue().length() <= longest
                && pattern.matcher(text.textValue()).matches();
    }
}
