package io.modelconnector.rhoai;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.rhoai.client.ListedArtifact;
import io.modelconnector.rhoai.client.ListedVersion;
import io.modelconnector.rhoai.client.Listing;
import io.modelconnector.rhoai.client.ModelRegistryClient;
import io.modelconnector.rhoai.client.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Reads the artifacts of many versions, group by group, and stops where a whole group fails: the rest would fail as well.
 * What was read before an interrupt counts.
 */
final class ArtifactReader {
    private static final int FIRST_GROUP = 8;
    private static final int LARGEST_GROUP = 64;

    private final ModelRegistryClient client;
    private final Results results;

    ArtifactReader(ModelRegistryClient client, Results results) {
        this.client = client;
        this.results = results;
    }

    /** Takes what comes in, on the reading thread. */
    interface Results {
        /** The artifacts of a version. */
        void read(ListedVersion version, Listing<ListedArtifact> artifacts);

        /** A version's artifacts could not be read, or were not asked for after others could not. */
        void failed(ListedVersion version, ConnectorException why);
    }

    /**
     * Reads them one group after the other for as long as they are wanted.
     *
     * @return whether none failed
     */
    boolean read(List<ListedVersion> versions, BooleanSupplier wanted) throws InterruptedException {
        boolean allRead = true;
        int size = FIRST_GROUP;
        int next = 0;
        while (next < versions.size() && wanted.getAsBoolean()) {
            List<ListedVersion> group = versions.subList(next, Math.min(next + size, versions.size()));
            next += group.size();
            Map<String, Outcome<Listing<ListedArtifact>>> outcomes =
                    client.artifacts(group.stream().map(ListedVersion::id).toList());
            int failures = 0;
            ConnectorException last = null;
            for (ListedVersion version : group) {
                Outcome<Listing<ListedArtifact>> outcome = requireNonNull(outcomes.get(version.id()));
                if (outcome.value() != null) {
                    results.read(version, outcome.value());
                } else if (outcome.failure() != null) {
                    last = outcome.failure();
                    failures++;
                    results.failed(version, last);
                }
            }
            allRead &= failures == 0;
            if (last != null && failures == size) {
                for (ListedVersion version : versions.subList(next, versions.size())) {
                    results.failed(version, last);
                }
                return false;
            }
            size = Math.min(2 * size, LARGEST_GROUP);
        }
        return allRead;
    }
}
