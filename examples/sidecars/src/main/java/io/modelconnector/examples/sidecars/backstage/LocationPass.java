package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass of the {@link LocationReconciler}: reads what both sides have, then does what is missing. Used once. */
final class LocationPass {
    private static final Logger log = LoggerFactory.getLogger(LocationPass.class);

    /** If this many were refused and none was taken, the others will be refused as well. */
    private static final int TRIES = 10;

    private final EntryStore store;
    private final LocationTargets targets;
    private final RequestWorkers workers;
    private final BackstageCatalog catalog;
    private final Map<String, StoredEntry> entries = new TreeMap<>();
    private final Set<String> wanted = new HashSet<>();
    private KnownLocations known = new KnownLocations(List.of());
    private boolean complete;
    private boolean listed;

    LocationPass(EntryStore store, LocationTargets targets, RequestWorkers workers, BackstageCatalog catalog) {
        this.store = store;
        this.targets = targets;
        this.workers = workers;
        this.catalog = catalog;
    }

    /**
     * Reads what both sides have. The store comes last: a location that another replica has just added belongs to an entry
     * that was stored before.
     *
     * @param seen the ids that the pass before knew of; where Backstage does not list its locations, they are all that is
     *     known of the locations of entries that are gone
     */
    void read(Set<String> seen) throws PushFailure, InterruptedException {
        Optional<List<CatalogLocation>> listing = catalog.locations();
        readStore();
        listed = listing.isPresent();
        known = new KnownLocations(listed ? listing.get() : ask(seen));
    }

    private void readStore() throws InterruptedException {
        StoreListing listing = store.list();
        complete = listing.complete();
        for (String key : listing.digests().keySet()) {
            store.fetch(key).ifPresent(entry -> {
                entries.put(key, entry);
                wanted.add(target(entry));
            });
        }
    }

    private Collection<CatalogLocation> ask(Set<String> seen) throws PushFailure, InterruptedException {
        Set<String> ids = new HashSet<>(seen);
        entries.values().forEach(entry -> ids.add(entry.registration().locationId()));
        ids.remove("");
        Queue<CatalogLocation> found = new ConcurrentLinkedQueue<>();
        workers.forEach(ids, id -> catalog.location(id).ifPresent(found::add));
        return found;
    }

    /**
     * Does what is missing.
     *
     * @param suspects the locations, by id, that the pass before found to be left over. Only what is found so twice is
     *     deleted: another replica may know an entry before this one does
     */
    PassResult run(Set<String> suspects) throws InterruptedException {
        PushFailure failure = attempt(this::registerMissing);
        if (failure == null || failure.ofOneLocation()) {
            PushFailure other = attempt(() -> deleteLeftovers(suspects));
            failure = failure == null ? other : failure;
        }
        PushFailure noting = attempt(this::note);
        return result(failure == null ? noting : failure);
    }

    /** A part of a pass. */
    @FunctionalInterface
    private interface Step {
        void run() throws PushFailure, InterruptedException;
    }

    private static @Nullable PushFailure attempt(Step step) throws InterruptedException {
        try {
            step.run();
            return null;
        } catch (PushFailure e) {
            return e;
        } catch (ConnectorException e) {
            return new PushFailure(e);
        }
    }

    private void registerMissing() throws PushFailure, InterruptedException {
        List<String> missing = wanted.stream()
                .filter(target -> known.withTarget(target).isEmpty())
                .sorted()
                .toList();
        Queue<String> existing = new ConcurrentLinkedQueue<>();
        Queue<PushFailure> refusals = new ConcurrentLinkedQueue<>();
        AtomicInteger taken = new AtomicInteger();
        workers.forEach(missing, target -> {
            try {
                catalog.register(target).ifPresentOrElse(known::add, () -> existing.add(target));
                taken.incrementAndGet();
            } catch (PushFailure e) {
                refusals.add(e);
                if (!e.ofOneLocation() || (taken.get() == 0 && refusals.size() >= TRIES)) {
                    throw e;
                }
            }
        });
        if (!existing.isEmpty()) {
            find(existing);
        }
        if (!refusals.isEmpty()) {
            throw refusals.element();
        }
    }

    /** Finds locations that were there, though not when they were listed: another replica was faster. */
    private void find(Collection<String> existing) throws PushFailure, InterruptedException {
        if (listed) {
            catalog.locations().ifPresent(now -> now.forEach(known::add));
        }
        long hidden = existing.stream()
                .filter(target -> known.withTarget(target).isEmpty())
                .count();
        if (hidden > 0) {
            throw catalog.hidden((int) hidden);
        }
    }

    private void deleteLeftovers(Set<String> suspects) throws PushFailure, InterruptedException {
        List<CatalogLocation> confirmed = leftovers().stream()
                .filter(location -> suspects.contains(location.id()))
                .toList();
        workers.forEach(confirmed, location -> {
            catalog.delete(location.id());
            known.remove(location);
            log.debug("deleted the location {} of {} in Backstage", location.id(), location.target());
        });
    }

    private Set<CatalogLocation> leftovers() {
        Set<CatalogLocation> leftovers = new LinkedHashSet<>();
        for (CatalogLocation location : known.all()) {
            if (complete && targets.isOurs(location) && !wanted.contains(location.target())) {
                leftovers.add(location);
            }
        }
        for (StoredEntry entry : entries.values()) {
            replaced(entry).ifPresent(leftovers::add);
        }
        return leftovers;
    }

    /** The location that an entry was registered with under another type, or before BRIDGE_URL or the format was changed. */
    private Optional<CatalogLocation> replaced(StoredEntry entry) {
        PortalRegistration noted = entry.registration();
        return known.withId(noted.locationId())
                .filter(location -> location.target().equals(noted.target()))
                .filter(location ->
                        !location.type().equals(CatalogLocation.TYPE) || !wanted.contains(location.target()));
    }

    /** Notes the ids, except where one that is noted is still needed to delete its location. */
    private void note() throws InterruptedException {
        Map<String, PortalRegistration> news = new HashMap<>();
        entries.forEach((key, entry) -> known.withTarget(target(entry))
                .map(location -> new PortalRegistration(location.id(), location.target(), true))
                .filter(current -> !current.equals(entry.registration()))
                .filter(current -> replaced(entry).isEmpty())
                .ifPresent(current -> news.put(key, current)));
        if (!news.isEmpty()) {
            store.write(StoreUpdate.of(news));
        }
    }

    private PassResult result(@Nullable PushFailure failure) {
        Set<String> registered = new HashSet<>();
        entries.forEach((key, entry) -> known.withTarget(target(entry)).ifPresent(location -> registered.add(key)));
        Set<String> leftover = new HashSet<>();
        leftovers().forEach(location -> leftover.add(location.id()));
        return new PassResult(registered, entries.size() - registered.size(), leftover, failure);
    }

    /** The locations that are ours, by id. */
    Set<String> locationIds() {
        Set<String> ids = new HashSet<>();
        known.all().stream().filter(targets::isOurs).forEach(location -> ids.add(location.id()));
        return ids;
    }

    private String target(StoredEntry entry) {
        return targets.of(entry.key());
    }
}
