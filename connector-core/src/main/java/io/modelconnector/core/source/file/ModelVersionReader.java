package io.modelconnector.core.source.file;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the versions of registered models, with their artifacts, cards and servers, and notes what was found. */
final class ModelVersionReader {
    private static final String LABEL_PREFIX = "modelregistry.opendatahub.io/";

    private final String registry;
    private final Findings findings;
    private final Cards cards;
    private final ServedModelReader servers;

    ModelVersionReader(String registry, Findings findings, Cards cards, ServedModelReader servers) {
        this.registry = registry;
        this.findings = findings;
        this.cards = cards;
        this.servers = servers;
    }

    void read(Node node, RegisteredModelReader.Head model, String place) throws InterruptedException {
        Version version;
        try {
            version = identify(ItemFields.of(node), model, place);
        } catch (InvalidItemException e) {
            findings.leftOut(null, place, e);
            return;
        }
        try {
            if (model.fault() != null) {
                throw model.fault();
            }
            add(version, model);
            findings.unknownFields(version.factId, version.label, version.fields);
        } catch (InvalidItemException e) {
            leaveOut(version, e);
        }
    }

    private Version identify(ItemFields fields, RegisteredModelReader.Head model, String place)
            throws InvalidItemException {
        String name = fields.requiredText("name");
        String id = fields.id(StableId.of(model.name(), name));
        findings.claim("version name \"" + name + "\" of \"" + model.name() + '"', fields.line(), place);
        findings.claim("version id " + id, fields.line(), place);
        return new Version(
                fields,
                id,
                name,
                registry + '/' + model.model().id() + '/' + id,
                place + " \"" + model.name() + ' ' + name + '"',
                new ModelCardReference(registry, "models", model.name() + '/' + name),
                model.name() + '-' + name);
    }

    private void add(Version version, RegisteredModelReader.Head model)
            throws InvalidItemException, InterruptedException {
        ItemFields fields = version.fields;
        Map<String, String> properties = EntryField.properties(fields, EntryField.OF_VERSION);
        Node server = fields.node("served");
        ServedModel served = server == null ? null : served(version, model, server, properties);
        ModelVersion modelVersion = new ModelVersion(
                version.id,
                version.name,
                fields.flag("archived", false),
                fields.text("description"),
                CustomProperties.of(properties),
                fields.instant("updated"));
        List<ModelArtifact> artifacts = artifacts(version, model);
        findings.add(new RegisteredModelVersion(registry, model.model(), modelVersion, artifacts, List.of()));
        if (served != null) {
            findings.add(served);
        }
    }

    /** Reads the version's server; what the registry side has to say of it is added to the properties. */
    private ServedModel served(
            Version version, RegisteredModelReader.Head model, Node node, Map<String, String> properties)
            throws InvalidItemException {
        ItemFields fields = ItemFields.of(node);
        Map<String, String> link = Map.of(
                LABEL_PREFIX + "name",
                registry,
                LABEL_PREFIX + "registered-model-id",
                model.model().id(),
                LABEL_PREFIX + "model-version-id",
                version.id);
        properties.putAll(EntryField.serverProperties(fields));
        return servers.read(fields, version.serverName, link, version.label + " served");
    }

    private List<ModelArtifact> artifacts(Version version, RegisteredModelReader.Head model)
            throws InvalidItemException, InterruptedException {
        List<ModelArtifact> artifacts = new ArrayList<>();
        List<Node> items = version.fields.items("artifacts");
        String uri = version.fields.text("uri");
        CardVersion card = card(version, model);
        if (uri != null || card != null) {
            artifacts.add(new ModelArtifact("1", ModelArtifact.MODEL_ARTIFACT, uri, CustomProperties.none(), card));
        }
        for (Node item : items) {
            ItemFields fields = ItemFields.of(item);
            artifacts.add(new ModelArtifact(
                    Integer.toString(artifacts.size() + 1),
                    fields.textOr("type", ModelArtifact.MODEL_ARTIFACT),
                    fields.text("uri"),
                    CustomProperties.of(EntryField.properties(fields, List.of())),
                    null));
            findings.unknownFields(version.factId, version.label + " artifacts", fields);
        }
        return artifacts;
    }

    /** The version's card. A version whose card cannot be read is a version all the same. */
    private @Nullable CardVersion card(Version version, RegisteredModelReader.Head model)
            throws InvalidItemException, InterruptedException {
        Node.Scalar own = version.fields.scalar("card");
        Node.Scalar value = own == null ? model.card() : own;
        if (value == null) {
            return null;
        }
        ModelCard card;
        try {
            card = cards.find(version.card, value);
        } catch (InvalidItemException e) {
            card = cards.last(version.card);
            String instead = card == null ? "; the version is published without one" : "; the last one stays";
            findings.problem(version.factId, version.label, e.line(), e.fault() + instead);
        }
        return card == null ? null : card.version();
    }

    /** What the feed has of a version that cannot be read stays there: the version, its card, and what serves it. */
    private void leaveOut(Version version, InvalidItemException fault) {
        findings.leftOut(version.factId, version.label, fault);
        cards.last(version.card);
        Node served = version.fields.node("served");
        if (served != null) {
            findings.leftOut(servers.id(served, version.serverName), version.label + " served", fault);
        }
    }

    /** What a version is called in the several places that refer to it. */
    private record Version(
            ItemFields fields,
            String id,
            String name,
            String factId,
            String label,
            ModelCardReference card,
            String serverName) {}
}
