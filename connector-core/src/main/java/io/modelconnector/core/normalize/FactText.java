package io.modelconnector.core.normalize;

import io.modelconnector.core.source.CustomProperties;
import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.ModelVersion;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts as text that does not depend on the order of their parts. Decides between facts that claim one id, which a
 * sound source never makes; slow, and only for them.
 */
final class FactText {
    private FactText() {}

    static String of(RegisteredModelVersion fact) {
        return List.of(
                        fact.registry(),
                        of(fact.model()),
                        of(fact.version()),
                        fact.artifacts().stream().map(FactText::of).sorted().toList(),
                        fact.inferenceServices().stream()
                                .map(Record::toString)
                                .sorted()
                                .toList())
                .toString();
    }

    static String of(ServedModel fact) {
        ServedModel withoutMaps = new ServedModel(
                fact.kind(),
                fact.namespace(),
                fact.name(),
                fact.created(),
                Map.of(),
                Map.of(),
                fact.ready(),
                fact.externalUrl(),
                fact.internalUrl(),
                fact.authentication(),
                fact.artifactUri());
        return withoutMaps.toString() + new TreeMap<>(fact.labels()) + new TreeMap<>(fact.annotations());
    }

    static String of(ModelArtifact fact) {
        return List.of(fact.id(), fact.type(), "" + fact.uri(), of(fact.properties()), "" + fact.card())
                .toString();
    }

    private static String of(RegisteredModel fact) {
        return List.of(
                        fact.id(),
                        fact.name(),
                        fact.archived(),
                        "" + fact.description(),
                        "" + fact.owner(),
                        of(fact.properties()),
                        "" + fact.card())
                .toString();
    }

    private static String of(ModelVersion fact) {
        return List.of(
                        fact.id(),
                        fact.name(),
                        fact.archived(),
                        "" + fact.description(),
                        "" + fact.lastUpdate(),
                        of(fact.properties()))
                .toString();
    }

    private static String of(CustomProperties fact) {
        return new TreeMap<>(fact.strings()).toString() + new TreeSet<>(fact.others());
    }
}
