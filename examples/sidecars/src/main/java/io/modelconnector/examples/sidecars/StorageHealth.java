package io.modelconnector.examples.sidecars;

import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.http.RoleHealth;
import io.modelconnector.examples.sidecars.remote.LocationReplicator;
import io.modelconnector.examples.sidecars.remote.ReplicationHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The health of role {@code storage-rest}. It is ready once it has read the ConfigMaps, and stays so: it answers from memory
 * while they cannot be read, and a write that fails is told to whoever wrote.
 */
final class StorageHealth implements RoleHealth {
    private final ObservedStore store;
    private final LocationReplicator replicator;
    private final @Nullable BackstagePush push;

    StorageHealth(ObservedStore store, LocationReplicator replicator, @Nullable BackstagePush push) {
        this.store = store;
        this.replicator = replicator;
        this.push = push;
    }

    @Override
    public Optional<String> waitingFor() {
        return store.entries() < 0 ? Optional.of("the ConfigMaps to be read") : Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("store", storeDetails());
        details.put("location", locationDetails(replicator.health()));
        if (push != null) {
            details.put("backstage", HealthDetails.of(push.health()));
        }
        return details;
    }

    private Map<String, Object> storeDetails() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("entries", Math.max(0, store.entries()));
        details.put("complete", store.complete());
        HealthDetails.putIfThere(details, "failure", store.failure());
        details.put("problems", HealthDetails.of(store.problems()));
        return details;
    }

    private static Map<String, Object> locationDetails(ReplicationHealth health) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pending", health.pending());
        details.put("loading", health.loading());
        HealthDetails.putIfThere(details, "failure", health.failure());
        details.put("problems", HealthDetails.of(health.problems()));
        return details;
    }
}
