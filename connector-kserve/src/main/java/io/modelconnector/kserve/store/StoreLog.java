package io.modelconnector.kserve.store;

import io.modelconnector.core.ConnectorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when a store cannot follow its ConfigMaps, and when it can again. What a caller is told is not said here. */
final class StoreLog {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigMapEntryStore.class);

    private final String store;
    private boolean failing;

    StoreLog(String store) {
        this.store = store;
    }

    /** How it is now; null if all is well. */
    void state(@Nullable ConnectorException failure) {
        if (failure == null) {
            if (failing) {
                LOG.info("The store {} follows its ConfigMaps again", store);
            }
            failing = false;
            return;
        }
        if (failing) {
            LOG.debug("The store {} still cannot follow its ConfigMaps: {}", store, failure.getMessage());
        } else {
            LOG.warn(
                    "The store {} cannot follow its ConfigMaps, and goes on with what it knows: {}",
                    store,
                    failure.getMessage());
        }
        failing = true;
    }

    /** A ConfigMap is gone that was there. */
    static void gone(String map) {
        LOG.warn("Somebody deleted the ConfigMap {}; it is made again with what was in it", map);
    }

    /** A ConfigMap is there that was not. */
    static void created(String map) {
        LOG.info("Created the ConfigMap {}", map);
    }

    void listenerFailed(RuntimeException e) {
        LOG.warn("The change callback of the store {} failed", store, e);
    }
}
