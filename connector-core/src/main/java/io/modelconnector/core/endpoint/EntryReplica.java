package io.modelconnector.core.endpoint;

import static java.util.Objects.requireNonNull;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.entity.CardVersion;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.format.FeedFormat;
import io.modelconnector.core.format.Payload;
import io.modelconnector.core.source.ModelCardProvider;
import io.modelconnector.core.store.StoreListing;
import io.modelconnector.core.store.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries that another process computed, as a location serves them. They are loaded once as a whole, and then changed one by
 * one as they are pushed:
 *
 * <pre>{@code
 * EntryReplica replica = EntryReplica.builder(format).build();
 * try (EntryReplica.Loading loading = replica.beginLoad()) {
 *     loading.complete(readEverything(store));
 * }
 * replica.put(entry);
 * replica.remove(importKey);
 * }</pre>
 *
 * <p>Until it is loaded nothing is served, since a portal takes what is missing for deleted; what is pushed meanwhile is
 * kept, and wins over what is loaded. An entry that goes is no longer listed, but stays readable for a while. A model card
 * is served as long as an entry has it.
 *
 * <p>Thread-safe. Reads never wait: a list that another thread is just renewing is served as it was. It has no threads and
 * nothing to close.
 */
public final class EntryReplica implements ServedContent, ModelCardProvider {
    private final FeedFormat format;
    private final List<ServedFile> files;
    private final ReplicaEntries entries;
    private volatile boolean loaded;

    private final ReentrantLock changes = new ReentrantLock();
    /** Only touched with the lock for changes. */
    private @Nullable Loading loading;

    private final ReentrantLock listing = new ReentrantLock();
    private volatile ListedPaths list = ListedPaths.NONE;

    private EntryReplica(Builder builder) {
        this.format = builder.format;
        this.files = List.of(ServedFile.of(builder.format));
        this.entries = new ReplicaEntries(builder.departureGrace.toNanos(), builder.nanoTime);
    }

    /**
     * Starts the description of a replica.
     *
     * @param format the format in which the entries are written
     */
    public static Builder builder(FeedFormat format) {
        return new Builder(format);
    }

    /**
     * Takes an entry, new or changed. A card without its text keeps the text that is known under its key.
     *
     * @return whether it is different from what was there
     */
    public boolean put(StoredEntry entry) {
        return change(() -> {
            overtake(entry.key().importKey());
            return entries.put(entry);
        });
    }

    /**
     * Drops an entry, if it is there.
     *
     * @param importKey its {@linkplain io.modelconnector.core.entity.EntryKey#importKey() import key}, looked up whole
     * @return whether it was there
     */
    public boolean remove(String importKey) {
        return change(() -> {
            overtake(importKey);
            return entries.remove(importKey);
        });
    }

    /** Begins a load, before anything is read for it. A load that was begun earlier has no effect any more. */
    public Loading beginLoad() {
        return change(() -> {
            Loading begun = new Loading();
            loading = begun;
            return begun;
        });
    }

    /** Whether it was ever loaded completely. */
    public boolean loaded() {
        return loaded;
    }

    /** The number of entries, without those that have left. */
    public int size() {
        return entries.size();
    }

    /** What there is, to be compared with what a store has: what has another digest there is not the same. */
    public StoreListing listing() {
        List<StoredEntry> there = change(entries::entries);
        Map<String, String> digests = new HashMap<>(there.size() * 2);
        there.forEach(entry -> digests.put(entry.key().importKey(), entries.digest(entry)));
        return StoreListing.of(digests, loaded);
    }

    @Override
    public boolean ready() {
        return loaded;
    }

    @Override
    public Optional<Payload> list() {
        if (!loaded) {
            return Optional.empty();
        }
        forgetDeparted();
        if (list.version() != entries.version() && listing.tryLock()) {
            renewList();
        }
        return Optional.of(list.payload());
    }

    @Override
    public List<ServedFile> files() {
        return files;
    }

    @Override
    public Optional<Payload> entry(String location, ServedFile file) {
        return loaded && files.contains(file) ? entries.payload(location) : Optional.empty();
    }

    /** A card is known {@linkplain ModelCardReference#ofKey by its key alone} here. */
    @Override
    public Optional<CardVersion> cardVersion(String cardKey) {
        if (!loaded) {
            return Optional.empty();
        }
        forgetDeparted();
        return entries.cardDigest(cardKey).map(digest -> new CardVersion(ModelCardReference.ofKey(cardKey), digest));
    }

    @Override
    public Optional<Payload> card(CardVersion card) {
        return text(card.reference());
    }

    /** Always: what is served lies in memory. */
    @Override
    public boolean isAtHand(CardVersion card) {
        return true;
    }

