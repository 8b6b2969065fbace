package io.modelconnector.core.feed;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.entity.EntryOrigin;
import io.modelconnector.core.entity.ModelCatalog;
import io.modelconnector.core.entity.ModelServer;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what the store had at first stand in for what the sources do not show since the start: because they cannot be read,
 * or because they lack so much of it that they are not believed yet. An entry stands in until a source shows its key; all
 * of it ends, for good, when every source was read completely and is believed.
 *
 * <p>The thread of the store tells it what is stored, the publishing thread asks what that means; it waits for nothing.
 */
final class StandIn {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);

    private final FeedSettings settings;
    private final Set<String> stored = new HashSet<>();
    private final Set<String> unseen = new TreeSet<>();
    /** Entries that a source showed with a server: if they are without one later, they have lost it. */
    private final Set<String> served = new HashSet<>();
    /** What was read of the store; nothing where that was no use. */
    private final Map<String, Optional<StoodInEntry>> entries = new HashMap<>();

    private final Set<String> wanted = new TreeSet<>();
    private final Map<String, Problem> problems = new TreeMap<>();
    private @Nullable Instant doubtedSince;
    private boolean listed;
    private boolean answered;
    private boolean ended;
    private boolean fetchFailed;
    private volatile int size;
    private volatile List<Problem> told = List.of();

    /** What stands in for sources as soon as the store tells what it has. */
    StandIn(FeedSettings settings) {
        this.settings = settings;
    }

    /** Nothing stands in: the feed has no store. */
    static StandIn none(FeedSettings settings) {
        StandIn none = new StandIn(settings);
        none.listed = true;
        none.answered = true;
        none.ended = true;
        return none;
    }

    /** Whether the store was not heard of yet, so that what it has may still be told. */
    synchronized boolean unanswered() {
        return !answered;
    }

    /** Whether it is not known yet what is stored. */
    synchronized boolean unlisted() {
        return !listed;
    }

    /** Takes the import keys of what is stored. */
    synchronized void listed(Set<String> importKeys) {
        listed = true;
        answered = true;
        stored.addAll(importKeys);
        unseen.addAll(importKeys);
    }

    /** The store cannot be read before somebody mends that, so that there is no use in waiting for it. */
    synchronized void refused() {
        answered = true;
    }

    /** Whether there is anything that could stand in. */
    synchronized boolean hasEntries() {
        return !ended && !stored.isEmpty();
    }

    /** Whether entries have to be {@linkplain #fetch fetched}. */
    synchronized boolean wantsEntries() {
        return !wanted.isEmpty();
    }

    /** Whether what the sources say is not believed, so that they have to look at everything again. */
    synchronized boolean doubting() {
        return doubtedSince != null;
    }

    /** Whether it is time to read what is doubted again. */
    synchronized boolean confirmable(Instant now) {
        return doubtedSince != null && settings.removalGuard().confirmed(doubtedSince, now);
    }

    /** How many entries stand in. */
    int size() {
        return size;
    }

    /** The stored entries that would have to stand in and cannot. */
    List<Problem> problems() {
        return told;
    }

    /**
     * Reads the entries that are wanted, and takes them over at once; also those that were read before the store failed.
     *
     * @return whether there were any
     * @throws io.modelconnector.core.ConnectorException if the store cannot be read
     */
    boolean fetch(EntryStore store) throws InterruptedException {
        List<String> keys = copyOfWanted();
        Map<String, Optional<StoodInEntry>> found = new HashMap<>();
        List<Problem> unreadable = new ArrayList<>();
        Map<StoredCard, StoredCard> cards = new HashMap<>();
        try {
            for (String key : keys) {
                found.put(key, read(store, key, cards, unreadable));
            }
        } finally {
            fetched(found, unreadable, found.size() < keys.size());
        }
        return !keys.isEmpty();
    }

    private static Optional<StoodInEntry> read(
            EntryStore store, String key, Map<StoredCard, StoredCard> cards, List<Problem> unreadable)
            throws InterruptedException {
        try {
            Optional<StoredEntry> stored = store.fetch(key);
            return stored.isEmpty() ? Optional.empty() : Optional.of(StoodInEntry.of(sharing(stored.get(), cards)));
        } catch (MalformedResponseException e) {
            String flaw = e.getMessage() + "; it cannot stand in for what the sources do not show";
            unreadable.add(new Problem(key, flaw));
            return Optional.empty();
        }
    }

    /** Entries that share a card share its text. */
    private static StoredEntry sharing(StoredEntry entry, Map<StoredCard, StoredCard> cards) {
        StoredCard card = entry.card();
        return card == null ? entry : entry.withCard(cards.computeIfAbsent(card, same -> same));
    }

    private synchronized List<String> copyOfWanted() {
        return List.copyOf(wanted);
    }

    private synchronized void fetched(
            Map<String, Optional<StoodInEntry>> found, List<Problem> unreadable, boolean failed) {
        if (ended) {
            return;
        }
        fetchFailed = failed;
        wanted.removeAll(found.keySet());
        entries.putAll(found);
        unreadable.forEach(problem -> problems.put(problem.item(), problem));
        found.forEach((key, entry) -> {
            if (entry.isEmpty() && !problems.containsKey(key)) {
                // Somebody else removed it meanwhile.
                stored.remove(key);
                unseen.remove(key);
            }
        });
        List<Problem> before = told;
        told = List.copyOf(problems.values());
        ProblemLog.changed(log, before, told);
    }

    /**
     * Says what there is to publish.
     *
     * @param fresh the entries of the sources
     * @param states of the sources
     * @param published what is published now
     * @param late whether the start-up deadline has passed
     */
    synchronized Standing judge(List<CatalogEntry> fresh, SourceStates states, FeedSnapshot published, boolean late) {
        boolean ready = states.ready();
        if (ended) {
            return Standing.ofSources(fresh, ready);
        }
        if (!listed) {
            return Standing.ofSources(fresh, false);
        }
        fresh.forEach(entry -> unseen.remove(entry.key().importKey()));
        if (ready && believed(states)) {
            end();
            return Standing.ofSources(fresh, true);
        }
        Standing standing = merged(fresh, ready, published, late);
        tell(standing.stoodIn().size(), ready);
        return standing;
    }

    private boolean believed(SourceStates states) {
        RemovalGuard guard = settings.removalGuard();
        if (!guard.doubts(unseen.size(), stored.size())) {
            return true;
        }
        if (doubtedSince == null) {
            doubtedSince = states.newestRead();
            log.warn(
                    "{} of {} stored entries are missing in what the sources have; they stay until reads that begin {}"
                            + " later miss them as well",
                    unseen.size(),
                    stored.size(),
                    guard.confirmation());
        }
        return guard.confirmed(doubtedSince, states.oldestRead());
    }

    private Standing merged(List<CatalogEntry> fresh, boolean ready, FeedSnapshot published, boolean late) {
        List<CatalogEntry> merged = new ArrayList<>(fresh.size() + unseen.size());
        wanted.clear();
        Map<String, StoredEntry> stoodIn = new HashMap<>();
        for (CatalogEntry entry : fresh) {
            if (ready) {
                merged.add(entry);
            } else if (late || !mayBeRegistered(entry, published)) {
                merged.add(withStoredServer(entry));
            }
        }
        for (String key : unseen) {
            StoodInEntry entry = stored(key);
            if (entry != null) {
                merged.add(entry.entry());
                stoodIn.put(key, entry.stored());
            }
        }
        merged.sort(Comparator.comparing(CatalogEntry::key));
        // An empty list tells a portal to delete everything, and one without what is being fetched tells it of that.
        boolean early = merged.isEmpty() || (!wanted.isEmpty() && !(late && fetchFailed));
        return new Standing(merged, stoodIn, false, early);
    }

    /** While a registry is not read, a served model that is registered there looks like one that is not. */
    private boolean mayBeRegistered(CatalogEntry entry, FeedSnapshot published) {
        String key = entry.key().importKey();
        return entry.origin().kind() == EntryOrigin.Kind.SERVING
                && !stored.isEmpty()
                && !stored.contains(key)
                && published.entryByImportKey(key).isEmpty();
    }

    /** While a cluster is not read, a registered model that is served looks like one that is not. */
    private CatalogEntry withStoredServer(CatalogEntry entry) {
        String key = entry.key().importKey();
        if (entry.catalog().modelServer() != null) {
            served.add(key);
            return entry;
        }
        if (!stored.contains(key) || served.contains(key)) {
            return entry;
        }
        StoodInEntry known = stored(key);
        ModelServer server = known == null ? null : known.entry().catalog().modelServer();
        if (server == null) {
            return entry;
        }
        return entry.withCatalog(new ModelCatalog(entry.catalog().models(), server));
    }

    /** What is stored under a key; null if that is no use, or not known yet, in which case it is wanted. */
    private @Nullable StoodInEntry stored(String key) {
        Optional<StoodInEntry> known = entries.get(key);
        if (known == null) {
            wanted.add(key);
            return null;
        }
        return known.orElse(null);
    }

    private void tell(int now, boolean ready) {
        if (now > 0 && size == 0 && !ready) {
            log.warn("not every source could be read since the start; {} entries are served as they are stored", now);
        }
        size = now;
    }

    private void end() {
        ended = true;
        if (size > 0 || doubtedSince != null) {
            log.info("the sources were read completely; no entry is served as it is stored any more");
        }
        size = 0;
        doubtedSince = null;
        stored.clear();
        unseen.clear();
        served.clear();
        entries.clear();
        wanted.clear();
        problems.clear();
        told = List.of();
    }
}
