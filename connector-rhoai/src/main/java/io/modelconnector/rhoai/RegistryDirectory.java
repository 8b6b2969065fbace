package io.modelconnector.rhoai;

/** Knows where the registries and the catalog are at the moment, for instance from a cluster's Routes. Implementations are thread-safe. */
@FunctionalInterface
public interface RegistryDirectory {
    /**
     * Where everything is now. Asked at the start of each read; should answer from memory. A registry that is no longer
     * there counts as unreadable, its entries stay.
     *
     * @throws io.modelconnector.core.ConnectorException if it cannot be told; what was told last holds on
     */
    RegistryLocations locations();

    /**
     * Takes a callback to call whenever {@link #locations()} has changed. It may be called from any thread and returns at
     * once. Called before the first read; a directory that cannot notice changes ignores it.
     *
     * @param changed what to call
     */
    default void onChange(Runnable changed) {}
}
