package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds registered versions: model 1, version 2 of the registry "modelregistry-public" unless told otherwise. */
final class RegisteredFact {
    private final String model;
    private final String version;
    private String registry = "modelregistry-public";
    private String modelId = "1";
    private String versionId = "2";
    private boolean modelArchived;
    private boolean versionArchived;
    private String modelDescription;
    private String versionDescription;
    private String owner;
    private Instant lastUpdate;
    private CardVersion ownCard;
    private final Map<String, String> modelProperties = new LinkedHashMap<>();
    private final Map<String, String> versionProperties = new LinkedHashMap<>();
    private final Set<String> modelOthers = new HashSet<>();
    private final Set<String> versionOthers = new HashSet<>();
    private final List<ModelArtifact> artifacts = new ArrayList<>();
    private final List<RegisteredInferenceService> services = new ArrayList<>();

    private RegisteredFact(String model, String version) {
        this.model = model;
        this.version = version;
    }

    static RegisteredFact version(String model, String version) {
        return new RegisteredFact(model, version);
    }

    RegisteredFact registry(String name) {
        registry = name;
        return this;
    }

    RegisteredFact ids(String ofModel, String ofVersion) {
        modelId = ofModel;
        versionId = ofVersion;
        return this;
    }

    RegisteredFact modelArchived() {
        modelArchived = true;
        return this;
    }

    RegisteredFact versionArchived() {
        versionArchived = true;
        return this;
    }

    RegisteredFact descriptions(String ofModel, String ofVersion) {
        modelDescription = ofModel;
        versionDescription = ofVersion;
        return this;
    }

    RegisteredFact owner(String name) {
        owner = name;
        return this;
    }

    RegisteredFact lastUpdate(Instant when) {
        lastUpdate = when;
        return this;
    }

    RegisteredFact ofModel(String property, String value) {
        modelProperties.put(property, value);
        return this;
    }

    RegisteredFact ofVersion(String property, String value) {
        versionProperties.put(property, value);
        return this;
    }

    RegisteredFact ofModelWithoutText(String property) {
        modelOthers.add(property);
        return this;
    }

    RegisteredFact ofVersionWithoutText(String property) {
        versionOthers.add(property);
        return this;
    }

    RegisteredFact artifact(ModelArtifact artifact) {
        artifacts.add(artifact);
        return this;
    }

    RegisteredFact artifact(String id, String uri) {
        return artifact(new ModelArtifact(id, ModelArtifact.MODEL_ARTIFACT, uri, CustomProperties.none(), null));
    }

    RegisteredFact card(String source, String group, String name) {
        return artifact(new ModelArtifact(
                "1", ModelArtifact.MODEL_ARTIFACT, null, CustomProperties.none(), cardVersion(source, group, name)));
    }

    /** The registered model's own card. */
    RegisteredFact ownCard(CardVersion card) {
        ownCard = card;
        return this;
    }

    RegisteredFact deployed(String id, String name, String namespace) {
        services.add(new RegisteredInferenceService(id, name, namespace, true));
        return this;
    }

    RegisteredFact undeployed(String id, String name, String namespace) {
        services.add(new RegisteredInferenceService(id, name, namespace, false));
        return this;
    }

    RegisteredModelVersion fact() {
        return new RegisteredModelVersion(
                registry,
                new RegisteredModel(
                        modelId,
                        model,
                        modelArchived,
                        modelDescription,
                        owner,
                        new CustomProperties(modelProperties, modelOthers),
                        ownCard),
                new ModelVersion(
                        versionId,
                        version,
                        versionArchived,
                        versionDescription,
                        new CustomProperties(versionProperties, versionOthers),
                        lastUpdate),
                artifacts,
                services);
    }

    static CardVersion cardVersion(String source, String group, String name) {
        return new CardVersion(new ModelCardReference(source, group, name), "5b1c9f0e");
    }
}
