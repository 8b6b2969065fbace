package io.modelconnector.examples.sidecars;

import io.modelconnector.core.store.EntryStore;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.examples.sidecars.backstage.BackstageSettings;
import io.modelconnector.examples.sidecars.remote.PeerListener;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells Backstage of the entries of a store of this cluster, where that is wanted. */
final class PortalPush {
    private PortalPush() {}

    /**
     * Makes the push, which starts nothing yet.
     *
     * @param settings whether and how
     * @param store whose entries
     * @param base where Backstage reads them
     * @param fileName the last segment of their paths
     * @param cluster where Backstage's Route may be
     * @param listener who hears of requests
     */
    static Optional<BackstagePush> of(
            BackstageSettings settings,
            EntryStore store,
            URI base,
            String fileName,
            KubernetesAccess cluster,
            PeerListener listener) {
        if (!settings.push()) {
            return Optional.empty();
        }
        BackstagePush.Builder push = BackstagePush.builder(store, base, settings)
                .fileName(fileName)
                .cluster(cluster.client())
                .listener(listener::requested);
        cluster.caPem().ifPresent(pem -> push.caCertificates(new String(pem, StandardCharsets.UTF_8)));
        return Optional.of(push.build());
    }
}
