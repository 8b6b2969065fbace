package io.modelconnector.rhoai;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.source.Problem;
import io.modelconnector.rhoai.client.ModelCatalogClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registries and the catalog that a source has met, as its directory has them now. Updated by one read at a time. */
final class RegistryFleet implements AutoCloseable {
    private final RegistryDirectory directory;
    private final ClientFactory clients;
    private final Function<String, RegistryReader> readers;
    private final Map<String, RegistryMember> members = new LinkedHashMap<>();
    private @Nullable RegistryLocations lastKnown;
    private List<Problem> problems = List.of();
    private @Nullable URI catalogAddress;
    private @Nullable ModelCatalogClient catalog;
    private @Nullable String catalogTrouble;
    private boolean closed;

    RegistryFleet(RegistryDirectory directory, ClientFactory clients, Function<String, RegistryReader> readers) {
        this.directory = directory;
        this.clients = clients;
        this.readers = readers;
    }

    /**
     * Asks the directory.
     *
     * @throws ConnectorException if it never answered
     */
    void update() {
        List<Problem> found = new ArrayList<>();
        RegistryLocations locations = locations(found);
        synchronized (this) {
            if (closed) {
                return;
            }
            Set<String> here = new HashSet<>();
            for (RegistryLocation location : locations.registries()) {
                if (here.add(location.name())) {
                    members.computeIfAbsent(location.name(), name -> new RegistryMember(name, readers))
                            .locate(location, clients);
                } else {
                    found.add(new Problem(
                            location.name() + " at " + location.base().getHost(),
                            "another registry has the same name and is read instead; rename one of them"));
                }
            }
            members.values().stream()
                    .filter(member -> !here.contains(member.name()))
                    .forEach(RegistryMember::lose);
            locateCatalog(locations.catalog());
            problems = List.copyOf(found);
        }
    }

    private RegistryLocations locations(List<Problem> found) {
        try {
            RegistryLocations now = directory.locations();
            lastKnown = now;
            return now;
        } catch (ConnectorException e) {
            if (lastKnown == null) {
                throw e;
            }
            found.add(new Problem(
                    "registry directory", "it does not answer, what it said last is used: " + e.getMessage()));
            return lastKnown;
        }
    }

    private void locateCatalog(@Nullable URI address) {
        if (address == null) {
            catalogTrouble = catalogAddress == null ? null : "it is no longer announced; the last known cards are kept";
            return;
        }
        if (address.equals(catalogAddress)) {
            catalogTrouble = catalog == null ? catalogTrouble : null;
            return;
        }
        if (catalog != null) {
            catalog.close();
            catalog = null;
        }
        catalogAddress = address;
        try {
            catalog = clients.catalog(address);
            catalogTrouble = null;
        } catch (ConnectorException e) {
            catalogTrouble = String.valueOf(e.getMessage());
        }
    }

    /** All registries, also those that are gone. */
    synchronized List<RegistryMember> members() {
        return List.copyOf(members.values());
    }

    /** What is wrong with the directory. */
    synchronized List<Problem> problems() {
        return problems;
    }

    /** The catalog; null if there is none. */
    synchronized @Nullable ModelCatalogClient catalog() {
        return catalog;
    }

    /** Why the catalog cannot be asked although there is, or was, one. */
    synchronized @Nullable String catalogTrouble() {
        return catalogTrouble;
    }

    @Override
    public synchronized void close() {
        closed = true;
        members.values().forEach(RegistryMember::close);
        if (catalog != null) {
            catalog.close();
            catalog = null;
        }
    }
}
