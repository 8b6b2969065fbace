package io.modelconnector.core.feed;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.EntryStore;
import io.modelconnector.core.store.InMemoryEntryStore;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoreOutcome;
import io.modelconnector.core.store.StoreUpdate;
import io.modelconnector.core.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A store in memory that fails and hangs when a test says so, and tells the test what it was asked. */
final class ScriptedStore implements EntryStore {
    private final BlockingQueue<StoreUpdate> writes = new LinkedBlockingQueue<>();
    private final Semaphore lists = new Semaphore(0);
    private final BlockingQueue<String> fetches = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile InMemoryEntryStore kept = new InMemoryEntryStore();
    private volatile Runnable changed = () -> {};

    /** What listing throws, if anything. */
    volatile Throwable listFailure;
    /** What fetching throws, if anything. */
    volatile Throwable fetchFailure;
    /** What writing throws, if anything. */
    volatile Throwable writeFailure;
    /** Whether the texts of cards are kept. */
    volatile boolean keepsTexts = true;
    /** How a listing differs from what is kept. */
    volatile UnaryOperator<StoreListing> listing = UnaryOperator.identity();
    /** What each write has problems with. */
    volatile List<Problem> unlasting = List.of();
    /** What is wrong with what is stored. */
    volatile List<Problem> problems = List.of();

    /** Waits for the next write that this method has not given yet. */
    StoreUpdate awaitWrite() throws InterruptedException {
        StoreUpdate update = writes.poll(10, TimeUnit.SECONDS);
        if (update == null) {
            throw new AssertionError("nothing was written within 10 s");
        }
        return update;
    }

    /** Waits until everything that can be done without another event was done, and gives the writes that nobody waited for. */
    List<StoreUpdate> settle() throws InterruptedException {
        lists.drainPermits();
        for (int check = 0; check < 3; check++) {
            announce();
            awaitList();
        }
        return written();
    }

    /** The writes that nobody waited for. */
    List<StoreUpdate> written() {
        return List.copyOf(writes);
    }

    /** Waits for the store to be listed. */
    void awaitList() throws InterruptedException {
        if (!lists.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the store was not listed within 10 s");
        }
    }

    /** Tells of a change by another process. */
    void announce() {
        changed.run();
    }

    /** Loses everything. */
    void empty() {
        kept = new InMemoryEntryStore();
    }

    /** Has these entries, as if an earlier process had written them as everything that there is. */
    ScriptedStore with(StoredEntry... entries) throws InterruptedException {
        kept.write(StoreUpdate.of(List.of(entries)));
        kept.write(StoreUpdate.keepingOnly(kept.list().digests().keySet()));
        return this;
    }

    /** The keys of what is kept. */
    Set<String> keys() throws InterruptedException {
        return kept.list().digests().keySet();
    }

    /** What is kept under a key. */
    StoredEntry entry(String importKey) throws InterruptedException {
        return kept.fetch(importKey).orElseThrow();
    }

    /** The keys that were fetched so far. */
    List<String> fetched() {
        return List.copyOf(fetches);
    }

    int closed() {
        return closed.get();
    }

    /** A stored entry with a document as a body. */
    static StoredEntry stored(String first, String second, String type, String document) {
        return new StoredEntry(
                new EntryKey(first, second),
                Payload.of(document.getBytes(StandardCharsets.UTF_8)),
                type,
                "1750001925001",
                null,
                PortalRegistration.NONE);
    }

    /** A listing as a store gives it that knows of no digests. */
    static StoreListing withoutDigests(StoreListing listing) {
        Map<String, String> digests = new HashMap<>();
        listing.digests().keySet().forEach(key -> digests.put(key, ""));
        return StoreListing.of(digests, true);
    }

    /** The keys of the entries in an update. */
    static List<String> keys(StoreUpdate update) {
        return update.entries().stream().map(entry -> entry.key().importKey()).toList();
    }

    @Override
    public StoreListing list() throws InterruptedException {
        lists.release();
        fail(listFailure);
        return listing.apply(kept.list());
    }

    @Override
    public Optional<StoredEntry> fetch(String importKey) throws InterruptedException {
        fetches.add(importKey);
        fail(fetchFailure);
        return kept.fetch(importKey);
    }

    @Override
    public StoreOutcome write(StoreUpdate update) throws InterruptedException {
        fail(writeFailure);
        StoreOutcome outcome = kept.write(keepsTexts ? update : withoutTexts(update));
        writes.add(update);
        return new StoreOutcome(outcome.added(), outcome.removed(), unlasting);
    }

    private static StoreUpdate withoutTexts(StoreUpdate update) {
        List<StoredEntry> entries = update.entries().stream()
                .map(entry -> entry.card() == null
                        ? entry
                        : entry.withCard(entry.card().withoutText()))
                .toList();
        return new StoreUpdate(entries, update.keySet(), update.registrations());
    }

    @Override
    public void onChange(Runnable callback) {
        changed = callback;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private static void fail(Throwable cause) throws InterruptedException {
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        if (cause instanceof InterruptedException) {
            // Stands for a call that hangs until it is interrupted.
            TimeUnit.HOURS.sleep(1);
        }
    }
}
