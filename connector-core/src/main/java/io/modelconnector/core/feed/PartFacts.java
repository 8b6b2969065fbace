package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.List;

/**
 * The facts of a part, without duplicates. A read that finds the same facts keeps the object, so that identity, which is
 * its equality, tells cheaply whether something changed.
 */
final class PartFacts {
    static final PartFacts NONE = new PartFacts(List.of(), List.of(), List.of());

    private final List<RegisteredModelVersion> modelVersions;
    private final List<ServedModel> servedModels;
    private final List<Problem> problems;

    PartFacts(List<RegisteredModelVersion> modelVersions, List<ServedModel> servedModels, List<Problem> problems) {
        this.modelVersions = modelVersions;
        this.servedModels = servedModels;
        this.problems = problems;
    }

    List<RegisteredModelVersion> modelVersions() {
        return modelVersions;
    }

    List<ServedModel> servedModels() {
        return servedModels;
    }

    List<Problem> problems() {
        return problems;
    }

    int size() {
        return modelVersions.size() + servedModels.size();
    }

    boolean sameAs(PartFacts other) {
        return modelVersions.equals(other.modelVersions)
                && servedModels.equals(other.servedModels)
                && problems.equals(other.problems);
    }
}
