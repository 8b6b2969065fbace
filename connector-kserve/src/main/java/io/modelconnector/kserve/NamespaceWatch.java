package io.modelconnector.kserve;

import io.modelconnector.core.source.ServedModel;
import io.modelconnector.core.source.SourcePart;
import io.modelconnector.kserve.internal.ClusterResource;
import io.modelconnector.kserve.internal.ResourceWatch;
import io.modelconnector.kserve.internal.WatchGroup;
import io.modelconnector.kserve.internal.WatchScope;
import io.modelconnector.kserve.internal.WatchState;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Everything that is watched in one namespace, or in all at once. Thread-safe. */
final class NamespaceWatch {
    private static final String KSERVE = "serving.kserve.io";
    private static final ClusterResource INFERENCE_SERVICES =
            new ClusterResource(KSERVE, List.of("v1beta1"), "inferenceservices", false);
    private static final ClusterResource LLM_INFERENCE_SERVICES =
            new ClusterResource(KSERVE, List.of("v1alpha2", "v1alpha1"), "llminferenceservices", false);
    private static final ClusterResource SERVICES = new ClusterResource("", List.of("v1"), "services", false);
    private static final ClusterResource SERVICE_ACCOUNTS =
            new ClusterResource("", List.of("v1"), "serviceaccounts", true);

    private final Duration syncTimeout;
    private final ResourceWatch<ServingObject> inferenceServices;
    private final ResourceWatch<ServingObject> llmInferenceServices;
    private final ResourceWatch<PredictorService> services;
    private final ResourceWatch<List<Owner>> accounts;

    /**
     * Adds what is to be watched to a group.
     *
     * @param group the group
     * @param namespace the namespace; null for all
     * @param labelSelector what serving objects have to match; null for no restriction
     * @param syncTimeout how long a first list may take, for messages
     */
    NamespaceWatch(WatchGroup group, @Nullable String namespace, @Nullable String labelSelector, Duration syncTimeout) {
        this.syncTimeout = syncTimeout;
        this.inferenceServices = group.add(
                WatchScope.of(INFERENCE_SERVICES, namespace).withLabels(labelSelector),
                ServingObject.INFERENCE_SERVICE,
                ServingObject::inferenceService);
        this.llmInferenceServices = group.add(
                WatchScope.of(LLM_INFERENCE_SERVICES, namespace).withLabels(labelSelector),
                ServingObject.LLM_INFERENCE_SERVICE,
                ServingObject::llmInferenceService);
        this.services = group.add(WatchScope.of(SERVICES, namespace), "Service", PredictorService::read);
        this.accounts = group.add(WatchScope.of(SERVICE_ACCOUNTS, namespace), "ServiceAccount", object -> {
            List<Owner> owners = Owner.of(object.object("metadata"));
            return owners.isEmpty() ? null : owners;
        });
    }

    /**
     * What is known now: a part for each kind of serving object.
     *
     * @param canonical replaces a fact by an equal one
     */
    List<SourcePart> parts(UnaryOperator<ServedModel> canonical) {
        WatchState<PredictorService> predictors = services.state();
        WatchState<List<Owner>> owned = accounts.state();
        ServedModelMapping mapping = new ServedModelMapping(predictors.objects(), owned.objects());
        Function<ServingObject, ServedModel> fact = object -> canonical.apply(mapping.map(object));
        String byAnnotation = "until then authentication is told by annotations only";
        return List.of(
                new PartAssembly(inferenceServices, syncTimeout)
                        .needs(services, predictors, "until then URLs inside of the cluster are those of the status")
                        .needs(accounts, owned, byAnnotation)
                        .build(fact),
                new PartAssembly(llmInferenceServices, syncTimeout)
                        .dispensable("until then they are left out")
                        .needs(accounts, owned, byAnnotation)
                        .build(fact));
    }
}
