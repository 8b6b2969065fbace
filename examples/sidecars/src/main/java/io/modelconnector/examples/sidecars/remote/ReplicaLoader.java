package io.modelconnector.examples.sidecars.remote;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.MalformedResponseException;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.endpoint.EntryReplica;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a location serves from the storage behind it: at the start, until that is possible, and then what is different
 * there, from time to time. So each of several locations behind one address gets what was forwarded to another. A storage
 * that does not answer any more changes nothing.
 *
 * <p>One daemon thread, and a few more while something is loaded. Lifecycle: start once, close.
 */
public final class ReplicaLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReplicaLoader.class);
    private static final int AT_ONCE = 16;
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofMillis(500);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    /** All parts of a pod start at once, so that waiting for one another is no fault for a while. */
    private static final Duration USUAL_START = Duration.ofSeconds(30);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final EntryStore storage;
    private final EntryReplica replica;
    private final Crew crew = new Crew("modelconnector-load-", AT_ONCE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "modelconnector-load");
    private final Duration usualStart;
    private final long made = System.nanoTime();
    private boolean warned;
    private volatile @Nullable String failure;
    private volatile List<Problem> problems = List.of();

    /**
     * Makes a loader, which does nothing before it is started.
     *
     * @param storage what to load from; borrowed
     * @param replica what to load
     */
    public ReplicaLoader(EntryStore storage, EntryReplica replica) {
        this(storage, replica, USUAL_START);
    }

    ReplicaLoader(EntryStore storage, EntryReplica replica, Duration usualStart) {
        this.storage = storage;
        this.replica = replica;
        this.usualStart = usualStart;
        this.thread.setDaemon(true);
    }

    /** Starts to load. */
    public void start() {
        thread.start();
    }

    private void run() {
        int failed = 0;
        try {
            do {
                failed = attempt() ? 0 : failed + 1;
            } while (!closing.await(pause(failed).toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            log.debug("loading from {} ends", storage);
        }
    }

    /** While nothing is served yet, it is tried again soon; after that there is time. */
    private Duration pause(int failed) {
        if (replica.loaded()) {
            return varied(REFRESH);
        }
        Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(failed, 10));
        return varied(doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY);
    }

    private static Duration varied(Duration nominal) {
        return Duration.ofNanos(
                (long) (nominal.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1)));
    }

    private boolean attempt() throws InterruptedException {
        try {
            load();
        } catch (ConnectorException e) {
            failed(String.valueOf(e.getMessage()), e);
            return false;
        } catch (RuntimeException e) {
            failed("loading from " + storage + " failed because of a fault of the program: " + e, e);
            return false;
        }
        if (warned) {
            log.info("{} can be read again", storage);
        }
        warned = false;
        failure = null;
        return true;
    }

    /**
     * Makes the replica what the storage has. What is put into it meanwhile is newer and stays.
     *
     * @throws ConnectorException if the storage cannot be read, or does not know yet what there is
     */
    void load() throws InterruptedException {
        try (EntryReplica.Loading loading = replica.beginLoad()) {
            StoreListing listing = storage.list();
            if (!listing.complete()) {
                throw new SourceUnavailableException(
                        storage + " has not been told yet what entries there are; waiting for rhoai-normalizer");
            }
            boolean comparable = !listing.digests().containsValue("");
            if (replica.loaded() && !comparable) {
                // The existing storage cannot tell what is different, and forwards what changes.
                return;
            }
            List<String> different = different(listing);
            if (replica.loaded() && different.isEmpty() && listing.digests().size() == replica.size()) {
                return;
            }
            boolean first = !replica.loaded();
            loading.complete(listing.digests().keySet(), fetch(different));
            if (first) {
                log.info("{} entries are served", replica.size());
            } else {
                log.debug("{} entries were different in {}", different.size(), storage);
            }
        }
    }

    private List<String> different(StoreListing listing) {
        Map<String, String> here = replica.listing().digests();
        return listing.digests().entrySet().stream()
                .filter(there -> there.getValue().isEmpty() || !there.getValue().equals(here.get(there.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Reads entries. The existing storage says of an entry that it cannot read at the moment that it has nothing of it: a
     * start waits for such ones, since a portal would take them for deleted, but not for ever.
     */
    private Queue<StoredEntry> fetch(List<String> keys) throws InterruptedException {
        Queue<StoredEntry> entries = new ConcurrentLinkedQueue<>();
        Queue<String> missing = new ConcurrentLinkedQueue<>();
        Queue<Problem> damaged = new ConcurrentLinkedQueue<>();
        crew.forEach(
                keys,
                AT_ONCE,
                key -> {
                    try {
                        storage.fetch(key).ifPresentOrElse(entries::add, () -> missing.add(key));
                    } catch (MalformedResponseException e) {
                        damaged.add(new Problem(key, e.getMessage() + "; it is not served"));
                    }
                },
                () -> {});
        if (!missing.isEmpty() && starting()) {
            throw new SourceUnavailableException(storage + " has no content of " + missing.size()
                    + " of the entries that it lists, " + missing.peek() + " among them");
        }
        missing.forEach(key ->
                damaged.add(new Problem(key, "is listed by storage-rest without any content; it is not served")));
        problems = List.copyOf(damaged);
        return entries;
    }

    private boolean starting() {
        return !replica.loaded() && System.nanoTime() - made < usualStart.toNanos();
    }

    private void failed(String message, RuntimeException cause) {
        boolean early = starting();
        if (early && failure == null) {
            log.info("nothing is served yet: {}", message);
        } else if (!early && !warned) {
            warned = true;
            String what = replica.loaded() ? "what is served stays as it is" : "nothing is served yet";
            log.warn("{}: {}; it is tried again", what, message);
        } else {
            log.debug("loading still fails: {}", message, cause);
        }
        failure = message;
    }

    /** Why the storage cannot be read at the moment; null if it can. */
    public @Nullable String failure() {
        return failure;
    }

    /** The entries that cannot be served as they are stored. */
    public List<Problem> problems() {
        return problems;
    }

    /** Ends the threads, and gives up what is under way. Idempotent; takes a few seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        crew.close();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
