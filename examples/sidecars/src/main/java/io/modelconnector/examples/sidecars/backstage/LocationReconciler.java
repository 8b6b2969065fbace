package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.store.EntryStore;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the locations of a Backstage what the entries of a store are, one pass at a time. What there is to do follows from
 * what both have when a pass begins, so that a pass may end anywhere, by a failure or with the process, and the next one
 * does the rest. Not thread-safe.
 */
final class LocationReconciler {
    private final EntryStore store;
    private final LocationTargets targets;
    private final RequestWorkers workers;
    private PassResult last = PassResult.NONE;
    private Set<String> seen = Set.of();

    LocationReconciler(EntryStore store, LocationTargets targets, RequestWorkers workers) {
        this.store = store;
        this.targets = targets;
        this.workers = workers;
    }

    /**
     * Makes a pass.
     *
     * @return how far it got
     */
    PassResult pass(BackstageCatalog catalog) throws InterruptedException {
        LocationPass pass = new LocationPass(store, targets, workers, catalog);
        try {
            pass.read(seen);
        } catch (PushFailure e) {
            return unread(e);
        } catch (ConnectorException e) {
            return unread(new PushFailure(e));
        }
        last = pass.run(last.leftover());
        seen = pass.locationIds();
        return last;
    }

    /** The result of a pass that cannot even begin: what Backstage has is what it last had, as far as anybody knows. */
    PassResult unread(PushFailure failure) throws InterruptedException {
        try {
            Set<String> keys = store.list().digests().keySet();
            Set<String> registered = new HashSet<>(last.registered());
            registered.retainAll(keys);
            last = new PassResult(registered, keys.size() - registered.size(), last.leftover(), failure);
        } catch (ConnectorException e) {
            last = new PassResult(last.registered(), last.missing(), last.leftover(), failure);
        }
        return last;
    }
}
