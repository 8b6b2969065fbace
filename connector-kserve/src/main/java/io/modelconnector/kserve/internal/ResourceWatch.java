package io.modelconnector.kserve.internal;

import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.kserve.internal.CallFailure.Reason;
import io.modelconnector.kserve.internal.WatchState.Phase;
import io.modelconnector.kserve.internal.WatchStream.WatchEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of the objects in a scope: lists them, then watches for changes, until closed. Thread-safe; the work is
 * done by the one thread that runs it.
 *
 * <p>This is a loop of our own on the official client's transport, and not the official client's informer: that one
 * retries a refused or missing resource every second for ever, does not notice a connection that died silently, needs a
 * factory with threads that are no daemons for each kind and namespace, and holds whole objects. Here a refused or
 * missing resource is asked for less and less often, a watch that is silent for too long is opened anew, one that is
 * too old (410) is preceded by a new list, and what is known stays while the server cannot be reached.
 *
 * @param <T> what is kept of an object
 */
public final class ResourceWatch<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);
    /** A watch that ends sooner, and without an event, counts as a failure for the back-off. */
    private static final Duration HEALTHY = Duration.ofSeconds(5);

    private static final Duration WATCH_DURATION = Duration.ofMinutes(10);

    private final ClusterApi api;
    private final WatchScope scope;
    private final ObjectStore<T> store;
    private final Timing timing;
    private final Runnable changed;
    private final WatchControl control;
    private final Backoff backoff;

    // The running thread's own.
    private @Nullable Position position;
    private boolean absentBefore;

    /**
     * Creates a watch; nothing is started.
     *
     * @param changed called after each change of what is known
     * @param listEnded called after each list that was made or failed, whether or not it changed anything
     */
    ResourceWatch(
            ClusterApi api,
            ObjectStore<T> store,
            WatchScope scope,
            Timing timing,
            Runnable changed,
            Runnable listEnded) {
        this.api = api;
        this.scope = scope;
        this.store = store;
        this.timing = timing;
        this.changed = changed;
        this.control = new WatchControl(scope.shortName(), timing, listEnded);
        this.backoff = new Backoff(timing);
    }

    /** What is known now. */
    public WatchState<T> state() {
        return store.state();
    }

    /** Whether the first list was made, or cannot be for the time being. */
    boolean isSettled() {
        return store.isSettled();
    }

    /** What is watched. */
    public WatchScope scope() {
        return scope;
    }

    WatchControl control() {
        return control;
    }

    /** Works until closed. */
    void run() {
        while (!control.isClosed()) {
            Duration delay;
            try {
                delay = step();
            } catch (CallFailure e) {
                delay = failed(e);
            } catch (Throwable e) {
                // An error of ours, of the caller's client or of its class path must not end the watch in silence.
                delay = failed(unexpected(e));
            }
            try {
                control.pause(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Duration step() throws CallFailure {
        if (control.beginWantedList()) {
            position = null;
        }
        Position from = position;
        if (from == null) {
            from = list();
            position = from;
            control.endList();
        }
        try {
            return watch(from);
        } catch (CallFailure e) {
            if (e.reason() == Reason.FORBIDDEN) {
                return followByLists(e);
            }
            throw e;
        }
    }

    private Position list() throws CallFailure {
        String version = api.servedVersion(scope, control::track);
        if (version == null) {
            String what = scope.resource().qualifiedName()
                    + " is not served any more; it is looked for again before that is believed";
            throw new CallFailure(Reason.ABSENT, new SourceUnavailableException(what), null);
        }
        try {
            return list(version, true);
        } catch (CallFailure e) {
            if (e.reason() == Reason.GONE) {
                return list(version, false);
            }
            throw e;
        }
    }

    private Position list(String version, boolean paged) throws CallFailure {
        Map<String, ObjectStore.Entry<T>> entries = new TreeMap<>();
        String resourceVersion = api.list(scope, version, paged, control::track, object -> {
            ObjectStore.Entry<T> entry = store.read(object);
            if (entry != null) {
                entries.put(ObjectStore.key(object), entry);
            }
        });
        LOG.debug("Listed {}: {} objects of interest", scope.describe(), entries.size());
        absentBefore = false;
        noteChange(store.replace(entries));
        return new Position(version, resourceVersion);
    }

    /** Watches until the watch ends, and says how long to wait before the next one. */
    private Duration watch(Position from) throws CallFailure {
        Duration limit = timing.jitter(WATCH_DURATION);
        boolean eventful = false;
        long opened;
        try (WatchStream stream = api.watch(scope, from.version(), from.resourceVersion(), limit, control::track)) {
            opened = timing.nanoTime();
            noteChange(store.enter(Phase.SYNCED, null));
            try {
                for (WatchEvent event = stream.next(); event != null; event = stream.next()) {
                    eventful = true;
                    backoff.reset();
                    noteChange(store.apply(event));
                    position = new Position(from.version(), event.resourceVersion());
                }
                LOG.debug("The watch of {} ended", scope.describe());
            } catch (IOException e) {
                if (!control.isInterrupted()) {
                    LOG.debug("The watch of {} broke: {}", scope.describe(), e.toString());
                }
            }
        }
        if (eventful || timing.nanoTime() - opened >= HEALTHY.toNanos()) {
            backoff.reset();
            return Duration.ZERO;
        }
        return backoff.afterEarlyEnd();
    }

    /** Listing is allowed and watching is not: what there is stays current to the length of the back-off. */
    private Duration followByLists(CallFailure refusal) {
        if (control.isInterrupted()) {
            return Duration.ZERO;
        }
        position = null;
        noteChange(store.enter(Phase.SYNCED, refusal.error()));
        return backoff.after(refusal);
    }

    private Duration failed(CallFailure failure) {
        if (control.isInterrupted()) {
            return Duration.ZERO;
        }
        LOG.debug("{}", failure.error().getMessage());
        if (failure.reason() != Reason.UNAVAILABLE) {
            position = null;
        }
        boolean news = switch (failure.reason()) {
            case GONE -> false;
            case FORBIDDEN -> store.enter(Phase.FORBIDDEN, failure.error());
            case REFUSED -> store.enter(Phase.REFUSED, failure.error());
            case UNAVAILABLE, MALFORMED -> store.enter(Phase.FAILED, failure.error());
            case ABSENT -> missing(failure);
        };
        control.endList();
        noteChange(news);
        return failure.reason() == Reason.GONE ? backoff.afterGone() : backoff.after(failure);
    }

    /** API servers that restart answer 404 for a moment, and believing the first one would empty the feed. */
    private boolean missing(CallFailure failure) {
        if (store.isListed() && !absentBefore) {
            absentBefore = true;
            return store.enter(Phase.FAILED, failure.error());
        }
        return store.clear();
    }

    private CallFailure unexpected(Throwable e) {
        String what = "watching " + scope.describe() + " failed unexpectedly: "
                + e.getClass().getName() + "; check the ApiClient";
        return new CallFailure(Reason.MALFORMED, new MalformedResponseException(what, e), null);
    }

    private void noteChange(boolean news) {
        if (news) {
            changed.run();
        }
    }

    /**
     * Where to watch from.
     *
     * @param version the version of the resource's group
     * @param resourceVersion the state of the objects that is known
     */
    private record Position(String version, String resourceVersion) {}
}
