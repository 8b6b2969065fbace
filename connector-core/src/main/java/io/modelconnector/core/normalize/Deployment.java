package io.modelconnector.core.normalize;

import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.core.source.RegisteredModelVersion;
import io.modelconnector.core.source.ServedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A served model as the server of a registered version.
 *
 * @param servedModel what serves it
 * @param registered the registry's inference service for it; null if the registry has none for the version
 * @param match how well the two belong together
 * @param address where it is called
 */
record Deployment(
        ServedModel servedModel, @Nullable RegisteredInferenceService registered, Match match, Address address) {

    /** Best match first, then the oldest inference service; where there is none, the order of the served models. */
    private static final Comparator<Deployment> PREFERRED =
            Comparator.comparing(Deployment::match).thenComparing(Deployment::registeredId, AgeOrder.IDS);

    /** How a served model and an inference service of a registry belong together, best first. */
    enum Match {
        /** The label names the inference service, and the namespaces are the same. */
        ID_AND_NAMESPACE,
        /** Name and namespace are the same. */
        NAME_AND_NAMESPACE,
        /** The label names the inference service. */
        ID,
        /** Both belong to the same version, which is all that the labels say. */
        VERSION
    }

    /**
     * Chooses the server of a version. One that the registry lists as undeployed is none, nor is one that is not ready
     * or has no address.
     *
     * @param version the version
     * @param servedModels what its labels bind to the version, oldest first
     * @param problems where the others are reported
     */
    static @Nullable Deployment choose(
            RegisteredModelVersion version, List<ServedModel> servedModels, Problems problems) {
        if (servedModels.isEmpty()) {
            return null;
        }
        List<RegisteredInferenceService> registered = new ArrayList<>(version.inferenceServices());
        registered.sort(AgeOrder.INFERENCE_SERVICES);
        List<Deployment> deployments = new ArrayList<>();
        for (ServedModel servedModel : servedModels) {
            Deployment deployment = of(servedModel, registered, problems);
            if (deployment != null) {
                deployments.add(deployment);
            }
        }
        deployments.sort(PREFERRED);
        for (Deployment other : deployments.subList(Math.min(1, deployments.size()), deployments.size())) {
            problems.add(
                    other.servedModel().id(),
                    "serves the registered version " + version.id() + " like "
                            + deployments.get(0).servedModel().id()
                            + ", and an entry has one server, so this one is not published; register a version for"
                            + " each");
        }
        return deployments.isEmpty() ? null : deployments.get(0);
    }

    private static @Nullable Deployment of(
            ServedModel servedModel, List<RegisteredInferenceService> registered, Problems problems) {
        if (!servedModel.ready()) {
            return null;
        }
        RegisteredInferenceService best = null;
        Match bestMatch = Match.VERSION;
        for (RegisteredInferenceService candidate : registered) {
            Match match = matchOf(servedModel, candidate);
            int comparison = match.compareTo(bestMatch);
            // A service that is deployed again may leave its old record behind: of two like it, the deployed one
            // counts.
            if (best == null || comparison < 0 || (comparison == 0 && candidate.deployed() && !best.deployed())) {
                best = candidate;
                bestMatch = match;
            }
        }
        if (best != null && !best.deployed()) {
            return null;
        }
        Address address = Address.of(servedModel, problems);
        return address == null ? null : new Deployment(servedModel, best, bestMatch, address);
    }

    private static Match matchOf(ServedModel servedModel, RegisteredInferenceService registered) {
        boolean sameId = registered.id().equals(ServingLabels.INFERENCE_SERVICE_ID.of(servedModel));
        boolean sameNamespace = servedModel.namespace().equals(registered.namespace());
        if (sameNamespace && sameId) {
            return Match.ID_AND_NAMESPACE;
        }
        if (sameNamespace && servedModel.name().equals(ServingLinks.servedName(registered))) {
            return Match.NAME_AND_NAMESPACE;
        }
        return sameId ? Match.ID : Match.VERSION;
    }

    private String registeredId() {
        return registered == null ? "" : registered.id();
    }
}
