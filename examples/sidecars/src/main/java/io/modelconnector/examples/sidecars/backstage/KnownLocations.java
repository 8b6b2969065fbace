package io.modelconnector.examples.sidecars.backstage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The locations that Backstage is known to have. Thread-safe. */
final class KnownLocations {
    private final Map<String, CatalogLocation> byId = new ConcurrentHashMap<>();
    private final Map<String, CatalogLocation> byTarget = new ConcurrentHashMap<>();

    KnownLocations(Collection<CatalogLocation> locations) {
        locations.forEach(this::add);
    }

    void add(CatalogLocation location) {
        byId.put(location.id(), location);
        if (location.type().equals(CatalogLocation.TYPE)) {
            // Two replicas that are equally fast can register a target twice; all of them are to note the same one.
            byTarget.merge(location.target(), location, (a, b) -> a.id().compareTo(b.id()) <= 0 ? a : b);
        }
    }

    void remove(CatalogLocation location) {
        byId.remove(location.id());
        byTarget.remove(location.target(), location);
    }

    /** The location of our type with a target. */
    Optional<CatalogLocation> withTarget(String target) {
        return Optional.ofNullable(byTarget.get(target));
    }

    /** The location with an id, of whatever type. */
    Optional<CatalogLocation> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    boolean contains(CatalogLocation location) {
        return byId.containsKey(location.id());
    }

    List<CatalogLocation> all() {
        return List.copyOf(byId.values());
    }
}
