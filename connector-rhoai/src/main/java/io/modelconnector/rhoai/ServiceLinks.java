package io.modelconnector.rhoai;

import io.modelconnector.core.source.Problem;
import io.modelconnector.core.source.RegisteredInferenceService;
import io.modelconnector.rhoai.client.ListedEnvironment;
import io.modelconnector.rhoai.client.ListedInferenceService;
import io.modelconnector.rhoai.client.ListedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which inference services belong to which version. */
final class ServiceLinks {
    private final Map<String, List<RegisteredInferenceService>> byVersion = new HashMap<>();

    /**
     * Links all of a registry's services.
     *
     * @param versions all versions, the oldest first
     * @param problems takes the services whose version does not exist
     */
    ServiceLinks(String registry, RegistryState state, List<ListedVersion> versions, Consumer<Problem> problems) {
        Map<String, String> latest = latestLive(versions);
        for (ListedInferenceService service : state.services()) {
            String version = service.modelVersionId() != null
                    ? service.modelVersionId()
                    : latest.get(String.valueOf(service.registeredModelId()));
            if (version == null || state.version(version) == null) {
                problems.accept(RegistryProblems.ofLostService(
                        registry, service.id(), service.modelVersionId(), service.registeredModelId()));
            } else {
                byVersion
                        .computeIfAbsent(version, id -> new ArrayList<>())
                        .add(new RegisteredInferenceService(
                                service.id(), service.name(), namespace(state, service), service.deployed()));
            }
        }
    }

    /** The registry serves a model's latest version where a service names none. */
    private static Map<String, String> latestLive(List<ListedVersion> oldestFirst) {
        Map<String, String> latest = new HashMap<>();
        for (ListedVersion version : oldestFirst) {
            if (!version.version().archived()) {
                latest.put(version.registeredModelId(), version.id());
            }
        }
        return latest;
    }

    private static @Nullable String namespace(RegistryState state, ListedInferenceService service) {
        String id = service.servingEnvironmentId();
        ListedEnvironment environment = id == null ? null : state.environment(id);
        return environment == null ? null : environment.name();
    }

    List<RegisteredInferenceService> of(ListedVersion version) {
        return byVersion.getOrDefault(version.id(), List.of());
    }
}
