package io.modelconnector.examples.sidecars;

import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.examples.sidecars.http.RoleHealth;
import io.modelconnector.examples.sidecars.remote.ReplicaLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The health of role {@code location}. It is ready once it has loaded what there is, and stays so: from then on it serves
 * from memory, whatever happens to the others.
 */
final class LocationHealth implements RoleHealth {
    private final EntryReplica replica;
    private final ReplicaLoader loader;

    LocationHealth(EntryReplica replica, ReplicaLoader loader) {
        this.replica = replica;
        this.loader = loader;
    }

    @Override
    public Optional<String> waitingFor() {
        return replica.loaded() ? Optional.empty() : Optional.of("the entries of storage-rest");
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("loaded", replica.loaded());
        details.put("entries", replica.size());
        HealthDetails.putIfThere(details, "failure", loader.failure());
        details.put("problems", HealthDetails.of(loader.problems()));
        return details;
    }
}
