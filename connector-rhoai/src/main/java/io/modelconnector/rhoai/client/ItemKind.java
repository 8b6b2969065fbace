package io.modelconnector.rhoai.client;

import com.fasterxml.jackson.core.JsonParser;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModel;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a registry, and what is needed of its items. Everything else in them is ignored, as are enum values
 * that are not known here.
 *
 * @param path the collection's name in the API
 * @param fields the fields that are needed
 * @param converter makes an item of them
 */
record ItemKind<T extends Listed>(String path, Set<String> fields, Converter<T> converter) {
    static final String REGISTERED_MODELS = "registered_models";
    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String STATE = "state";
    private static final String DESCRIPTION = "description";
    private static final String PROPERTIES = "customProperties";
    static final String LAST_UPDATE = "lastUpdateTimeSinceEpoch";
    private static final String MODEL_ID = "registeredModelId";

    static final ItemKind<ListedVersion> VERSIONS = new ItemKind<>(
            "model_versions",
            Set.of(ID, NAME, STATE, DESCRIPTION, MODEL_ID, PROPERTIES, LAST_UPDATE),
            fields -> new ListedVersion(
                    new ModelVersion(
                            fields.requiredId(ID),
                            fields.requiredText(NAME),
                            isArchived(fields),
                            fields.text(DESCRIPTION),
                            fields.properties(),
                            fields.time(LAST_UPDATE)),
                    fields.requiredId(MODEL_ID)));

    static final ItemKind<ListedArtifact> ARTIFACTS = new ItemKind<>(
            "artifacts",
            Set.of(
                    ID,
                    "artifactType",
                    "uri",
                    "modelSourceKind",
                    "modelSourceClass",
                    "modelSourceGroup",
                    "modelSourceName",
                    PROPERTIES,
                    LAST_UPDATE),
            ItemKind::artifact);

    static final ItemKind<ListedInferenceService> INFERENCE_SERVICES = new ItemKind<>(
            "inference_services",
            Set.of(ID, NAME, MODEL_ID, "modelVersionId", "servingEnvironmentId", "desiredState", LAST_UPDATE),
            fields -> new ListedInferenceService(
                    fields.requiredId(ID),
                    orElse(fields.text(NAME), ""),
                    fields.optionalId(MODEL_ID),
                    fields.optionalId("modelVersionId"),
                    fields.optionalId("servingEnvironmentId"),
                    !"UNDEPLOYED".equals(fields.text("desiredState")),
                    fields.time(LAST_UPDATE)));

    static final ItemKind<ListedEnvironment> ENVIRONMENTS = new ItemKind<>(
            "serving_environments",
            Set.of(ID, NAME, LAST_UPDATE),
            fields ->
                    new ListedEnvironment(fields.requiredId(ID), fields.requiredText(NAME), fields.time(LAST_UPDATE)));

    /** Makes an item of its fields. */
    @FunctionalInterface
    interface Converter<T> {
        T convert(ItemFields fields) throws UnreadableFieldException;
    }

    /** Registered models, whose readmes are taken out. */
    static ItemKind<ListedModel> models(Readmes readmes) {
        return new ItemKind<>(
                REGISTERED_MODELS,
                Set.of(ID, NAME, STATE, DESCRIPTION, "owner", PROPERTIES, Readmes.FIELD, LAST_UPDATE),
                fields -> readmes.listed(
                        new RegisteredModel(
                                fields.requiredId(ID),
                                fields.requiredText(NAME),
                                isArchived(fields),
                                fields.text(DESCRIPTION),
                                fields.text("owner"),
                                fields.properties()),
                        fields));
    }

    /** Reads an answer that is one item, with the parser at its start. */
    T readOne(JsonParser parser) throws IOException {
        try {
            return converter.convert(ItemFields.read(parser, fields));
        } catch (UnreadableFieldException e) {
            throw new MalformedBodyException(String.valueOf(e.getMessage()));
        }
    }

    /** What there is to say about an item that cannot be read, with as much of its identity as can. */
    UnreadableItem unreadable(ItemFields fields, String reason) {
        return new UnreadableItem(path, idIn(fields, ID), idIn(fields, MODEL_ID), reason);
    }

    UnreadableItem unreadable(String reason) {
        return new UnreadableItem(path, null, null, reason);
    }

    private static @Nullable String idIn(ItemFields fields, String field) {
        try {
            return fields.optionalId(field);
        } catch (UnreadableFieldException e) {
            return null;
        }
    }

    private static boolean isArchived(ItemFields fields) throws UnreadableFieldException {
        return "ARCHIVED".equals(fields.text(STATE));
    }

    private static ListedArtifact artifact(ItemFields fields) throws UnreadableFieldException {
        ModelArtifact artifact = new ModelArtifact(
                fields.requiredId(ID),
                orElse(fields.text("artifactType"), ModelArtifact.MODEL_ARTIFACT),
                fields.text("uri"),
                fields.properties(),
                null);
        return new ListedArtifact(artifact, card(fields), fields.time(LAST_UPDATE));
    }

    private static @Nullable ModelCardReference card(ItemFields fields) throws UnreadableFieldException {
        String kind = fields.text("modelSourceKind");
        String source = fields.text("modelSourceClass");
        String group = fields.text("modelSourceGroup");
        String name = fields.text("modelSourceName");
        boolean complete = isPresent(source) && isPresent(group) && isPresent(name);
        if (source == null || group == null || name == null || !complete) {
            return null;
        }
        ModelCardReference card = new ModelCardReference(source, group, name);
        // What looks like a registered model's own card would be mistaken for one.
        return (!isPresent(kind) || "catalog".equals(kind)) && !ReadmeReference.isOne(card) ? card : null;
    }

    private static boolean isPresent(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }
}
