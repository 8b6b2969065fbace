package io.modelconnector.examples.sidecars;

import io.modelconnector.examples.sidecars.settings.StoreSettings;
import io.modelconnector.kserve.credentials.KubernetesAccess;
import io.modelconnector.kserve.store.ConfigMapEntryStore;

/** Opens the ConfigMaps of a namespace as a store. */
final class ClusterStore {
    private ClusterStore() {}

    static ConfigMapEntryStore of(KubernetesAccess cluster, String namespace, StoreSettings settings) {
        return ConfigMapEntryStore.builder(cluster.client(), namespace)
                .maxCardBytes(settings.cardLimit())
                .fillingDeadline(settings.startupDeadline())
                .build();
    }
}
