package io.modelconnector.core.normalize;

import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which served model belongs to which registered version. Labels name the version by ids, and ids count from 1 in every
 * registry: where they do not say which registry is meant, the registries' own inference services may; where those do
 * not either, nothing is guessed.
 */
final class ServingLinks {
    private final Map<VersionIds, List<RegisteredModelVersion>> versions = new HashMap<>();
    private final Map<ServedName, Set<String>> registriesByServedName = new HashMap<>();
    private final Set<String> registries = new HashSet<>();
    private final Map<String, List<ServedModel>> servedByVersion = new HashMap<>();
    private final List<ServedModel> unregistered = new ArrayList<>();
    private final Problems problems;

    private ServingLinks(Problems problems) {
        this.problems = problems;
    }

    static ServingLinks of(List<RegisteredModelVersion> versions, List<ServedModel> servedModels, Problems problems) {
        ServingLinks links = new ServingLinks(problems);
        if (!servedModels.isEmpty()) {
            versions.forEach(links::index);
        }
        servedModels.forEach(links::link);
        return links;
    }

    /** What belongs to a version, oldest first, ready or not. */
    List<ServedModel> servedModels(RegisteredModelVersion version) {
        return servedByVersion.isEmpty() ? List.of() : servedByVersion.getOrDefault(version.id(), List.of());
    }

    /** What belongs to no known version and can be called, oldest first. */
    List<ServedModel> unregistered() {
        return unregistered;
    }

    /** The name of the served model that an inference service of a registry stands for. */
    static String servedName(RegisteredInferenceService registered) {
        int slash = registered.name().indexOf('/');
        return slash < 0 ? registered.name() : registered.name().substring(0, slash);
    }

    private void index(RegisteredModelVersion version) {
        registries.add(version.registry());
        versions.computeIfAbsent(
                        new VersionIds(version.model().id(), version.version().id()), ids -> new ArrayList<>(1))
                .add(version);
        for (RegisteredInferenceService service : version.inferenceServices()) {
            if (service.namespace() != null) {
                registriesByServedName
                        .computeIfAbsent(new ServedName(service.namespace(), servedName(service)), n -> new HashSet<>())
                        .add(version.registry());
            }
        }
    }

    private void link(ServedModel model) {
        RegisteredModelVersion version = version(model);
        if (version != null) {
            servedByVersion
                    .computeIfAbsent(version.id(), id -> new ArrayList<>())
                    .add(model);
        } else if (canBeCalled(model)) {
            unregistered.add(model);
        }
    }

    private @Nullable RegisteredModelVersion version(ServedModel model) {
        String modelId = ServingLabels.REGISTERED_MODEL_ID.of(model);
        String versionId = ServingLabels.MODEL_VERSION_ID.of(model);
        if (modelId == null || versionId == null) {
            return null;
        }
        List<RegisteredModelVersion> candidates = versions.getOrDefault(new VersionIds(modelId, versionId), List.of());
        String registry = ServingLabels.REGISTRY_NAME.of(model);
        return registry != null ? labelled(model, candidates, registry) : inferred(model, candidates);
    }

    private @Nullable RegisteredModelVersion labelled(
            ServedModel model, List<RegisteredModelVersion> candidates, String registry) {
        for (RegisteredModelVersion candidate : candidates) {
            if (candidate.registry().equals(registry)) {
                return candidate;
            }
        }
        if (!candidates.isEmpty() && !registries.contains(registry) && canBeCalled(model)) {
            problems.add(
                    model.id(),
                    "its label " + ServingLabels.REGISTRY_NAME + " says \"" + registry + "\", a registry that is not"
                            + " connected, while its ids are known in " + names(candidates)
                            + "; it is an entry of its own. If one of these is meant, give it the name in the label");
        }
        return null;
    }

    private @Nullable RegisteredModelVersion inferred(ServedModel model, List<RegisteredModelVersion> candidates) {
        Set<String> naming =
                registriesByServedName.getOrDefault(new ServedName(model.namespace(), model.name()), Set.of());
        List<RegisteredModelVersion> possible = naming.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(candidate -> naming.contains(candidate.registry()))
                        .toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        if (!candidates.isEmpty() && canBeCalled(model)) {
            problems.add(
                    model.id(),
                    "its ids are known in " + names(candidates) + ", and it is not clear which is meant; it is an entry"
                            + " of its own. Label it " + ServingLabels.REGISTRY_NAME + "=<registry>");
        }
        return null;
    }

    private static boolean canBeCalled(ServedModel model) {
        return model.ready() && Address.isKnown(model);
    }

    private static String names(List<RegisteredModelVersion> candidates) {
        return String.join(
                ", ",
                candidates.stream()
                        .map(RegisteredModelVersion::registry)
                        .sorted()
                        .toList());
    }

    private record VersionIds(String modelId, String versionId) {}

    private record ServedName(String namespace, String name) {}
}
