package io.modelconnector.core.feed;

import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The last good facts of all sources, as the normalizer gets them. What is only kept from an earlier read gives way to what
 * any source reports now under the same id, or under the same names in the same registry: a registry that was restored may
 * have given new ids to what it had.
 */
final class GatheredFacts {
    private final List<PartFacts> parts = new ArrayList<>();
    private final List<RegisteredModelVersion> modelVersions = new ArrayList<>();
    private final List<ServedModel> servedModels = new ArrayList<>();

    private GatheredFacts() {}

    static GatheredFacts none() {
        return new GatheredFacts();
    }

    static GatheredFacts of(SourceStates states) {
        GatheredFacts gathered = new GatheredFacts();
        for (SourceState state : states.all()) {
            for (PartState part : state.parts().values()) {
                if (part.facts() != null) {
                    gathered.parts.add(part.facts());
                }
            }
        }
        gathered.collect();
        return gathered;
    }

    /** Whether nothing changed since: an unchanged part keeps its facts object. */
    boolean sameAs(GatheredFacts other) {
        return parts.equals(other.parts);
    }

    /** All versions; those that several sources report are in it several times. */
    List<RegisteredModelVersion> modelVersions() {
        return modelVersions;
    }

    /** All served models; those that several sources report are in it several times. */
    List<ServedModel> servedModels() {
        return servedModels;
    }

    private void collect() {
        for (PartFacts part : parts) {
            modelVersions.addAll(part.modelVersions());
            servedModels.addAll(part.servedModels());
        }
        if (parts.stream()
                .allMatch(part ->
                        part.keptVersions().isEmpty() && part.keptServed().isEmpty())) {
            return;
        }
        Set<Object> current = new HashSet<>();
        modelVersions.forEach(version -> current.add(version.id()));
        modelVersions.forEach(version -> current.add(Names.of(version)));
        servedModels.forEach(model -> current.add(model.id()));
        for (PartFacts part : parts) {
            for (RegisteredModelVersion kept : part.keptVersions()) {
                if (!current.contains(kept.id()) && !current.contains(Names.of(kept))) {
                    modelVersions.add(kept);
                }
            }
            for (ServedModel kept : part.keptServed()) {
                if (!current.contains(kept.id())) {
                    servedModels.add(kept);
                }
            }
        }
    }

    private record Names(String registry, String model, String version) {
        static Names of(RegisteredModelVersion fact) {
            RegisteredModel model = fact.model();
            ModelVersion version = fact.version();
            return new Names(fact.registry(), model.name(), version.name());
        }
    }
}
