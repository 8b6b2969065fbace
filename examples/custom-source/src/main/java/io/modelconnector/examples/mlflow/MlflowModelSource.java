package io.modelconnector.examples.mlflow;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelSource;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.ReadContext;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourceSnapshot;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registered models of an MLflow tracking server, read over its REST API. MLflow does not tell when something
 * changes, so this source is polled; a read takes one request for each thousand models and one for each ten thousand
 * versions.
 *
 * <p>What becomes of MLflow's fields: tags are custom properties, aliases are labels, a stage is the lifecycle unless a
 * tag {@code Lifecycle} says otherwise, the stage {@code Archived} archives the version, {@code source} is where its
 * artifact is. Versions that are not ready yet are left out.
 *
 * <p>Thread-safe. It starts no thread and owns no connection: both are the {@link HttpClient}'s, which is the caller's.
 */
public final class MlflowModelSource implements ModelSource {
    private static final String READY = "READY";
    private static final String NO_STAGE = "None";
    private static final String LIFECYCLE = "Lifecycle";

    private final String name;
    private final MlflowClient client;

    /**
     * Makes a source. Nothing is sent yet.
     *
     * @param name the source's name, which is the registry's name as well
     * @param trackingServer the server's base URL, http or https; it is shown in messages, so it holds no credentials
     * @param token asked for the bearer token of each request, so that it may change; gives null if none is needed
     * @param http the client to send with; it is not closed
     * @throws ConfigurationException if {@code trackingServer} is no such URL, or has user info, a query or a fragment
     */
    public MlflowModelSource(String name, URI trackingServer, Supplier<@Nullable String> token, HttpClient http) {
        this.name = requireNonNull(name, "name");
        client = new MlflowClient(trackingServer, token, http);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceSnapshot read(ReadContext context) throws InterruptedException {
        // Versions first: what is registered between the two requests is then a model without versions, which is
        // harmless.
        List<JsonNode> versions = client.search("model-versions", "model_versions", 10_000);
        Map<String, JsonNode> models = new HashMap<>();
        for (JsonNode model : client.search("registered-models", "registered_models", 1_000)) {
            models.put(model.path("name").asText(), model);
        }
        SourceSnapshot.Builder snapshot = SourceSnapshot.builder();
        for (JsonNode version : versions) {
            add(version, models, snapshot);
        }
        return snapshot.build();
    }

    /**
     * One item that is not as it should be costs only itself. Its problem has the fact's id, so the feed keeps the
     * fact.
     */
    private void add(JsonNode version, Map<String, JsonNode> models, SourceSnapshot.Builder snapshot) {
        String modelName = version.path("name").asText("?");
        String id = name + '/' + modelName + '/' + version.path("version").asText("?");
        try {
            JsonNode model = models.get(modelName);
            if (model == null) {
                throw new UnreadableItemException("its registered model is not listed");
            }
            if (textOr(version, "status", READY).equals(READY)) {
                snapshot.modelVersion(fact(model, version));
            }
        } catch (UnreadableItemException e) {
            snapshot.problem(new Problem(
                    id,
                    "reading version " + id + ": " + e.getMessage()
                            + "; what was known of it stays; mend it in MLflow"));
        }
    }

    private RegisteredModelVersion fact(JsonNode model, JsonNode version) throws UnreadableItemException {
        String number = text(version, "version");
        String stage = textOr(version, "current_stage", NO_STAGE);
        Map<String, String> modelTags = tags(model);
        Map<String, String> properties = tags(version);
        for (JsonNode alias : model.path("aliases")) {
            if (alias.path("version").asText().equals(number)) {
                properties.putIfAbsent(text(alias, "alias"), "");
            }
        }
        if (!stage.equals(NO_STAGE) && !modelTags.containsKey(LIFECYCLE)) {
            properties.putIfAbsent(LIFECYCLE, stage.toLowerCase(Locale.ROOT));
        }
        RegisteredModel registeredModel = new RegisteredModel(
                text(model, "name"),
                text(model, "name"),
                false,
                textOrNull(model, "description"),
                textOrNull(model, "user_id"),
                CustomProperties.of(modelTags));
        ModelVersion modelVersion = new ModelVersion(
                number,
                number,
                stage.equals("Archived"),
                textOrNull(version, "description"),
                CustomProperties.of(properties),
                version.hasNonNull("last_updated_timestamp")
                        ? Instant.ofEpochMilli(
                                version.path("last_updated_timestamp").asLong())
                        : null);
        ModelArtifact artifact = new ModelArtifact(
                "1", ModelArtifact.MODEL_ARTIFACT, textOrNull(version, "source"), CustomProperties.none(), null);
        return new RegisteredModelVersion(name, registeredModel, modelVersion, List.of(artifact), List.of());
    }

    private static Map<String, String> tags(JsonNode item) throws UnreadableItemException {
        Map<String, String> tags = new HashMap<>();
        for (JsonNode tag : item.path("tags")) {
            tags.put(text(tag, "key"), textOr(tag, "value", ""));
        }
        return tags;
    }

    private static String text(JsonNode item, String field) throws UnreadableItemException {
        String text = textOrNull(item, field);
        if (text == null || text.isBlank()) {
            throw new UnreadableItemException("it has no " + field);
        }
        return text;
    }

    private static String textOr(JsonNode item, String field, String otherwise) throws UnreadableItemException {
        String text = textOrNull(item, field);
        return text == null ? otherwise : text;
    }

    /** Numbers count as texts: servers differ in how they write a version. */
    private static @Nullable String textOrNull(JsonNode item, String field) throws UnreadableItemException {
        JsonNode value = item.path(field);
        if (value.isContainerNode()) {
            throw new UnreadableItemException("its " + field + " is not a text");
        }
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** Nothing to end: the connections are the client's. */
    @Override
    public void close() {}
}