    /** Finds the text of a card that was pushed or loaded; never waits. */
    @Override
    public Optional<ModelCard> card(ModelCardReference reference) {
        return text(reference)
                .map(text -> ModelCard.of(
                        reference, StandardCharsets.UTF_8.decode(text.bytes()).toString()));
    }

    private Optional<Payload> text(ModelCardReference reference) {
        return loaded ? entries.card(reference.key()) : Optional.empty();
    }

    FeedFormat format() {
        return format;
    }

    @Override
    public String toString() {
        return "EntryReplica[" + size() + (loaded ? " entries]" : " entries, not loaded]");
    }

    private <T> T change(Supplier<T> change) {
        changes.lock();
        try {
            entries.forgetDeparted();
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    private void overtake(String importKey) {
        if (loading != null) {
            loading.overtaken.add(importKey);
        }
    }

    /** Called by readers, so that what has left goes also when nothing changes any more. */
    private void forgetDeparted() {
        if (entries.hasDeparted() && changes.tryLock()) {
            try {
                entries.forgetDeparted();
            } finally {
                changes.unlock();
            }
        }
    }

    /** Writes the list anew, with the lock that the caller has taken, and releases it. */
    private void renewList() {
        try {
            // A change that comes while the keys are gone through makes another version, and so another list.
            long version = entries.version();
            if (list.version() != version) {
                list = ListedPaths.of(version, entries.listed(), files.get(0).name());
            }
        } finally {
            listing.unlock();
        }
    }

    /**
     * A load that has begun. Entries that are put or removed from then on are newer than whatever it reads, and stay as
     * they are. Thread-safe.
     */
    public final class Loading implements AutoCloseable {
        private final Set<String> overtaken = new HashSet<>();

        private Loading() {}

        /**
         * Ends the load: from now on there are these entries, and the replica is loaded.
         *
         * @param loadedEntries all entries
         * @throws IllegalStateException if the load was ended before, or another one begun
         */
        public void complete(Collection<StoredEntry> loadedEntries) {
            complete(Set.of(), loadedEntries);
        }

        /**
         * Ends a load that reads only what is different: from now on there are these entries, and those that were there
         * already and are still to be there.
         *
         * @param importKeys the keys of all entries that are to be there; they may include those of the entries
         * @param loadedEntries the entries that are new or different
         * @throws IllegalStateException if the load was ended before, or another one begun
         */
        public void complete(Set<String> importKeys, Collection<StoredEntry> loadedEntries) {
            changes.lock();
            try {
                if (loading != this) {
                    throw new IllegalStateException("this load was ended already, or another one was begun after it");
                }
                loading = null;
                replace(importKeys, loadedEntries);
                listing.lock();
                renewList();
                loaded = true;
            } finally {
                changes.unlock();
            }
        }

        private void replace(Set<String> importKeys, Collection<StoredEntry> loadedEntries) {
            Set<String> staying = new HashSet<>(importKeys);
            staying.addAll(overtaken);
            for (StoredEntry entry : loadedEntries) {
                String importKey = entry.key().importKey();
                staying.add(importKey);
                if (!overtaken.contains(importKey)) {
                    entries.put(entry);
                }
            }
            for (StoredEntry entry : entries.entries()) {
                String importKey = entry.key().importKey();
                if (!staying.contains(importKey)) {
                    entries.remove(importKey);
                }
            }
        }

        /** Gives the load up, if it was not completed. */
        @Override
        public void close() {
            changes.lock();
            try {
                if (loading == this) {
                    loading = null;
                }
            } finally {
                changes.unlock();
            }
        }
    }

    /** Describes a replica. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(1);

        private final FeedFormat format;
        private Duration departureGrace = Duration.ofSeconds(60);
        private LongSupplier nanoTime = System::nanoTime;

        private Builder(FeedFormat format) {
            this.format = requireNonNull(format, "format");
        }

        /**
         * Sets for how long an entry that has left can still be read, since a reader that has just seen it in the list
         * drops its whole refresh when one entry is missing; 60 seconds by default, zero for not at all.
         *
         * @throws ConfigurationException if it is negative or more than a day
         */
        public Builder departureGrace(Duration grace) {
            if (grace.isNegative() || grace.compareTo(LONGEST) > 0) {
                throw new ConfigurationException(
                        "departureGrace was " + grace + ", must be from zero to " + LONGEST.toHours() + " hours");
            }
            this.departureGrace = grace;
            return this;
        }

        Builder nanoTime(LongSupplier clock) {
            this.nanoTime = clock;
            return this;
        }

        /** Makes the replica, which is empty and not loaded. */
        public EntryReplica build() {
            return new EntryReplica(this);
        }
    }
}
