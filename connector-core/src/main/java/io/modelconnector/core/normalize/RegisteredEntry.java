package io.modelconnector.core.normalize;

import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelTraits;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a registered version.
 *
 * @param fact the version
 * @param identity what tells it from others
 * @param artifacts its artifacts, oldest first
 * @param wantedKey the key that it has if nobody older has it
 * @param wantedModelName the model name that it has if nobody older has it
 * @param server where it is served, if it is
 */
record RegisteredEntry(
        RegisteredModelVersion fact,
        Identity identity,
        List<ModelArtifact> artifacts,
        EntryKey wantedKey,
        String wantedModelName,
        @Nullable Server server)
        implements EntryFacts {

    static RegisteredEntry of(RegisteredModelVersion fact, List<ServedModel> servedModels, Problems problems) {
        Identity identity = Identity.of(fact);
        ModelVersion version = fact.version();
        String model = nameOrId(
                Names.sanitize(fact.model().name()), "model-", fact.model().id());
        EntryKey key = new EntryKey(model, nameOrId(Names.sanitize(version.name()), "version-", version.id()));
        String modelName = Names.nameOf(
                model + '-' + nameOrId(Names.sanitizeVersion(version.name()), "version-", version.id()), identity);
        Deployment deployment = Deployment.choose(fact, servedModels, problems);
        Server server = deployment == null ? null : server(deployment, identity, modelName);
        return new RegisteredEntry(fact, identity, oldestFirst(fact.artifacts()), key, modelName, server);
    }

    @Override
    public EntryOrigin.Kind kind() {
        return EntryOrigin.Kind.REGISTRY;
    }

    @Override
    public String annotatedModelName(String modelName) {
        return modelName;
    }

    /** The version's property wins over the model's, an empty one too. */
    @Override
    public @Nullable String get(Property property) {
        String ofVersion = version().properties().get(property.registryName());
        return Blank.asNull(ofVersion != null ? ofVersion : model().properties().get(property.registryName()));
    }

    @Override
    public @Nullable Owner owner() {
        Owner owner = Owner.of(get(Property.OWNER));
        return owner != null ? owner : Owner.of(model().owner());
    }

    @Override
    public String description() {
        String ofModel = Blank.asNull(model().description());
        String ofVersion = Blank.asNull(version().description());
        if (ofModel != null && ofVersion != null) {
            return ofModel + '\n' + ofVersion;
        }
        if (ofModel != null) {
            return ofModel;
        }
        return ofVersion != null
                ? ofVersion
                : "Model " + model().name() + ", version " + version().name() + ", from registry " + fact.registry();
    }

    @Override
    public @Nullable String artifactUri() {
        for (ModelArtifact artifact : artifacts) {
            String uri = Blank.asNull(artifact.uri());
            if (isModel(artifact) && uri != null) {
                return uri;
            }
        }
        return null;
    }

    @Override
    public List<String> tags() {
        return Tags.of(fact, artifacts);
    }

    @Override
    public @Nullable CardVersion card() {
        for (ModelArtifact artifact : artifacts) {
            if (isModel(artifact) && artifact.card() != null) {
                return artifact.card();
            }
        }
        return model().card();
    }

    @Override
    public ModelTraits traits(List<String> tags) {
        String task = get(Property.TASK);
        return new ModelTraits(
                Blank.asNull(version().name()),
                get(Property.PROVIDER),
                task != null ? task : KnownTasks.in(tags),
                fact.registry());
    }

    @Override
    public @Nullable Instant lastUpdate() {
        return version().lastUpdate();
    }

    private RegisteredModel model() {
        return fact.model();
    }

    private ModelVersion version() {
        return fact.version();
    }

    private static Server server(Deployment deployment, Identity identity, String modelName) {
        ServedModel served = deployment.servedModel();
        RegisteredInferenceService registered = deployment.registered();
        String servedName = orElse(Names.nameOf(served.name(), identity), modelName);
        return new Server(
                registered == null ? servedName : orElse(Names.nameOf(registered.name(), identity), servedName),
                deployment.address(),
                served.authentication(),
                Declarations.of(served));
    }

    /** A name of which nothing is left gives way to the id. */
    private static String nameOrId(String name, String prefix, String id) {
        return name.isEmpty() ? Names.sanitize(prefix + id) : name;
    }

    private static String orElse(String name, String substitute) {
        return name.isEmpty() ? substitute : name;
    }

    private static boolean isModel(ModelArtifact artifact) {
        return artifact.type().equals(ModelArtifact.MODEL_ARTIFACT);
    }

    private static List<ModelArtifact> oldestFirst(List<ModelArtifact> artifacts) {
        if (artifacts.size() < 2) {
            return artifacts;
        }
        List<ModelArtifact> sorted = new ArrayList<>(artifacts);
        sorted.sort(AgeOrder.ARTIFACTS);
        return sorted;
    }
}
