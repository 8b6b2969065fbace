package io.modelconnector.core.feed;

import io.modelconnector.core.entity.CatalogEntry;
import io.modelconnector.core.normalize.NormalizedModels;
import io.modelconnector.core.source.Problem;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the last good state of all sources into the next snapshot: one serialised step on one thread, however many
 * sources changed meanwhile.
 */
final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);

    private final FeedSettings settings;
    private final List<SourceWorker> workers;
    private final ScheduledExecutorService thread;
    private final CopyOnWriteArrayList<FeedListener> listeners;
    private final AtomicBoolean requested = new AtomicBoolean();
    private final PayloadWriter writer;

    private volatile FeedSnapshot snapshot = FeedSnapshot.unpublished();
    private volatile @Nullable String failure;
    private volatile boolean deadlinePassed;

    // Only the publishing thread touches these.
    private GatheredFacts gathered = GatheredFacts.none();
    private final Map<String, Departure> departures = new LinkedHashMap<>();

    private record Departure(FeedEntry entry, long until) {}

    Publisher(
            FeedSettings settings,
            List<SourceWorker> workers,
            ScheduledExecutorService thread,
            CopyOnWriteArrayList<FeedListener> listeners) {
        this.settings = settings;
        this.workers = workers;
        this.thread = thread;
        this.listeners = listeners;
        this.writer = new PayloadWriter(settings.formats());
    }

    FeedSnapshot snapshot() {
        return snapshot;
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
            if (!snapshot.published() && !mayPublish()) {
                return;
            }
            GatheredFacts facts = GatheredFacts.of(workers);
            if (!snapshot.published() || !facts.sameAs(gathered)) {
                publish(facts);
            }
            if (failure != null) {
                log.info("the feed can be published again");
                failure = null;
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void publish(GatheredFacts facts) {
        FeedChange change = next(facts);
        gathered = facts;
        boolean first = !snapshot.published();
        ProblemLog.changed(log, snapshot.problems(), change.snapshot().problems());
        snapshot = change.snapshot();
        if (first || !change.isEmpty()) {
            ChangeLog.published(log, change, first);
            tell(change);
        }
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
     * Every source has been read completely once; or the deadline has passed, and there is something to publish. An empty
     * feed is only published when it is known to be empty: an empty list tells a portal to delete everything.
     */
    private boolean mayPublish() {
        boolean complete = workers.stream().allMatch(worker -> worker.state().ready());
        return complete
                || (deadlinePassed
                        && workers.stream().anyMatch(worker -> worker.state().hasFacts()));
    }

    private FeedChange next(GatheredFacts facts) {
        NormalizedModels models = settings.normalizer().normalize(facts.modelVersions(), facts.servedModels());
        List<Problem> problems = new ArrayList<>(models.problems());

        Map<String, FeedEntry> before = new HashMap<>();
        snapshot.entries().forEach(entry -> before.put(entry.key().toString(), entry));
        List<FeedEntry> entries = new ArrayList<>(models.entries().size());
        List<CatalogEntry> added = new ArrayList<>();
        List<CatalogEntry> updated = new ArrayList<>();
        for (CatalogEntry entry : models.entries()) {
            FeedEntry known = before.remove(entry.key().toString());
            FeedEntry next = known != null && known.entry().equals(entry) ? known : writer.write(entry, known);
            problems.addAll(next.problems());
            entries.add(next);
            if (known == null) {
                added.add(entry);
            } else if (next != known) {
                updated.add(entry);
            }
        }
        List<FeedEntry> removed = snapshot.entries().stream()
                .filter(entry -> before.containsKey(entry.key().toString()))
                .toList();
        depart(entries, removed);
        FeedSnapshot after = FeedSnapshot.of(
                entries,
                problems,
                writer.lists(entries),
                departures.values().stream().map(Departure::entry).toList());
        return new FeedChange(
                after, added, updated, removed.stream().map(FeedEntry::entry).toList());
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
            snapshot = snapshot.withDeparted(
                    departures.values().stream().map(Departure::entry).toList());
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
