package io.modelconnector.core.feed;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The last good facts of all sources, as the normalizer gets them. */
final class GatheredFacts {
    private final List<PartFacts> parts = new ArrayList<>();
    private final List<RegisteredModelVersion> modelVersions = new ArrayList<>();
    private final List<ServedModel> servedModels = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private GatheredFacts() {}

    static GatheredFacts none() {
        return new GatheredFacts();
    }

    static GatheredFacts of(List<SourceWorker> workers) {
        GatheredFacts gathered = new GatheredFacts();
        Map<String, String> owners = new HashMap<>();
        for (SourceWorker worker : workers) {
            for (PartState part : worker.state().parts().values()) {
                PartFacts facts = part.facts();
                if (facts != null) {
                    String source = worker.name() + '/' + part.name();
                    gathered.parts.add(facts);
                    gathered.add(
                            facts.modelVersions(), RegisteredModelVersion::id, gathered.modelVersions, source, owners);
                    gathered.add(facts.servedModels(), ServedModel::id, gathered.servedModels, source, owners);
                }
            }
        }
        return gathered;
    }

    /** Whether nothing changed since: an unchanged part keeps its facts object. */
    boolean sameAs(GatheredFacts other) {
        return parts.equals(other.parts);
    }

    List<RegisteredModelVersion> modelVersions() {
        return modelVersions;
    }

    List<ServedModel> servedModels() {
        return servedModels;
    }

    /** Facts that two sources claim. */
    List<Problem> problems() {
        return problems;
    }

    private <T> void add(
            List<T> facts, Function<T, String> id, List<T> all, String source, Map<String, String> owners) {
        for (T fact : facts) {
            String owner = owners.putIfAbsent(id.apply(fact), source);
            if (owner == null) {
                all.add(fact);
            } else {
                problems.add(new Problem(
                        id.apply(fact),
                        "both " + owner + " and " + source + " report it; the first is used. Give the registries names"
                                + " of their own"));
            }
        }
    }
}
