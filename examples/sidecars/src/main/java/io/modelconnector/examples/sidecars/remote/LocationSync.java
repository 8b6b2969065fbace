package io.modelconnector.examples.sidecars.remote;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a location in step with a store, one pass at a time. What it remembers is what the location was last given, by key;
 * what it does is the difference to what is stored, so that nothing is queued and the latest state wins.
 *
 * <p>One thread at a time makes passes; what is counted may be read by any.
 */
final class LocationSync implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocationSync.class);

    /** How many requests to the location are under way at once. */
    static final int AT_ONCE = 16;

    /** How many entries are compared in each look, beside what has to be. */
    static final int SLICE = 100;

    /** A location that loads asks for all entries itself, unless it cannot. */
    private static final Duration LOADING_TIME = Duration.ofSeconds(10);

    /**
     * What the location has.
     *
     * @param importKey the entry's key in the store
     * @param key the entry's segments
     * @param digest in what state it was given
     */
    private record Given(String importKey, EntryKey key, String digest) {}

    private final EntryStore store;
    private final LocationClient location;
    private final InstantSource clock;
    private final Crew crew = new Crew("modelconnector-location-", AT_ONCE);
    private final Map<String, Given> given = new ConcurrentHashMap<>();
    private final Map<String, Problem> refused = new ConcurrentHashMap<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong forwarded = new AtomicLong();
    private volatile boolean ours = true;
    private volatile @Nullable Instant loadingSince;
    private boolean inStep;
    private String comparedUpTo = "";

    LocationSync(EntryStore store, LocationClient location, InstantSource clock) {
        this.store = store;
        this.location = location;
        this.clock = clock;
    }

    /**
     * Forwards what changed, and compares what the location lists and serves where that is due. If it throws, what was not
     * forwarded is still due.
     *
     * @param look whether to compare
     * @throws io.modelconnector.core.ConnectorException if the store cannot be read or the location does not do as it is
     *     told
     */
    void pass(boolean look) throws InterruptedException {
        StoreListing listing = store.list();
        pending.set(changes(listing, wanted(listing)).size());
        boolean done = false;
        try {
            if (look || !inStep) {
                compare(listing);
            }
            if (mayForward(listing)) {
                forward(listing);
            }
            done = true;
        } finally {
            // Whatever made the pass fail, the location may have been restarted.
            inStep = done && loadingSince == null;
        }
    }

    /** A location that loads from a complete store gets everything there; a second copy of it would only delay that. */
    private boolean mayForward(StoreListing listing) {
        Instant since = loadingSince;
        return since == null
                || !listing.complete()
                || Duration.between(since, clock.instant()).compareTo(LOADING_TIME) > 0;
    }

    private void compare(StoreListing listing) throws InterruptedException {
        LocationListing listed = location.list();
        if (listed.loading()) {
            loadingSince = loadingSince == null ? clock.instant() : loadingSince;
            return;
        }
        loadingSince = null;
        ours = listed.ours();
        if (!inStep) {
            refused.clear();
        }
        boolean lost = given.entrySet()
                .removeIf(entry -> !refused.containsKey(entry.getKey())
                        && !lists(listed, entry.getKey(), entry.getValue().key()));
        SortedMap<String, String> wanted = wanted(listing);
        List<String> doubtful = !inStep || lost ? List.copyOf(wanted.keySet()) : slice(wanted);
        crew.forEach(
                doubtful,
                AT_ONCE,
                target -> compare(target, requireNonNull(wanted.get(target)), listed),
                location::cancel);
        if (listing.complete()) {
            // Another replica may have stored and told it an entry since the store was asked.
            Set<String> wantedNow = wanted(store.list()).keySet();
            List<String> superfluous = listed.uris().keySet().stream()
                    .filter(key -> !wantedNow.contains(key))
                    .toList();
            crew.forEach(superfluous, AT_ONCE, this::remove, location::cancel);
        }
    }

    private void compare(String target, String importKey, LocationListing listed) throws InterruptedException {
        StoredEntry entry = fetch(importKey);
        if (entry == null || refused.containsKey(target)) {
            return;
        }
        LocationListing.Listed there = listed.uris().get(target);
        boolean same = there != null
                && lists(listed, target, entry.key())
                && location.serves(there.uri(), entry)
                && hasCard(entry);
        if (same) {
            given.put(target, new Given(importKey, entry.key(), entry.digest()));
        } else {
            given.remove(target);
        }
    }

    private boolean hasCard(StoredEntry entry) throws InterruptedException {
        StoredCard card = entry.card();
        return !ours || card == null || card.markdown() == null || location.hasCard(card);
    }

    private boolean lists(LocationListing listed, String target, EntryKey key) {
        LocationListing.Listed there = listed.uris().get(target);
        return there != null && (!ours || there.key().equals(key));
    }

    private void forward(StoreListing listing) throws InterruptedException {
        SortedMap<String, String> wanted = wanted(listing);
        List<String> changes = changes(listing, wanted);
        pending.set(changes.size());
        crew.forEach(changes, AT_ONCE, target -> forward(target, wanted.get(target)), location::cancel);
    }

    private void forward(String target, @Nullable String importKey) throws InterruptedException {
        if (importKey == null) {
            remove(target);
        } else {
            push(target, importKey);
        }
        pending.decrementAndGet();
    }

    private void push(String target, String importKey) throws InterruptedException {
        StoredEntry entry = fetch(importKey);
        if (entry == null) {
            return;
        }
        Optional<String> refusal = location.upsert(target, ours ? entry : Upserts.withoutUnkeptCard(entry));
        given.put(target, new Given(importKey, entry.key(), entry.digest()));
        if (refusal.isEmpty()) {
            refused.remove(target);
            forwarded.incrementAndGet();
            return;
        }
        Problem problem = new Problem(importKey, "is refused by location with " + refusal.get() + "; it is not served");
        if (refused.put(target, problem) == null) {
            log.warn("{} {}", problem.item(), problem.message());
        }
    }

    private void remove(String target) throws InterruptedException {
        location.remove(target);
        given.remove(target);
        refused.remove(target);
        forwarded.incrementAndGet();
    }

    private @Nullable StoredEntry fetch(String importKey) throws InterruptedException {
        try {
            return store.fetch(importKey).orElse(null);
        } catch (MalformedResponseException e) {
            // One of the store's own problems, which costs only this entry.
            log.debug("{} is not forwarded", importKey, e);
            return null;
        }
    }

    /** The keys under which something is due: what the location was not given in its present state, and what is gone. */
    private List<String> changes(StoreListing listing, SortedMap<String, String> wanted) {
        List<String> changes = new ArrayList<>();
        wanted.forEach((target, importKey) -> {
            Given there = given.get(target);
            boolean same = there != null
                    && there.importKey().equals(importKey)
                    && there.digest().equals(listing.digests().get(importKey));
            if (!same) {
                changes.add(target);
            }
        });
        if (listing.complete()) {
            given.keySet().stream()
                    .filter(target -> !wanted.containsKey(target))
                    .forEach(changes::add);
        }
        return changes;
    }

    /**
     * What the location is to serve: the keys that it knows, each with the entry that it is for. Where the Go one makes one
     * key of several, the first of them has it, so that they do not take turns.
     */
    private SortedMap<String, String> wanted(StoreListing listing) {
        SortedMap<String, String> wanted = new TreeMap<>();
        for (String importKey : listing.digests().keySet()) {
            wanted.putIfAbsent(ours ? importKey : TruncatedKeys.truncate(importKey), importKey);
        }
        return wanted;
    }

    /** The next entries to compare, in turn. */
    private List<String> slice(SortedMap<String, String> wanted) {
        List<String> slice = wanted.tailMap(comparedUpTo + '\0').keySet().stream()
                .filter(given::containsKey)
                .limit(SLICE)
                .toList();
        comparedUpTo = slice.size() < SLICE ? "" : slice.get(SLICE - 1);
        return slice;
    }

    /** Whether the location does not know yet what it serves. */
    boolean loading() {
        return loadingSince != null;
    }

    /** How many entries the location lacks or has in another state, as far as is known. */
    int pending() {
        return pending.get();
    }

    /** How many changes the location took. */
    long forwarded() {
        return forwarded.get();
    }

    /** The entries that the location does not take. */
    List<Problem> problems() {
        return List.copyOf(refused.values());
    }

    @Override
    public void close() {
        location.close();
        crew.close();
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
