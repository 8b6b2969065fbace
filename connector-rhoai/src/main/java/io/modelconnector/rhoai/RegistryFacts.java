package io.modelconnector.rhoai;

import io.modelconnector.core.source.ModelArtifact;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModel;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedModel;
import io.modelconnector.rhoai.client.ListedVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a registry's facts of what is known of it. Facts that did not change are the same objects as the last time. */
final class RegistryFacts {
    private static final Comparator<Problem> PROBLEM_ORDER =
            Comparator.comparing(Problem::item).thenComparing(Problem::message);

    private final String registry;
    private Map<String, RegisteredModelVersion> facts = new HashMap<>();
    private @Nullable SourcePart last;

    RegistryFacts(String registry) {
        this.registry = registry;
    }

    /**
     * The part that the registry is of the source's snapshot.
     *
     * @param more further problems
     */
    SourcePart part(RegistryState state, RegistryArtifacts artifacts, KnownCards cards, List<Problem> more) {
        Set<Problem> problems = new LinkedHashSet<>(more);
        state.unreadable().map(item -> RegistryProblems.of(registry, item)).forEach(problems::add);
        artifacts.problems(registry).forEach(problems::add);
        List<ListedVersion> versions = state.versions();
        ServiceLinks services = new ServiceLinks(registry, state, versions, problems::add);

        Map<String, RegisteredModelVersion> next = new HashMap<>();
        List<RegisteredModelVersion> ordered = new ArrayList<>(versions.size());
        for (ListedVersion version : versions) {
            ListedModel model = state.model(version.registeredModelId());
            if (model == null) {
                problems.add(RegistryProblems.ofMissingModel(registry, version));
                continue;
            }
            boolean live = state.isLive(version);
            RegisteredModel described = live ? cards.describe(model, registry, problems::add) : model.model();
            List<ModelArtifact> own = live ? artifacts(version, described, artifacts, cards, problems) : List.of();
            RegisteredModelVersion fact = fact(version, described, own, services.of(version));
            next.put(version.id(), fact);
            ordered.add(fact);
        }
        facts = next;
        return unchanged(ordered, problems.stream().sorted(PROBLEM_ORDER).toList());
    }

    private RegisteredModelVersion fact(
            ListedVersion version,
            RegisteredModel model,
            List<ModelArtifact> artifacts,
            List<RegisteredInferenceService> services) {
        RegisteredModelVersion before = facts.get(version.id());
        boolean same = before != null
                && before.model().equals(model)
                && before.version().equals(version.version())
                && before.artifacts().equals(artifacts)
                && before.inferenceServices().equals(services);
        return same && before != null
                ? before
                : new RegisteredModelVersion(registry, model, version.version(), artifacts, services);
    }

    private List<ModelArtifact> artifacts(
            ListedVersion version,
            RegisteredModel model,
            RegistryArtifacts artifacts,
            KnownCards cards,
            Set<Problem> problems) {
        VersionArtifacts known = artifacts.of(version.id());
        if (known == null) {
            return List.of();
        }
        ReadFault fault = known.fault();
        if (fault != null) {
            problems.add(RegistryProblems.ofArtifacts(registry, version, known, fault));
        }
        List<ModelArtifact> own = new ArrayList<>();
        for (ListedArtifact artifact : known.all()) {
            own.add(cards.describe(artifact, model, problems::add));
        }
        return own;
    }

    private SourcePart unchanged(List<RegisteredModelVersion> versions, List<Problem> problems) {
        SourcePart part = SourcePart.complete(registry, versions, List.of(), problems);
        if (last == null || !last.equals(part)) {
            last = part;
        }
        return last;
    }
}
