package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.normalize.NormalizedModels;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the last good state of all sources, and what stands in for them, into the next snapshot: one serialised step on one
 * thread, however many sources changed meanwhile.
 */
final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);

    private final FeedSettings settings;
    private final List<SourceWorker> workers;
    private final ScheduledExecutorService thread;
    private final CopyOnWriteArrayList<FeedListener> listeners;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final PayloadWriter writer;
    private final StandIn standIn;
    private final PublishedDefinitions definitions;
    private final Consumer<Publication> passed;

    private volatile Publication publication = Publication.NONE;
    private volatile @Nullable String failure;
    private volatile boolean deadlinePassed;

    // Only the publishing thread touches these.
    private GatheredFacts gathered = GatheredFacts.none();
    private @Nullable NormalizedModels models;
    private List<CatalogEntry> publishedEntries = List.of();
    private List<Problem> publishedProblems = List.of();
    private final Map<String, Departure> departures = new LinkedHashMap<>();

    private record Departure(FeedEntry entry, long until) {}

    Publisher(
            FeedSettings settings,
            List<SourceWorker> workers,
            ScheduledExecutorService thread,
            CopyOnWriteArrayList<FeedListener> listeners,
            StandIn standIn,
            Consumer<Publication> passed) {
        this.settings = settings;
        this.workers = workers;
        this.thread = thread;
        this.listeners = listeners;
        this.writer = new PayloadWriter(settings.formats());
        this.standIn = standIn;
        this.definitions = new PublishedDefinitions(settings.apiDefinitions());
        this.passed = passed;
    }

    FeedSnapshot snapshot() {
        return publication.snapshot();
    }

    /** Why the last publication failed, if it did: a fault in a normalizer or format. */
    @Nullable
    String failure() {
        return failure;
    }

    /** From now on, sources that were never read no longer hold the first publication back. */
    void passDeadline() {
        deadlinePassed = true;
        request();
    }

    /** Causes a publication soon; several requests before it starts are one. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            try {
                thread.execute(this::publish);
            } catch (RejectedExecutionException e) {
                log.debug("not published: the feed is closed");
            }
        }
    }

    private void publish() {
        requested.set(false);
        try {
            SourceStates states = SourceStates.of(workers);
            if (!snapshot().published() && !mayPublish(states)) {
                return;
            }
            publish(states);
            if (failure != null) {
                log.info("the feed can be published again");
                failure = null;
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void publish(SourceStates states) {
        NormalizedModels fresh = normalized(states);
        Standing standing = definitions.addedTo(standIn.judge(fresh.entries(), states, snapshot(), deadlinePassed));
        boolean first = !snapshot().published();
        boolean changes = first ? !standing.early() : differs(fresh, standing);
        FeedChange change = changes ? next(fresh, standing) : null;
        if (change != null) {
            ProblemLog.changed(log, snapshot().problems(), change.snapshot().problems());
            publishedEntries = standing.entries();
            publishedProblems = fresh.problems();
        }
        publication = new Publication(change == null ? snapshot() : change.snapshot(), states.oldestRead());
        passed.accept(publication);
        if (change != null && (first || !change.isEmpty())) {
            ChangeLog.published(log, change, first);
            tell(change);
        }
    }

    private NormalizedModels normalized(SourceStates states) {
        GatheredFacts facts = GatheredFacts.of(states);
        NormalizedModels known = models;
        if (known == null || !facts.sameAs(gathered)) {
            known = settings.normalizer().normalize(facts.modelVersions(), facts.servedModels());
            models = known;
            gathered = facts;
        }
        return known;
    }

    private boolean differs(NormalizedModels fresh, Standing standing) {
        return standing.complete() != snapshot().complete()
                || !standing.entries().equals(publishedEntries)
                || !fresh.problems().equals(publishedProblems);
    }

    private void failed(Throwable cause) {
        if (failure == null) {
            log.error("publishing failed; the feed stays as it was", cause);
        } else {
            log.debug("publishing still fails", cause);
        }
        failure = "publishing failed, the feed stays as it was: " + cause;
    }

    /**
     * Every source has been read completely once; or those that were not have failed and the store may stand in for them; or
     * the deadline has passed, and there is something to publish. An empty feed is only published when it is known to be
     * empty: an empty list tells a portal to delete everything.
     */
    private boolean mayPublish(SourceStates states) {
        if (states.ready()) {
            return deadlinePassed || !standIn.unanswered();
        }
        return deadlinePassed
                ? states.hasFacts() || standIn.hasEntries()
                : states.othersFailed() && standIn.hasEntries();
    }

    private FeedChange next(NormalizedModels fresh, Standing standing) {
        FeedSnapshot snapshot = snapshot();
        List<Problem> problems = new ArrayList<>(fresh.problems());

        Map<String, FeedEntry> before = new HashMap<>();
        snapshot.entries().forEach(entry -> before.put(entry.key().toString(), entry));
        List<FeedEntry> entries = new ArrayList<>(standing.entries().size());
        List<CatalogEntry> added = new ArrayList<>();
        List<CatalogEntry> updated = new ArrayList<>();
        for (CatalogEntry entry : standing.entries()) {
            FeedEntry known = before.remove(entry.key().toString());
            FeedEntry next = known != null && known.entry().equals(entry) ? known : write(entry, known, standing);
            problems.addAll(next.problems());
            entries.add(next);
            if (known == null) {
                added.add(entry);
            } else if (next != known && !(known.stoodInBy() != null && known.servedAs(next))) {
                updated.add(entry);
            }
        }
        List<FeedEntry> removed = snapshot.entries().stream()
                .filter(entry -> before.containsKey(entry.key().toString()))
                .toList();
        depart(entries, removed);
        FeedSnapshot after = FeedSnapshot.of(
                standing.complete(),
                entries,
                problems,
                writer.lists(entries),
                departures.values().stream().map(Departure::entry).toList());
        return new FeedChange(
                after, added, updated, removed.stream().map(FeedEntry::entry).toList());
    }

    private FeedEntry write(CatalogEntry entry, @Nullable FeedEntry known, Standing standing) {
        StoredEntry stored = standing.stoodInBy(entry);
        return stored == null ? writer.write(entry, known) : writer.standIn(entry, stored);
    }

    /** Keeps what has just left readable for a while: a reader that saw it in the list may be about to ask for it. */
    private void depart(List<FeedEntry> entries, List<FeedEntry> removed) {
        long now = System.nanoTime();
        entries.forEach(entry -> departures.remove(entry.key().toString()));
        departures.values().removeIf(departure -> departure.until() - now <= 0);
        long grace = settings.departureGrace().toNanos();
        if (grace == 0 || removed.isEmpty()) {
            return;
        }
        removed.forEach(entry -> departures.put(entry.key().toString(), new Departure(entry, now + grace)));
        ScheduledFuture<?> unused = thread.schedule(this::forgetDeparted, grace, TimeUnit.NANOSECONDS);
    }

    private void forgetDeparted() {
        long now = System.nanoTime();
        if (departures.values().removeIf(departure -> departure.until() - now <= 0)) {
            FeedSnapshot after = snapshot()
                    .withDeparted(
                            departures.values().stream().map(Departure::entry).toList());
            publication = new Publication(after, publication.oldestRead());
        }
    }

    private void tell(FeedChange change) {
        for (FeedListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (Throwable e) {
                log.warn("listener {} failed on a change of the feed", listener, e);
            }
        }
    }
}
